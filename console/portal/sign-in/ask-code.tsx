// Where a code is to be sent, or a passkey instead.
import { Alert, Anchor, Button, Divider, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint, IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Page } from "../../shared/page.tsx";
import { canUsePasskeys, showPasskey } from "../../shared/passkeys.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import type { Whom } from "./sign-in.tsx";

export interface AskCodeProps {
  /** What was typed before. */
  readonly former: Whom | null;
  readonly notice: "ended" | "left" | null;
  readonly onSent: (whom: Whom, asked: AnswerOf<"askSignInCode">) => void;
  readonly onSignedIn: () => Promise<unknown>;
}

export function AskCode({ former, notice, onSent, onSignedIn }: AskCodeProps): ReactNode {
  const t = useTranslations("portal-sign-in");
  const language = useLanguage();
  const { isBusy, error, attempt } = useAttempt();
  const [channel, setChannel] = useState<Whom["channel"]>(former?.channel ?? "email");
  const [contact, setContact] = useState(former?.contact ?? "");
  const byCode = async (): Promise<void> => {
    const whom = { channel, contact: contact.trim() };
    onSent(whom, await ask("askSignInCode", { body: { ...whom, language } }));
  };
  return (
    <Page title={t("title")} lead={t("lead")}>
      {notice !== null && error === null && (
        <Alert icon={<IconInfoCircle aria-hidden />} role="status">
          {t(notice)}
        </Alert>
      )}
      <Trouble error={error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(byCode);
        }}
      >
        <Stack gap="md">
          <SegmentedControl
            fullWidth
            size="md"
            aria-label={t("channel.label")}
            value={channel}
            onChange={(chosen) => setChannel(chosen === "phone" ? "phone" : "email")}
            data={[
              { value: "email", label: t("channel.email") },
              { value: "phone", label: t("channel.phone") },
            ]}
          />
          <TextInput
            label={t(`contact.${channel}`)}
            description={t("contact.hint")}
            type={channel === "email" ? "email" : "tel"}
            autoComplete={channel === "email" ? "email" : "tel"}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={254}
            value={contact}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy}>
            {t("send")}
          </Button>
        </Stack>
      </form>
      {canUsePasskeys() && <ByPasskey isBusy={isBusy} onWanted={() => void attempt(() => byPasskey(onSignedIn))} />}
      <Text size="sm" c="dimmed">
        {t("nobodyAsks")}
      </Text>
      <Anchor component={Link} to="/erased" size="sm" py={10}>
        {t("erased")}
      </Anchor>
    </Page>
  );
}

async function byPasskey(onSignedIn: AskCodeProps["onSignedIn"]): Promise<void> {
  const shown = await showPasskey(await ask("askCustomerPasskey", {}));
  await ask("signInCustomerByPasskey", { body: { ...shown, as: "cookie" } });
  await onSignedIn();
}

function ByPasskey({ isBusy, onWanted }: { readonly isBusy: boolean; readonly onWanted: () => void }): ReactNode {
  const t = useTranslations("portal-sign-in");
  return (
    <>
      <Divider label={t("or")} />
      <Button
        variant="default"
        leftSection={<IconFingerprint aria-hidden />}
        loading={isBusy}
        onClick={onWanted}
        aria-describedby="passkey-hint"
      >
        {t("passkey")}
      </Button>
      <Text size="sm" c="dimmed" id="passkey-hint" mt={-8}>
        {t("passkeyHint")}
      </Text>
    </>
  );
}
