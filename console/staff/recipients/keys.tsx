// The keys that packages for a third party are encrypted to: two people compare the fingerprint before one counts.
import { Badge, Card, Code, Group, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { ActForm } from "../governing/act-form.tsx";
import { By } from "./by.tsx";
import { PART_CHANGES, PartActs, Parts } from "./parts.tsx";
import type { RecipientFile } from "./recipient.tsx";

type Key = RecipientFile["keys"][number];
const AGE = /^age1(pq1)?[02-9ac-hj-np-z]{55,2950}$/;

export function Keys({ recipient }: { readonly recipient: RecipientFile }): ReactNode {
  const { recipientId, keys, state } = recipient;
  return (
    <Parts of="key" state={state} add={(close) => <AddKey recipientId={recipientId} onDone={close} />}>
      {keys.map((key) => (
        <One key={key.keyId} recipientId={recipientId} held={key} />
      ))}
    </Parts>
  );
}

interface OneProps {
  readonly recipientId: string;
  readonly held: Key;
}

function One({ recipientId, held }: OneProps): ReactNode {
  const t = useTranslations("recipients");
  const approve = useAct("approveRecipientKey", { changes: PART_CHANGES });
  const end = useAct("endRecipientKey", { changes: PART_CHANGES });
  const { keyId, kind, fingerprint, requestedBy, requestedAt, approvedBy } = held;
  const params = { recipientId, keyId };
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
        <PartActs
          part={held}
          approve={{ ...approve, label: t("key.approve"), onAct: () => approve.mutate({ params }) }}
          end={{ ...end, label: t("key.end"), onAct: () => end.mutate({ params }) }}
        />
      </Stack>
    </Card>
  );
}

function AddKey({ recipientId, onDone }: { readonly recipientId: string; readonly onDone: () => void }): ReactNode {
  const t = useTranslations("recipients.key");
  const [publicKey, setKey] = useState("");
  const act = useAct("requestRecipientKey", { changes: PART_CHANGES, onDone });
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
