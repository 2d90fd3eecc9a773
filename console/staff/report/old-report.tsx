// Coming back by the receipt code: what was answered, and what one wants to add.
import { Button, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Messages } from "./messages.tsx";

type Talk = AnswerOf<"readReportByReceipt">;

export function OldReport(): ReactNode {
  const t = useTranslations("report");
  const [code, setCode] = useState("");
  const [talk, setTalk] = useState<Talk | null>(null);
  const { isBusy, error, attempt } = useAttempt();
  const receiptCode = code.trim();
  if (talk !== null) return <Talking talk={talk} receiptCode={receiptCode} onTalk={setTalk} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => setTalk(await ask("readReportByReceipt", { body: { receiptCode } })));
      }}
    >
      <Stack gap="sm">
        <Trouble error={error} />
        <TextInput
          label={t("receipt")}
          autoComplete="off"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy} disabled={receiptCode.length < 20}>
          {t("open")}
        </Button>
      </Stack>
    </form>
  );
}

interface TalkingProps {
  readonly talk: Talk;
  readonly receiptCode: string;
  readonly onTalk: (talk: Talk) => void;
}

function Talking({ talk, receiptCode, onTalk }: TalkingProps): ReactNode {
  const t = useTranslations("report");
  const [text, setText] = useState("");
  const { isBusy, error, attempt } = useAttempt();
  const add = async (): Promise<void> => {
    onTalk(await ask("addToReport", { body: { receiptCode, text: text.trim() } }));
    setText("");
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{t(`states.${talk.report.state}`)}</Text>
      <Messages of={talk.messages} />
      {talk.report.state !== "closed" && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(add);
          }}
        >
          <Stack gap="sm">
            <Trouble error={error} />
            <Textarea
              label={t("add")}
              autosize
              minRows={3}
              maxLength={12_000}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" loading={isBusy} disabled={text.trim() === ""}>
              {t("send")}
            </Button>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
