// A room: the code goes to the contact that is registered for the recipient, and what it opens is shown once.
import { Alert, Button, Text } from "@mantine/core";
import { IconEyeCheck, IconMail } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { CodeForm } from "../../shared/code-form.tsx";
import { Page } from "../../shared/page.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { RoomContent } from "./room-content.tsx";

export type Opened = AnswerOf<"openRoom">;

export function ViewOnce({ secret }: { readonly secret: string }): ReactNode {
  const t = useTranslations("portal-room");
  const sheet = useClearSheet<Opened>();
  const { isBusy, error, attempt } = useAttempt();
  const [step, setStep] = useState<"begin" | "code" | "opened">("begin");
  const send = () =>
    attempt(async () => {
      await ask("askRoomCode", { body: { secret } });
      setStep("code");
    });
  const open = async (code: string): Promise<void> => {
    sheet.show(await ask("openRoom", { body: { secret, code } }));
    setStep("opened");
  };
  if (sheet.content !== null) return <RoomContent opened={sheet.content} sheet={sheet} />;
  return (
    <Page title={t("title")} {...(step === "begin" ? { lead: t("lead") } : {})}>
      <Trouble error={error} />
      {step === "begin" && (
        <Button leftSection={<IconMail aria-hidden />} loading={isBusy} onClick={() => void send()}>
          {t("sendCode")}
        </Button>
      )}
      {step === "code" && (
        <>
          <Text role="status">{t("codeSent")}</Text>
          <CodeForm label={t("code")} action={t("open")} onCode={open} />
          <Button variant="subtle" loading={isBusy} onClick={() => void send()}>
            {t("sendAgain")}
          </Button>
        </>
      )}
      {step === "opened" && (
        <Alert color="gray" icon={<IconEyeCheck aria-hidden />} role="status">
          {t("over")}
        </Alert>
      )}
    </Page>
  );
}
