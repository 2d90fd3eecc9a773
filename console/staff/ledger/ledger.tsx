// The ledger: what was asked, shown, refused and changed, newest first; and the log's signed head, to be compared outside.
import { Anchor, Badge, Group, Text } from "@mantine/core";
import { DateTimeInput } from "./date-time-input.tsx";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useMessages, useTranslations } from "use-intl";
import { type AnswerOf, askForFile, type AskingOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useStepUp } from "../../shared/step-up.tsx";
import { ShortId } from "../../shared/short-id.tsx";
import { Who } from "../governing/who.tsx";
import { Checkpoint } from "./checkpoint.tsx";

type Entry = AnswerOf<"listEntries">["items"][number];
type Kind = NonNullable<AskingOf<"listEntries">["query"]>["kind"];

const ROWS = 100;
const EXPORTED = [
  "index",
  "entry",
  "at",
  "kind",
  "outcome",
  "actor",
  "customer",
  "recipient",
  "purpose",
  "basis",
  "classes",
] as const;

export function LedgerPage(): ReactNode {
  const t = useTranslations("ledger");
  const { search } = useTableView();
  const [[from, to], setPeriod] = useState<readonly [string | undefined, string | undefined]>([undefined, undefined]);
  const kind = search.filter?.["kind"] as Kind;
  const entries = usePages("listEntries", { query: { kind, from, to, limit: ROWS } });
  const kinds = Object.entries(useMessages().words.entryKinds);
  const columns = useColumns();
  const withStepUp = useStepUp();
  // Made by the server, and recorded before it is sent.
  const exported = async (): Promise<void> => {
    const body = { what: "entries" as const, columns: [...EXPORTED], filter: { kind, from, to } };
    saveFile(await withStepUp(() => askForFile("exportTable", { body })), "ledger.csv");
  };
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Checkpoint />
      <Group align="end">
        <DateTimeInput label={t("from")} onChange={(value) => setPeriod([value, to])} />
        <DateTimeInput label={t("to")} onChange={(value) => setPeriod([from, value])} />
      </Group>
      <Answered of={entries}>
        {() => (
          <DataTable
            label={t("title")}
            rows={entries.rows}
            rowKey={({ entryId }) => entryId}
            columns={columns}
            filters={[{ key: "kind", label: t("kind"), options: kinds.map(([value, label]) => ({ value, label })) }]}
            empty={t("empty")}
            more={entries.more}
            onExport={exported}
          />
        )}
      </Answered>
    </Page>
  );
}

function useColumns(): readonly Column<Entry>[] {
  const t = useTranslations("ledger");
  const words = useTranslations("words");
  return [
    {
      key: "index",
      title: "#",
      align: "end",
      cell: ({ entryId, index }) => (
        <Anchor component={Link} to={`/ledger/${entryId}`}>
          {index}
        </Anchor>
      ),
    },
    { key: "at", title: t("at"), cell: ({ at }) => <Moment at={at} /> },
    { key: "kind", title: t("kind"), cell: ({ kind }) => words(`entryKinds.${kind}`) },
    { key: "outcome", title: t("outcome"), cell: ({ outcome }) => <Outcome outcome={outcome} /> },
    {
      key: "purpose",
      title: t("purpose"),
      cell: ({ purpose }) => (purpose === null ? "–" : words(`purposes.${purpose}`)),
    },
    {
      key: "basis",
      title: t("basis"),
      isExtra: true,
      cell: ({ basis }) => (basis === null ? "–" : words(`bases.${basis}`)),
    },
    {
      key: "classes",
      title: t("classes"),
      cell: ({ classes }) => (
        <Text size="sm">{classes.length === 0 ? "–" : classes.map((each) => words(`classes.${each}`)).join(", ")}</Text>
      ),
    },
    { key: "actor", title: t("actor"), cell: ({ actorId }) => (actorId === null ? "–" : <Who id={actorId} />) },
    { key: "customer", title: t("customer"), cell: ({ customerId }) => <ShortId id={customerId} /> },
    { key: "recipient", title: t("recipient"), isExtra: true, cell: ({ recipientId }) => <ShortId id={recipientId} /> },
  ];
}

const COLOURS = { allowed: "green", partial: "yellow", denied: "red", done: "gray", failed: "red" } as const;

export function Outcome({ outcome }: Pick<Entry, "outcome">): ReactNode {
  const words = useTranslations("words");
  return (
    <Badge variant="dot" color={COLOURS[outcome]} tt="none" fw={500}>
      {words(`outcomes.${outcome}`)}
    </Badge>
  );
}
