// The keys that packages for a third party are encrypted to: two people compare the fingerprint before one counts.
import { Badge, Button, Card, Code, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Empty } from "../../shared/empty.tsx";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { By } from "./by.tsx";
import type { RecipientFile } from "./recipient.tsx";

type Key = RecipientFile["keys"][number];
const CHANGES = ["listRecipients", "getRecipient", "listEntries"] as const;
const AGE = /^age1(pq1)?[02-9ac-hj-np-z]{55,2950}$/;

export function Keys({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const t = useTranslations("recipients.key");
  const may = useMay();
  const { recipientId, keys, state } = recipient;
  return (
    <section aria-labelledby="keys">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="keys">
          {t("title")}
        </Title>
        {state !== "ended" && may("recipient.request") && (
          <DialogButton
            label={t("add")}
            title={t("add")}
            dialog={(close) => <AddKey recipientId={recipientId} onDone={close} />}
          />
        )}
      </Group>
      {keys.length === 0 ? (
        <Empty>{t(state === "ended" ? "ended" : "none")}</Empty>
      ) : (
        <Stack gap="sm">
          {keys.map((key) => (
            <One key={key.keyId} recipientId={recipientId} held={key} />
          ))}
        </Stack>
      )}
    </section>
  );
}

interface OneProps {
  readonly recipientId: string;
  readonly held: Key;
}

function One({ recipientId, held }: OneProps): ReactNode {
  const t = useTranslations("recipients");
  const may = useMay();
  const { principalId } = useSession();
  const approve = useAct("approveRecipientKey", { changes: CHANGES });
  const end = useAct("endRecipientKey", { changes: CHANGES });
  const { keyId, kind, fingerprint, requestedBy, requestedAt, approvedBy } = held;
  const params = { recipientId, keyId };
  const mayApprove = approvedBy === null && may("recipient.approve");
  return (
    <Card withBorder padding="sm">
      <Stack gap="xs">
        <Group gap="sm">
          <Text fw={600}>{t(`key.kinds.${kind}`)}</Text>
          <Badge variant={approvedBy === null ? "default" : "light"} color="green" tt="none">
            {t(approvedBy === null ? "key.waits" : "key.counts")}
          </Badge>
        </Group>
        <Text size="sm">
          {t("key.fingerprint")} <Code style={{ overflowWrap: "anywhere" }}>{fingerprint}</Code>
        </Text>
        <Text size="sm" c="dimmed">
          {t("requestedBy")}: <By who={requestedBy} at={requestedAt} />
        </Text>
        <Group gap="sm">
          {mayApprove && requestedBy === principalId && <Text size="sm">{t("own")}</Text>}
          {mayApprove && requestedBy !== principalId && (
            <Button loading={approve.isPending} onClick={() => approve.mutate({ params })}>
              {t("key.approve")}
            </Button>
          )}
          {may("recipient.stop") && (
            <Button variant="default" loading={end.isPending} onClick={() => end.mutate({ params })}>
              {t("key.end")}
            </Button>
          )}
          <Trouble error={approve.error ?? end.error} />
        </Group>
      </Stack>
    </Card>
  );
}

function AddKey({ recipientId, onDone }: { readonly recipientId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("recipients.key");
  const [publicKey, setKey] = useState("");
  const act = useAct("requestRecipientKey", { changes: CHANGES, onDone });
  return (
    <ActForm
      action={t("now")}
      act={act}
      isIncomplete={!AGE.test(publicKey.trim())}
      onCancel={onDone}
      onSubmit={() => act.mutate({ params: { recipientId }, body: { publicKey: publicKey.trim() } })}
    >
      <Textarea
        label={t("public")}
        description={t("publicHint")}
        data-autofocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={3000}
        spellCheck={false}
        value={publicKey}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        {t("second")}
      </Text>
    </ActForm>
  );
}
