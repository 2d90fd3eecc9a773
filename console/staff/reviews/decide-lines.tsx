// One decision for all lines that were chosen, with its reason; sent in parts that the server takes.
import { Radio, Stack, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { useStepUp } from "../../shared/step-up.tsx";
import { ActForm } from "../governing/act-form.tsx";

const DECISIONS = ["approve", "narrow", "revoke", "defer", "escalate"] as const;
const AT_ONCE = 200;
const REASON_MIN = 3;

export interface DecideLinesProps {
  readonly reviewId: string;
  readonly lines: readonly string[];
  readonly onDone: () => void;
}

export function DecideLines({ reviewId, lines, onDone }: DecideLinesProps): ReactNode {
  const t = useTranslations("reviews");
  const queries = useQueryClient();
  const withStepUp = useStepUp();
  const { isBusy, error, attempt } = useAttempt();
  const [decision, setDecision] = useState<(typeof DECISIONS)[number] | null>(null);
  const [reason, setReason] = useState("");
  const send = async (): Promise<void> => {
    if (decision === null) return;
    try {
      for (let at = 0; at < lines.length; at += AT_ONCE) {
        const body = { lines: lines.slice(at, at + AT_ONCE), decision, reason: reason.trim() };
        // One after the other: each is an entry of the ledger
        await withStepUp(() => ask("decideReviewLines", { params: { reviewId }, body }));
      }
    } finally {
      // Parts that went through are decided, whatever became of the rest.
      for (const changed of ["listReviewLines", "showReview", "listWork"])
        void queries.invalidateQueries({ queryKey: [changed] });
    }
    onDone();
  };
  return (
    <ActForm
      action={t("decideNow", { count: lines.length })}
      act={{ isPending: isBusy, error }}
      isIncomplete={decision === null || reason.trim().length < REASON_MIN}
      onSubmit={() => void attempt(send)}
    >
      <Radio.Group label={t("decision")} value={decision} onChange={(value) => setDecision(value as typeof decision)}>
        <Stack gap="xs" mt={4}>
          {DECISIONS.map((value, at) => (
            <Radio
              key={value}
              value={value}
              label={t(`decisions.${value}`)}
              description={t(`meaning.${value}`)}
              data-autofocus={at === 0 ? true : undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </ActForm>
  );
}
