// Answering whoever reported: an acknowledgement, a question, or feedback.
import { Card, Radio, Stack, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { ActForm } from "../governing/act-form.tsx";

type Kind = AskingOf<"replyToReport">["body"]["kind"];
const KINDS = ["acknowledgement", "question", "feedback"] as const;

interface ReplyProps {
  readonly reportId: string;
  readonly state: AnswerOf<"readReport">["report"]["state"];
  readonly onDone: () => void;
}

export function Reply({ reportId, state, onDone }: ReplyProps): ReactNode {
  const t = useTranslations("ethics");
  const kinds = useTranslations("report.kinds");
  const [kind, setKind] = useState<Kind>(state === "new" ? "acknowledgement" : "feedback");
  const [text, setText] = useState("");
  const reply = useAct("replyToReport", {
    changes: ["listReports"],
    onDone: () => {
      setText("");
      onDone();
    },
  });
  return (
    <Card withBorder>
      <Title order={2} mb="sm">
        {t("answer")}
      </Title>
      <ActForm
        action={t("send")}
        act={reply}
        isIncomplete={text.trim() === ""}
        onSubmit={() => reply.mutate({ params: { reportId }, body: { kind, text: text.trim() } })}
      >
        <Radio.Group label={t("answerKind")} value={kind} onChange={(value) => setKind(value as Kind)}>
          <Stack gap="xs" mt={4}>
            {KINDS.map((value) => (
              <Radio key={value} value={value} label={kinds(value)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t("answerText")}
          autosize
          minRows={3}
          maxLength={12_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </ActForm>
    </Card>
  );
}
