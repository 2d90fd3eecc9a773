// The code that was sent, or not: what to do when none comes, when it is wrong, and when its time is over.
import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconClock, IconMail } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import type { Sent, Whom } from "./sign-in.tsx";
import { NoCode } from "./no-code.tsx";
import { millisecondsLeft } from "./sent-code.ts";

export interface EnterCodeProps {
  readonly sent: Sent;
  readonly onSent: (whom: Whom, asked: AnswerOf<"askSignInCode">) => void;
  readonly onSignedIn: () => Promise<unknown>;
  readonly onStartAgain: () => void;
}

export function EnterCode({ sent, onSent, onSignedIn, onStartAgain }: EnterCodeProps): ReactNode {
  const t = useTranslations("portal-sign-in");
  const language = useLanguage();
  const typing = useAttempt();
  const sending = useAttempt();
  const [code, setCode] = useState("");
  const [times, setTimes] = useState(1);
  const isOver = useIsOver(sent);
  const redeem = async (): Promise<void> => {
    await ask("signInCustomer", { body: { challengeId: sent.challengeId, code: code.trim(), as: "cookie" } });
    await onSignedIn();
  };
  const send = (whom: Whom) =>
    sending.attempt(async () => {
      onSent(whom, await ask("askSignInCode", { body: { ...whom, language } }));
      setCode("");
      setTimes((former) => former + 1);
    });
  return (
    <Page title={t("code.title")}>
      {sending.error === null && <OnItsWay whom={sent.whom} isAnother={times > 1} />}
      {isOver && (
        <Alert color="yellow" icon={<IconClock aria-hidden />} role="alert">
          {t("code.over")}
        </Alert>
      )}
      <Trouble error={sending.error ?? typing.error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void typing.attempt(redeem);
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t("code.label")}
            description={t.rich("code.until", { at: () => <Moment at={sent.expiresAt} timeOnly /> })}
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9 \-]{1,20}"
            title={t("code.digits")}
            required
            withAsterisk={false}
            data-autofocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" loading={typing.isBusy}>
            {t("code.go")}
          </Button>
        </Stack>
      </form>
      <Text size="sm">{t("code.wait")}</Text>
      <Button
        variant={isOver ? "filled" : "default"}
        loading={sending.isBusy}
        onClick={() => (sent.whom === null ? onStartAgain() : void send(sent.whom))}
      >
        {t("code.again")}
      </Button>
      <NoCode whom={sent.whom} onSend={send} onStartAgain={onStartAgain} />
    </Page>
  );
}

interface OnItsWayProps {
  readonly whom: Whom | null;
  readonly isAnother: boolean;
}

/** Not beside the word that none was sent. */
function OnItsWay({ whom, isAnother }: OnItsWayProps): ReactNode {
  const t = useTranslations("portal-sign-in");
  return (
    <Alert icon={<IconMail aria-hidden />} role="status">
      {whom === null ? t("code.sentBefore") : t(isAnother ? "code.sentAgain" : "code.sent", { contact: whom.contact })}
    </Alert>
  );
}

/** Counted from when it was sent, since a telephone's clock may be wrong. */
function useIsOver(sent: Sent): boolean {
  const [over, setOver] = useState<string | null>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => setOver(sent.challengeId), millisecondsLeft(sent));
    return () => window.clearTimeout(timer);
  }, [sent]);
  return over === sent.challengeId;
}
