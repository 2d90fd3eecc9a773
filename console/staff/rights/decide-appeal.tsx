// An appeal against somebody else's decision: it stands, or the request is open again.
import { Radio, Stack, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

type Outcome = "upheld" | "overturned";

export function DecideAppeal({ right, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [reason, setReason] = useState("");
  const act = useAct("decideRightAppeal", { changes: ["readRight", "listRights"], onDone });
  return (
    <ActForm
      action={t("record")}
      act={act}
      isIncomplete={outcome === null || reason.trim() === ""}
      onSubmit={() => {
        if (outcome === null) return;
        act.mutate({ params: { requestId: right.requestId }, body: { outcome, reason: reason.trim() } });
      }}
    >
      <Radio.Group label={t("decision")} value={outcome} onChange={(value) => setOutcome(value as Outcome)}>
        <Stack gap="xs" mt={4}>
          <Radio value="upheld" label={w("appealOutcomes.upheld")} />
          <Radio value="overturned" label={w("appealOutcomes.overturned")} />
        </Stack>
      </Radio.Group>
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={4000}
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}
