// Closing a request: it is done, the customer took it back, or it was asked before.
import { Radio, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AskingOf } from "../../shared/ask.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";
import type { Right } from "./right.tsx";

type How = Extract<AskingOf<"takeRightStep">["body"], { do: "close" }>["as"];

/** INVARIANT: as `close` in src/requests/steps.ts; the server refuses all others. */
function waysOf({ state, duplicateOf }: Right): readonly How[] {
  if (state === "decided") return ["done"];
  return duplicateOf === null ? ["withdrawn"] : ["duplicate", "withdrawn"];
}

export function CloseForm({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const [how, setHow] = useState<string | null>(null);
  const act = useAct("takeRightStep", { changes: ["readRight", "listRights"], onDone });
  const chosen = waysOf(right).find((each) => each === how);
  return (
    <ActForm
      action={t("acts.close")}
      act={act}
      isIncomplete={chosen === undefined}
      onSubmit={() => {
        if (chosen !== undefined)
          act.mutate({ params: { requestId: right.requestId }, body: { do: "close", as: chosen } });
      }}
    >
      <Text size="sm">{t("meaning.close")}</Text>
      <Radio.Group label={t("closeAs")} value={how} onChange={setHow}>
        <Stack gap="xs" mt={4}>
          {waysOf(right).map((value) => (
            <Radio key={value} value={value} label={t(`closed.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </ActForm>
  );
}
