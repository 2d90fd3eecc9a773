// What a third party was given, refused and how it was changed: the ledger's entries that name it, newest first.
import { Anchor, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { ShortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";

type Entry = AnswerOf<"listEntries">["items"][number];
type Kind = NonNullable<AskingOf<"listEntries">["query"]>["kind"];
const KINDS = ["disclosure", "package", "recipient"] as const satisfies readonly Kind[];
const ROWS = 50;

export function Given({ recipientId }: { readonly recipientId: string }): ReactNode {
  const t = useTranslations("recipients.given");
  const words = useTranslations("words");
  const { filter = {} } = useTableView().search;
  const kind = KINDS.find((each) => each === filter["kind"]);
  const query = { recipientId, limit: ROWS, ...(kind === undefined ? {} : { kind }) };
  // Each page is an entry of the ledger itself.
  const { rows, more, data, error, refetch } = usePages("listEntries", { query }, { isKept: true });
  const columns = useColumns();
  return (
    <section aria-labelledby="given">
      <Title order={2} id="given" mb="xs">
        {t("title")}
      </Title>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={rows}
        rowKey={({ entryId }) => entryId}
        columns={columns}
        filters={[
          {
            key: "kind",
            label: t("kind"),
            options: KINDS.map((value) => ({ value, label: words(`entryKinds.${value}`) })),
          },
        ]}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </section>
  );
}

function useColumns(): readonly Column<Entry>[] {
  const t = useTranslations("recipients.given");
  const words = useTranslations("words");
  return [
    {
      key: "index",
      title: "#",
      cell: ({ entryId, index }) => (
        <Anchor component={Link} to={`/ledger/${entryId}`} size="sm">
          {index}
        </Anchor>
      ),
      text: ({ entryId }) => entryId,
      align: "end",
    },
    { key: "at", title: t("at"), cell: ({ at }) => <Moment at={at} />, text: ({ at }) => at },
    {
      key: "kind",
      title: t("kind"),
      cell: ({ kind }) => words(`entryKinds.${kind}`),
      text: ({ kind }) => kind,
    },
    {
      key: "outcome",
      title: t("outcome"),
      cell: ({ outcome }) => words(`outcomes.${outcome}`),
      text: ({ outcome }) => outcome,
    },
    {
      key: "purpose",
      title: t("purpose"),
      cell: ({ purpose }) => (purpose === null ? "–" : words(`purposes.${purpose}`)),
      text: ({ purpose }) => purpose ?? "",
    },
    {
      key: "classes",
      title: t("classes"),
      cell: ({ classes }) => (classes.length === 0 ? "–" : classes.map((each) => words(`classes.${each}`)).join(", ")),
      text: ({ classes }) => classes.join(" "),
    },
    { key: "customer", title: t("customer"), cell: ({ customerId }) => <ShortId id={customerId} /> },
    { key: "by", title: t("by"), cell: ({ actorId }) => (actorId === null ? "–" : <Who id={actorId} />) },
  ];
}
