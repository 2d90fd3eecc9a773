// The second person's word for the first contact of somebody who has none (docs/decisions/0123): by whoever has seen the document, and did not ask for it.
import { Checkbox, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { shortId } from "../../shared/short-id.tsx";
import { ActForm } from "../governing/act-form.tsx";

export interface VouchProps {
  readonly customerId: string;
  readonly changeId: string;
  readonly askedBy: string;
  readonly documentId: string;
}

export function Vouch({ customerId, changeId, askedBy, documentId }: VouchProps): ReactNode {
  const t = useTranslations("corrections.vouch");
  const may = useMay();
  const { principalId } = useSession();
  const [hasSeen, setSeen] = useState(false);
  const act = useAct("vouchForChange", { changes: ["listPendingChanges", "listWork"] });
  if (!may("change.vouch") || askedBy === principalId) return <Text size="sm">{t("another")}</Text>;
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={!hasSeen}
      onSubmit={() => act.mutate({ params: { customerId, changeId } })}
    >
      <Stack gap="xs">
        <Text size="sm">{t("what")}</Text>
        <Checkbox
          label={t("seen", { id: shortId(documentId) })}
          checked={hasSeen}
          onChange={(event) => setSeen(event.currentTarget.checked)}
        />
      </Stack>
    </ActForm>
  );
}
