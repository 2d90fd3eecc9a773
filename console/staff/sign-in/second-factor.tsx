// A second factor after the password.
import { Button, Stack, Text } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { CodeForm } from "../../shared/code-form.tsx";
import { Page } from "../../shared/page.tsx";
import { canUsePasskeys, showPasskey } from "../../shared/passkeys.ts";
import type { Session } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { SignedIn } from "./sign-in.tsx";

export interface SecondFactorProps {
  readonly session: Session;
  readonly onSignedIn: (signedIn: SignedIn) => Promise<unknown>;
  readonly onStartAgain: () => void;
}

export function SecondFactor({ session, onSignedIn, onStartAgain }: SecondFactorProps): ReactNode {
  const t = useTranslations("sign-in");
  const common = useTranslations("common");
  const { isBusy, error, attempt } = useAttempt();
  const kinds = new Set(session.factors.factors.map(({ kind }) => kind));
  const byPasskey = async () => {
    const shown = await showPasskey(await ask("askPasskey", {}));
    await onSignedIn(await ask("showPasskey", { body: shown }));
  };
  const startAgain = async () => {
    await ask("signOut", {});
    onStartAgain();
  };
  return (
    <Page title={t("second.title")}>
      <Trouble error={error} />
      {kinds.has("passkey") && canUsePasskeys() && (
        <Button leftSection={<IconFingerprint aria-hidden />} loading={isBusy} onClick={() => void attempt(byPasskey)}>
          {common("usePasskey")}
        </Button>
      )}
      {kinds.has("totp") && (
        <CodeForm
          label={common("appCode")}
          onCode={async (code) => onSignedIn(await ask("showCode", { body: { code } }))}
        />
      )}
      {session.factors.recoveryCodesLeft > 0 && (
        <details>
          <summary>{t("second.neither")}</summary>
          <Stack mt="sm">
            <CodeForm
              label={t("second.recoveryCode")}
              isNumeric={false}
              onCode={async (code) => onSignedIn(await ask("showRecoveryCode", { body: { code } }))}
            />
            <Text size="sm" c="dimmed">
              {t("second.recoveryHint")}
            </Text>
          </Stack>
        </details>
      )}
      <Button variant="subtle" onClick={() => void attempt(startAgain)}>
        {t("second.startAgain")}
      </Button>
    </Page>
  );
}
