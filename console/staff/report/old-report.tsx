// Coming back by the receipt code: what was answered, and what one wants to add.
import { Button, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { type Reading, ReadWords, useReading } from "../../shared/clear/reading.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { Messages } from "./messages.tsx";

type Talk = AnswerOf<"readReportByReceipt">;
type State = Talk["report"]["state"];

export function OldReport(): ReactNode {
  const t = useTranslations("report");
  const [code, setCode] = useState("");
  // Without a word of it: stays when the words are gone, and with it what is being added.
  const [state, setState] = useState<State | null>(null);
  const receiptCode = code.trim();
  const reading = useReading(async () => {
    const { report, messages } = await ask("readReportByReceipt", { body: { receiptCode } });
    setState(report.state);
    return messages;
  });
  if (state !== null) {
    return <Talking reading={reading} state={state} receiptCode={receiptCode} onState={setState} />;
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        reading.read();
      }}
    >
      <Stack gap="sm">
        <Trouble error={reading.error} />
        <TextInput
          label={t("receipt")}
          autoComplete="off"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={reading.isBusy} disabled={receiptCode.length < 20}>
          {t("open")}
        </Button>
      </Stack>
    </form>
  );
}

interface TalkingProps {
  readonly reading: Reading<Talk["messages"]>;
  readonly state: State;
  readonly receiptCode: string;
  readonly onState: (state: State) => void;
}

function Talking({ reading, state, receiptCode, onState }: TalkingProps): ReactNode {
  const t = useTranslations("report");
  const [text, setText] = useState("");
  const { isBusy, error, attempt } = useAttempt();
  const add = async (): Promise<void> => {
    const { report, messages } = await ask("addToReport", { body: { receiptCode, text: text.trim() } });
    onState(report.state);
    reading.sheet.show(messages);
    setText("");
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{t(`states.${state}`)}</Text>
      <ReadWords of={reading} label={t("old")} viewer={t("reporter")} action={t("open")}>
        {(messages) => <Messages of={messages} />}
      </ReadWords>
      {state !== "closed" && (
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
