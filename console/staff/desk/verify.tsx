// Verifying a caller: by a code sent to a contact on file, by answers that stand on no letter, or by calling the number on file back.
import { Alert, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { CodeForm } from "../../shared/code-form.tsx";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { useSchema } from "../customers/schema.ts";
import type { OwnCall } from "./call.tsx";

export interface AtCall {
  readonly customerId: string;
  readonly callId: string;
}

export interface VerifyProps {
  readonly at: AtCall;
  readonly call: OwnCall;
}

const CHANGES = ["listOwnCalls"] as const;

export function Verify({ at, call }: VerifyProps): ReactNode {
  const t = useTranslations("desk");
  const [isWrong, setWrong] = useState(false);
  const answer = useAct("answerCall", {
    changes: CHANGES,
    onDone: ({ isVerified }) => setWrong(!isVerified),
  });
  return (
    <Stack>
      {isWrong && (
        <Alert role="alert" color="yellow">
          {t("wrong")}
        </Alert>
      )}
      <Trouble error={answer.error} />
      <ByContact at={at} call={call} />
      <CodeForm
        label={t("code")}
        action={t("checkCode")}
        isNumeric={false}
        onCode={(code) => answer.mutateAsync({ params: at, body: { code } })}
      />
      {call.questions.length > 0 && (
        <Questions
          questions={call.questions}
          isBusy={answer.isPending}
          onAnswers={(answers) => answer.mutate({ params: at, body: { answers } })}
        />
      )}
    </Stack>
  );
}

/** Nobody calls it. */
const EMAIL = "contact.email";

/** The agent sees which contacts there are, never what they are. */
function ByContact({ at, call }: Pick<VerifyProps, "at" | "call">): ReactNode {
  const t = useTranslations("desk");
  const schema = useSchema();
  const language = useLanguage();
  const send = useAct("sendCallerCode", { changes: CHANGES });
  const back = useAct("callBack", { changes: CHANGES });
  if (call.contacts.length === 0) return <Text size="sm">{t("noContact")}</Text>;
  return (
    <Stack gap="xs">
      <Title order={3}>{t("byCode")}</Title>
      {call.contacts.map(({ recordId, field }) => (
        <Group key={recordId + field} gap="xs">
          <Text size="sm">{schema.field(field).label}</Text>
          <Button
            size="compact-sm"
            variant="default"
            loading={send.isPending}
            onClick={() => send.mutate({ params: at, body: { recordId, field, language } })}
          >
            {t("sendCode")}
          </Button>
          {field !== EMAIL && (
            <Button
              size="compact-sm"
              variant="default"
              loading={back.isPending}
              onClick={() => back.mutate({ params: at, body: { recordId, field } })}
            >
              {t("calledBack")}
            </Button>
          )}
        </Group>
      ))}
      <Text size="sm" role="status">
        {call.isCodeSent && t("codeSent")} {call.isCalledBack && t("backWaits")}
      </Text>
      <Trouble error={send.error ?? back.error} />
    </Stack>
  );
}

interface QuestionsProps {
  readonly questions: OwnCall["questions"];
  readonly isBusy: boolean;
  readonly onAnswers: (answers: Record<string, string>) => void;
}

function Questions({ questions, isBusy, onAnswers }: QuestionsProps): ReactNode {
  const t = useTranslations("desk");
  const [answers, setAnswers] = useState<Record<string, string>>({});
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswers(answers);
      }}
    >
      <Stack gap="xs">
        <Title order={3}>{t("byAnswers")}</Title>
        {questions.map(({ field, ask }) => (
          <TextInput
            key={field}
            label={ask}
            autoComplete="off"
            spellCheck={false}
            value={answers[field] ?? ""}
            onChange={(event) => setAnswers({ ...answers, [field]: event.currentTarget.value })}
          />
        ))}
        <Group>
          <Button type="submit" variant="default" loading={isBusy}>
            {t("checkAnswers")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
