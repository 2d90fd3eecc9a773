// Adding a passkey or an authenticator app.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { IconDeviceMobile, IconFingerprint } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { canUsePasskeys, makePasskey } from "../../shared/passkeys.ts";
import { useStepUp } from "../../shared/step-up.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { SetUpApp } from "./set-up-app.tsx";

export interface AddFactorProps {
  /** To begin with. */
  readonly name: string;
  /** With the first factor come recovery codes. */
  readonly onAdded: (recoveryCodes: readonly string[] | null) => unknown;
}

export function AddFactor({ name: given, onAdded }: AddFactorProps): ReactNode {
  const t = useTranslations("account");
  const withStepUp = useStepUp();
  const { isBusy, error, attempt } = useAttempt();
  const [name, setName] = useState(given);
  const [offered, setOffered] = useState<AnswerOf<"addTotp"> | null>(null);
  const named = name.trim() === "" ? given : name.trim();
  const passkey = async () => {
    const { recoveryCodes } = await withStepUp(async () => {
      const made = await makePasskey(await ask("askNewPasskey", {}));
      return ask("addPasskey", { body: { ...made, name: named } });
    });
    await onAdded(recoveryCodes);
  };
  const app = async () => setOffered(await withStepUp(() => ask("addTotp", { body: { name: named } })));
  if (offered !== null) return <SetUpApp offered={offered} onConfirmed={onAdded} />;
  return (
    <Stack gap="sm">
      <Trouble error={error} />
      <TextInput
        label={t("factors.name")}
        description={t("factors.nameHint")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group>
        {canUsePasskeys() && (
          <Button leftSection={<IconFingerprint aria-hidden />} loading={isBusy} onClick={() => void attempt(passkey)}>
            {t("factors.makePasskey")}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconDeviceMobile aria-hidden />}
          loading={isBusy}
          onClick={() => void attempt(app)}
        >
          {t("factors.useApp")}
        </Button>
      </Group>
    </Stack>
  );
}
