// Who it is: a passkey, address and password, or the company's sign-on.
import { Alert, Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint, IconInfoCircle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { Page } from "../../shared/page.tsx";
import { canUsePasskeys, showPasskey } from "../../shared/passkeys.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { SignedIn } from "./sign-in.tsx";

export interface FirstFactorProps {
  readonly returnTo: string;
  /** A session ended by itself, and whoever was in the middle of something is told so. */
  readonly hasEnded: boolean;
  readonly onSignedIn: (signedIn: SignedIn) => Promise<unknown>;
}

export function FirstFactor({ returnTo, hasEnded, onSignedIn }: FirstFactorProps): ReactNode {
  const t = useTranslations("sign-in");
  const common = useTranslations("common");
  const { isBusy, error, attempt } = useAttempt();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const byPasskey = async () => {
    const shown = await showPasskey(await ask("askPasskeySignIn", {}));
    await onSignedIn(await ask("signInByPasskey", { body: { ...shown, as: "cookie" } }));
  };
  const byPassword = async () => onSignedIn(await ask("signIn", { body: { email, password, as: "cookie" } }));
  return (
    <Page title={t("title")}>
      {hasEnded && error === null && (
        <Alert icon={<IconInfoCircle aria-hidden />} role="status" title={t("ended.title")}>
          {t("ended.lead")}
        </Alert>
      )}
      <Trouble error={error} />
      {canUsePasskeys() && (
        <>
          <Button
            size="md"
            leftSection={<IconFingerprint aria-hidden />}
            loading={isBusy}
            onClick={() => void attempt(byPasskey)}
          >
            {common("usePasskey")}
          </Button>
          <Divider label={t("or")} />
        </>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(byPassword);
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("email")}
            type="email"
            autoComplete="username webauthn"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" variant={canUsePasskeys() ? "default" : "filled"} loading={isBusy}>
            {common("continue")}
          </Button>
        </Stack>
      </form>
      {"signOn" in document.documentElement.dataset && (
        <Anchor href={`/v1/sso/start?returnTo=${encodeURIComponent(returnTo)}`}>{t("companySignOn")}</Anchor>
      )}
      <Text size="sm">{t("forgotten")}</Text>
      <Text size="sm" c="dimmed">
        {t("nobodyAsks")}
      </Text>
    </Page>
  );
}
