// Changes that wait: confirmed by the code that the customer reads out from the letter to the old contact, or stopped.
import { Alert, Anchor, Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { CodeForm } from "../../shared/code-form.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { useSchema } from "../customers/schema.ts";
import { Vouch } from "./vouch.tsx";

type PendingChange = AnswerOf<"listPendingChanges">["items"][number];

export function Waiting({ customerId }: { readonly customerId: string }): ReactNode {
  const may = useMay();
  return may("change.list") ? <WaitingList customerId={customerId} /> : null;
}

function WaitingList({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("corrections");
  const { data, error } = useAsk("listPendingChanges", { params: { customerId } });
  const items = data?.items ?? [];
  if (error !== null) return <Trouble error={error} />;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="waiting">
      <Title order={2} id="waiting" mb="xs">
        {t("waiting.title")}
      </Title>
      <Stack gap="sm">
        {items.map((change) => (
          <One key={change.changeId} customerId={customerId} change={change} />
        ))}
      </Stack>
    </section>
  );
}

interface OneProps {
  readonly customerId: string;
  readonly change: PendingChange;
}

function One({ customerId, change }: OneProps): ReactNode {
  const t = useTranslations("corrections");
  const schema = useSchema();
  const { changeId, fields, effectiveAt, confirmBy, confirmed, askedBy, documentId, requestId } = change;
  const may = useMay();
  const params = { customerId, changeId };
  const confirm = useAct("confirmChange", { changes: ["listPendingChanges"] });
  const stop = useAct("stopChange", { changes: ["listPendingChanges"] });
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" align="start">
        <Stack gap={2}>
          <Group gap="xs">
            <Text fw={600}>{fields.map((field) => schema.field(field).label).join(", ")}</Text>
            <Badge variant="default">{t(confirmed ? "waiting.confirmed" : "waiting.unconfirmed")}</Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {confirmed
              ? t.rich("effective", { at: () => <Moment at={effectiveAt} /> })
              : t.rich(documentId === null ? "waiting.by" : "vouch.by", { at: () => <Moment at={confirmBy} /> })}
          </Text>
          {requestId !== null && may("right.read") && (
            <Anchor component={Link} to={`/rights/${requestId}`} size="sm">
              {t("waiting.onRequest")}
            </Anchor>
          )}
        </Stack>
        {may("change.stop") && (
          <Button size="compact-sm" variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params })}>
            {t("waiting.stop")}
          </Button>
        )}
      </Group>
      {!confirmed && documentId !== null && <Vouch {...params} askedBy={askedBy} documentId={documentId} />}
      {!confirmed && documentId === null && may("change.confirm") && (
        <CodeForm
          label={t("waiting.code")}
          action={t("waiting.confirm")}
          isNumeric={false}
          onCode={(code) => confirm.mutateAsync({ params, body: { code } })}
        />
      )}
      {confirm.data?.confirmed === false && (
        <Alert role="alert" color="yellow" mt="xs">
          {t("waiting.wrong")}
        </Alert>
      )}
      <Trouble error={stop.error} />
    </Card>
  );
}
