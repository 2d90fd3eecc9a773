// A room: opened by the code to the registered contact, a passkey made at an earlier one, or the recipient's own identity provider; shown once.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconBuilding, IconEyeCheck, IconFingerprint, IconMail } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf, type AskingOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { CodeForm } from "../../shared/code-form.tsx";
import { Page } from "../../shared/page.tsx";
import { canUsePasskeys, showPasskey } from "../../shared/passkeys.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { RoomContent } from "./room-content.tsx";
import { type RoomTrouble, SignInTrouble } from "./sign-in-trouble.tsx";

export type Opened = AnswerOf<"openRoom">;
type Opening = AskingOf<"openRoom">["body"];
type Ways = AnswerOf<"askRoomWays">;

interface ViewOnceProps {
  readonly secret: string;
  readonly trouble: RoomTrouble | null;
}

export function ViewOnce({ secret, trouble }: ViewOnceProps): ReactNode {
  const t = useTranslations("portal-room");
  const sheet = useClearSheet<Opened>();
  const { isBusy, error, attempt } = useAttempt();
  const [step, setStep] = useState<"begin" | "code" | "opened">("begin");
  const send = () =>
    attempt(async () => {
      await ask("askRoomCode", { body: { secret } });
      setStep("code");
    });
  const open = async (body: Opening): Promise<void> => {
    sheet.show(await ask("openRoom", { body }));
    setStep("opened");
  };
  if (sheet.content !== null) return <RoomContent opened={sheet.content} sheet={sheet} />;
  return (
    <Page title={t("title")} {...(step === "begin" ? { lead: t("lead") } : {})}>
      {step === "begin" && trouble !== null && <SignInTrouble trouble={trouble} />}
      <Trouble error={error} />
      {step === "begin" && (
        <Stack gap="sm" align="start">
          <OtherWays secret={secret} isBusy={isBusy} attempt={attempt} open={open} />
          <Button leftSection={<IconMail aria-hidden />} loading={isBusy} onClick={() => void send()}>
            {t("sendCode")}
          </Button>
        </Stack>
      )}
      {step === "code" && (
        <>
          <Text role="status">{t("codeSent")}</Text>
          <CodeForm label={t("code")} action={t("open")} onCode={(code) => open({ secret, code })} />
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

interface OtherWaysProps {
  readonly secret: string;
  readonly isBusy: boolean;
  readonly attempt: (work: () => Promise<unknown>) => Promise<unknown>;
  readonly open: (body: Opening) => Promise<void>;
}

/** Nothing where there are none, or the link leads nowhere any longer: the code says so then. */
function OtherWays({ secret, isBusy, attempt, open }: OtherWaysProps): ReactNode {
  const t = useTranslations("portal-room");
  // Not by the secret: it is remembered nowhere. There is one room a page.
  const { data } = useQuery({ queryKey: ["room-ways"], queryFn: () => waysInto(secret), retry: false, gcTime: 0 });
  if (data === undefined) return null;
  const { passkey, provider, isSignedIn } = data;
  const byPasskey = async (asked: NonNullable<Ways["passkey"]>): Promise<void> =>
    open({ secret, passkey: await showPasskey(asked) });
  const leave = async (): Promise<void> => {
    const { departure } = await ask("askRoomWays", { body: { secret, depart: true } });
    if (departure !== null) location.assign(departure);
  };
  return (
    <>
      {isSignedIn && (
        <>
          <Text role="status">{t("signedIn")}</Text>
          <Button
            leftSection={<IconEyeCheck aria-hidden />}
            loading={isBusy}
            onClick={() => void attempt(() => open({ secret }))}
          >
            {t("open")}
          </Button>
        </>
      )}
      {passkey !== null && canUsePasskeys() && (
        <Button
          leftSection={<IconFingerprint aria-hidden />}
          loading={isBusy}
          onClick={() => void attempt(() => byPasskey(passkey))}
        >
          {t("byPasskey")}
        </Button>
      )}
      {provider !== null && !isSignedIn && (
        <Button
          variant="default"
          leftSection={<IconBuilding aria-hidden />}
          loading={isBusy}
          onClick={() => void attempt(leave)}
        >
          {t("byProvider", { host: provider })}
        </Button>
      )}
    </>
  );
}

const waysInto = (secret: string): Promise<Ways> => ask("askRoomWays", { body: { secret } });
