// The register of legal demands, and how each stands.
import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { TakeIn } from "./take-in.tsx";

export type Demand = AnswerOf<"listDemands">["items"][number];

const STATES = ["open", "objected", "approved", "expired", "closed"] as const;

export function Demands(): ReactNode {
  const t = useTranslations("demands");
  const { filter = {} } = useTableView().search;
  const state = STATES.find((one) => one === filter["state"]);
  const query = { limit: 100, ...(state === undefined ? {} : { state }) };
  const { rows, more, data, error, refetch } = usePages("listDemands", { query });
  const columns = useColumns();
  return (
    <Page title={t("title")} lead={t("lead")} actions={<TakeIn />}>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={rows}
        rowKey={({ demandId }) => demandId}
        columns={columns}
        filters={[
          {
            key: "state",
            label: t("state"),
            usual: t("all"),
            options: STATES.map((value) => ({ value, label: t(`states.${value}`) })),
          },
        ]}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </Page>
  );
}

export function useKindName(): (kind: string) => string {
  const language = useLanguage();
  const kinds = useAsk("listDemandRules", {}).data?.kinds ?? [];
  return (kind) => kinds.find((one) => one.kind === kind)?.title[language] ?? kind;
}

const openOf = ({ checks }: Demand): number =>
  checks.filter(({ answer }) => answer === null || answer === "failed").length;

function useColumns(): readonly Column<Demand>[] {
  const t = useTranslations("demands");
  const kindName = useKindName();
  return [
    {
      key: "reference",
      title: t("reference"),
      cell: ({ demandId, reference }) => (
        <Anchor component={Link} to={`/demands/${demandId}`} size="sm">
          {reference}
        </Anchor>
      ),
    },
    { key: "kind", title: t("kind"), cell: ({ kind }) => kindName(kind) },
    { key: "issuer", title: t("issuer"), cell: ({ issuer }) => issuer },
    {
      key: "state",
      title: t("state"),
      cell: ({ state }) => (
        <Badge variant="light" tt="none">
          {t(`states.${state}`)}
        </Badge>
      ),
    },
    { key: "open", title: t("openChecks"), cell: openOf, sortBy: openOf, align: "end" },
    {
      key: "due",
      title: t("due"),
      cell: ({ dueAt }) => (dueAt === null ? "–" : <Moment at={dueAt} dateOnly />),
      sortBy: ({ dueAt }) => dueAt ?? "9",
    },
    {
      key: "received",
      title: t("received"),
      cell: ({ receivedAt }) => <Moment at={receivedAt} dateOnly />,
      sortBy: ({ receivedAt }) => receivedAt,
      isExtra: true,
    },
  ];
}
