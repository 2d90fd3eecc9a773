// A passkey for later rooms, offered to whoever has just opened one with a code or by their own provider.
import { Alert, Button, Card, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconFingerprint } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { canUsePasskeys, makePasskey } from "../../shared/passkeys.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { Opened } from "./view-once.tsx";

type Asked = NonNullable<Opened["passkey"]>;

export function LaterPasskey({ packageId, asked }: { readonly packageId: string; readonly asked: Asked }): ReactNode {
  const t = useTranslations("portal-room.later");
  const { isBusy, error, attempt } = useAttempt();
  const [isMade, setMade] = useState(false);
  if (!canUsePasskeys()) return null;
  const make = async (): Promise<void> => {
    await ask("addRoomPasskey", { body: { packageId, ...(await makePasskey(asked)) } });
    setMade(true);
  };
  if (isMade)
    return (
      <Alert color="green" icon={<IconCheck aria-hidden />} role="status">
        {t("made")}
      </Alert>
    );
  return (
    <Card withBorder>
      <Stack gap="xs" align="start">
        <Title order={2} size="h4">
          {t("title")}
        </Title>
        <Text size="sm">{t("why")}</Text>
        <Trouble error={error} />
        <Button
          variant="default"
          leftSection={<IconFingerprint aria-hidden />}
          loading={isBusy}
          onClick={() => void attempt(make)}
        >
          {t("make")}
        </Button>
      </Stack>
    </Card>
  );
}
