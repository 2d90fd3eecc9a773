// The dialog that asks for a strong factor once more: a passkey, or the code of an app.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "./ask.ts";
import { canUsePasskeys, showPasskey } from "./passkeys.ts";
import type { Session } from "./session.ts";
import { Trouble } from "./trouble.tsx";

export interface FactorsProps {
  readonly session: Session;
  readonly settle: (wasShown: boolean) => void;
  /** No other factor would do. */
  readonly isPasskey: boolean;
}

export function Factors({ session, settle, isPasskey }: FactorsProps): ReactNode {
  const t = useTranslations("common");
  const [error, setError] = useState<unknown>(null);
  const [code, setCode] = useState("");
  const kinds = useMemo(() => new Set(session.factors.factors.map(({ kind }) => kind)), [session]);
  const first = useRef<HTMLButtonElement>(null);
  const shown = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      settle(true);
    } catch (failure) {
      setError(failure);
    }
  };
  const byPasskey = async () => ask("showPasskey", { body: await showPasskey(await ask("askPasskey", {})) });
  return (
    <Modal
      opened
      onClose={() => settle(false)}
      title={t(isPasskey ? "stepUp.titlePasskey" : "stepUp.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <Text size="sm">{t(isPasskey ? "stepUp.whyPasskey" : "stepUp.why")}</Text>
        <Trouble error={error} />
        {kinds.has("passkey") && canUsePasskeys() && (
          <Button
            ref={first}
            data-autofocus
            leftSection={<IconFingerprint aria-hidden />}
            onClick={() => void shown(byPasskey)}
          >
            {t("usePasskey")}
          </Button>
        )}
        {kinds.has("totp") && !isPasskey && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void shown(() => ask("showCode", { body: { code: code.trim() } }));
            }}
          >
            <Group align="end">
              <TextInput
                label={t("appCode")}
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                flex={1}
              />
              <Button type="submit">{t("stepUp.showCode")}</Button>
            </Group>
          </form>
        )}
        <Button variant="subtle" onClick={() => settle(false)}>
          {t("cancel")}
        </Button>
      </Stack>
    </Modal>
  );
}
