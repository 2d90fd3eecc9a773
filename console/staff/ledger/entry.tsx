// One entry of the ledger: what its columns say, its receipt, and, for whoever may, its sealed detail.
import { Alert, Anchor, Button, Card, Code, Group, Select, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { type AnswerOf, ask, type AskingOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { useAttempt } from "../../shared/attempt.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { Facts } from "../../shared/facts.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { VerifyError } from "../../shared/verify/verify-error.ts";
import { checkEntry } from "./check-entry.ts";
import { Who } from "../governing/who.tsx";
import { Outcome } from "./ledger.tsx";

type Entry = AnswerOf<"getEntry">;
type Purpose = AskingOf<"openEntry">["body"]["purpose"];
const PURPOSES: readonly Purpose[] = [
  "audit",
  "incident-response",
  "complaint",
  "data-subject-request",
  "regulator-exam",
];

export function EntryPage(): ReactNode {
  const t = useTranslations("ledger");
  const { entryId } = useParams({ from: "/inside/ledger/$entryId" });
  const entry = useAsk("getEntry", { params: { entryId } });
  const may = useMay();
  return (
    <Page title={t("entry")}>
      <Answered of={entry}>
        {(found) => (
          <Stack maw="50rem">
            <EntryFacts entry={found} />
            <Receipt entry={found} />
            {may("opening.read") && <Detail entryId={entryId} />}
          </Stack>
        )}
      </Answered>
    </Page>
  );
}

function EntryFacts({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useTranslations("ledger");
  const words = useTranslations("words");
  const { index, at, kind, outcome, purpose, basis, classes, actorId, customerId, recipientId } = entry;
  return (
    <Card withBorder>
      <Facts
        isAcross
        of={[
          [t("index"), index],
          [t("at"), <Moment key="at" at={at} />],
          [t("kind"), words(`entryKinds.${kind}`)],
          [t("outcome"), <Outcome key="outcome" outcome={outcome} />],
          [t("purpose"), purpose === null ? "–" : words(`purposes.${purpose}`)],
          [t("basis"), basis === null ? "–" : words(`bases.${basis}`)],
          [t("classes"), classes.length === 0 ? "–" : classes.map((each) => words(`classes.${each}`)).join(", ")],
          [t("actor"), <Actor key="actor" id={actorId} />],
          [t("customer"), <Customer key="customer" id={customerId} />],
          [t("recipient"), <ShortId key="recipient" id={recipientId} />],
        ]}
      />
    </Card>
  );
}

function Actor({ id }: { readonly id: string | null }): ReactNode {
  return (
    <Group gap="xs">
      {id !== null && <Who id={id} />}
      <ShortId id={id} />
    </Group>
  );
}

function Customer({ id }: { readonly id: string | null }): ReactNode {
  const t = useTranslations("customers");
  const may = useMay();
  return (
    <Group gap="xs">
      <ShortId id={id} />
      {id !== null && may("viewers.read") && (
        <Anchor component={Link} to={`/pictures/viewers/${id}`} size="sm">
          {t("customer.viewers")}
        </Anchor>
      )}
    </Group>
  );
}

function Receipt({ entry: { entryId, index } }: { readonly entry: Entry }): ReactNode {
  const t = useTranslations("ledger");
  const { isBusy, error, attempt } = useAttempt();
  const [size, setSize] = useState<number | null>(null);
  const check = async () => setSize((await checkEntry(entryId, index)).size);
  const save = async () =>
    saveFile(new Blob([await ask("getReceipt", { params: { entryId } })]), `receipt-${index}.txt`);
  return (
    <Card withBorder>
      <Title order={2}>{t("receipt")}</Title>
      <Text size="sm" c="dimmed" my="xs">
        {t("receiptHint")}
      </Text>
      {error instanceof VerifyError ? (
        <Alert role="alert" color="red" title={t("receiptFalse")} mb="sm" />
      ) : (
        <Trouble error={error} />
      )}
      <Group>
        <Button variant="default" loading={isBusy} onClick={() => void attempt(save)}>
          {t("saveReceipt")}
        </Button>
        <Button variant="default" loading={isBusy} onClick={() => void attempt(check)}>
          {t("checkReceipt")}
        </Button>
      </Group>
      {size !== null && error === null && (
        <Alert role="status" color="green" title={t("receiptGood")} mt="sm">
          {t("receiptProves", { index, size })}
        </Alert>
      )}
    </Card>
  );
}

/** Reading a detail is itself an entry. */
function Detail({ entryId }: { readonly entryId: string }): ReactNode {
  const t = useTranslations("ledger");
  const words = useTranslations("words");
  const { name } = useSession();
  const [purpose, setPurpose] = useState<Purpose>("audit");
  const sheet = useClearSheet<string>();
  const open = useAct("openEntry", { onDone: ({ detail }) => sheet.show(JSON.stringify(JSON.parse(detail), null, 2)) });
  return (
    <Card withBorder>
      <Title order={2}>{t("detail")}</Title>
      <Text size="sm" c="dimmed" my="xs">
        {t("detailHint")}
      </Text>
      <Trouble error={open.error} />
      {sheet.content === null ? (
        <Group align="end">
          <Select
            label={t("purpose")}
            allowDeselect={false}
            data={PURPOSES.map((value) => ({ value, label: words(`purposes.${value}`) }))}
            value={purpose}
            onChange={(value) => setPurpose((value ?? "audit") as Purpose)}
          />
          <Button loading={open.isPending} onClick={() => open.mutate({ params: { entryId }, body: { purpose } })}>
            {t("open")}
          </Button>
        </Group>
      ) : (
        <ClearRegion label={t("detail")} viewer={name} sheet={sheet}>
          <Code block tabIndex={0} style={{ background: "transparent" }}>
            {sheet.content}
          </Code>
        </ClearRegion>
      )}
    </Card>
  );
}
