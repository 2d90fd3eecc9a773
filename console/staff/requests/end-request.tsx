// Withdrawing what waits, or ending what is lent before its time.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { OneRequestProps } from "./decide-request.tsx";

export function EndRequest({ grant, onDone }: OneRequestProps): ReactNode {
  const t = useTranslations("requests");
  const end = useAct("endGrant", { changes: ["listGrants", "listWork"], onDone });
  const waits = grant.state === "requested";
  return (
    <ActForm
      action={waits ? t("withdraw") : t("endNow")}
      isDangerous
      act={end}
      onSubmit={() => end.mutate({ params: { grantId: grant.grantId } })}
    >
      <Text size="sm" mt="md">
        {waits ? t("withdrawWhat") : t("endWhat")}
      </Text>
    </ActForm>
  );
}
