// Reviewing an emergency access of somebody else, once it is over.
import { Group, Radio, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { OneRequestProps } from "./decide-request.tsx";

const FINDINGS = ["justified", "unjustified"] as const;
const NOTE_MIN = 10;

export function ReviewEmergency({ grant, onDone }: OneRequestProps): ReactNode {
  const t = useTranslations("requests");
  const [finding, setFinding] = useState<(typeof FINDINGS)[number] | null>(null);
  const [note, setNote] = useState("");
  const review = useAct("reviewBreakGlass", { changes: ["listGrants", "listWork"], onDone });
  const isIncomplete = finding === null || note.trim().length < NOTE_MIN;
  return (
    <ActForm
      action={t("review.record")}
      act={review}
      isIncomplete={isIncomplete}
      onSubmit={() => {
        if (finding !== null)
          review.mutate({ params: { grantId: grant.grantId }, body: { finding, note: note.trim() } });
      }}
    >
      <Radio.Group
        label={t("review.finding")}
        mt="md"
        value={finding}
        onChange={(value) => setFinding(value as typeof finding)}
      >
        <Group mt={4}>
          {FINDINGS.map((value, at) => (
            <Radio
              key={value}
              value={value}
              label={t(`review.${value}`)}
              data-autofocus={at === 0 ? true : undefined}
            />
          ))}
        </Group>
      </Radio.Group>
      <Textarea
        label={t("review.note")}
        description={t("review.noteHint")}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ActForm>
  );
}
