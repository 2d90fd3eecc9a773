// Deciding an alert about somebody else: what it was, and why one thinks so.
import { Card, Radio, Stack, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";

const DECISIONS = ["explained", "false-alarm", "warned", "escalated"] as const;

export function DecideAlert({ alertId }: { readonly alertId: string }): ReactNode {
  const t = useTranslations("alerts");
  const [decision, setDecision] = useState<(typeof DECISIONS)[number] | null>(null);
  const [reason, setReason] = useState("");
  // The form that had the focus goes away by it.
  const onDone = (): void => document.querySelector<HTMLElement>("h1")?.focus();
  const decide = useAct("decideAlert", { changes: ["getAlert", "listAlerts", "listWork"], onDone });
  return (
    <Card withBorder>
      <Title order={2} mb="sm">
        {t("decide")}
      </Title>
      <ActForm
        action={t("record")}
        act={decide}
        isIncomplete={decision === null || reason.trim() === ""}
        onSubmit={() => {
          if (decision !== null) decide.mutate({ params: { alertId }, body: { decision, reason: reason.trim() } });
        }}
      >
        <Radio.Group
          label={t("decision")}
          value={decision}
          onChange={(value) => setDecision(value as (typeof DECISIONS)[number])}
        >
          <Stack gap="xs" mt={4}>
            {DECISIONS.map((value) => (
              <Radio key={value} value={value} label={t(`decisions.${value}`)} description={t(`meaning.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t("reason")}
          description={t("reasonHint")}
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActForm>
    </Card>
  );
}
