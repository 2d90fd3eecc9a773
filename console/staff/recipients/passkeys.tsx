// The passkeys by which people at a third party open rooms: made by themselves after a code, ended here at once.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Empty } from "../../shared/empty.tsx";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { RecipientFile } from "./recipient.tsx";

type Passkey = RecipientFile["passkeys"][number];

export function Passkeys({ recipient: { recipientId, passkeys } }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients.passkey");
  return (
    <section aria-labelledby="passkeys">
      <Title order={2} id="passkeys" mb="xs">
        {t("title")}
      </Title>
      {passkeys.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <Stack gap="sm">
          {passkeys.map((passkey) => (
            <One key={passkey.passkeyId} recipientId={recipientId} passkey={passkey} />
          ))}
        </Stack>
      )}
    </section>
  );
}

interface OneProps {
  readonly recipientId: string;
  readonly passkey: Passkey;
}

function One({ recipientId, passkey: { passkeyId, addedAt, usedAt } }: OneProps): ReactNode {
  const t = useTranslations("recipients.passkey");
  const format = useFormatter();
  const may = useMay();
  const end = useAct("endRecipientPasskey", { changes: ["getRecipient", "listEntries"] });
  const at = (text: string): string => format.dateTime(new Date(text), { dateStyle: "medium", timeStyle: "short" });
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between">
        <Text size="sm">
          {usedAt === null ? t("unused", { added: at(addedAt) }) : t("one", { added: at(addedAt), used: at(usedAt) })}
        </Text>
        {may("recipient.stop") && (
          <Button
            variant="default"
            loading={end.isPending}
            onClick={() => end.mutate({ params: { recipientId, passkeyId } })}
          >
            {t("end")}
          </Button>
        )}
      </Group>
      <Trouble error={end.error} />
    </Card>
  );
}
