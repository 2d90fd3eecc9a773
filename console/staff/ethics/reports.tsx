// Reports that came by the confidential channel, without a word of them; what is late stands out.
import { Anchor, Badge } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { EthicsTabs } from "./ethics-tabs.tsx";

type Listed = AnswerOf<"listReports">["items"][number];
const STATES = ["new", "acknowledged", "answered", "closed"] as const;

export function Reports(): ReactNode {
  const t = useTranslations("ethics");
  const states = useTranslations("report.states");
  const { filter = {} } = useTableView().search;
  const state = STATES.find((each) => each === filter["state"]);
  const query = { limit: 200, ...(state === undefined ? {} : { state }) };
  const { rows, more, data, error, refetch } = usePages("listReports", { query });
  return (
    <Page title={t("reports")} lead={t("reportsLead")}>
      <EthicsTabs />
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("reports")}
        rows={rows}
        rowKey={({ reportId }) => reportId}
        columns={useColumns()}
        filters={[
          { key: "state", label: t("state"), options: STATES.map((value) => ({ value, label: states(value) })) },
        ]}
        empty={data === undefined ? t("looking") : t("noReports")}
        more={more}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Listed>[] {
  const t = useTranslations("ethics");
  const report = useTranslations("report");
  return [
    {
      key: "category",
      title: report("category"),
      cell: ({ reportId, category }) => (
        <Anchor component={Link} to={`/ethics/reports/${reportId}`} size="sm">
          {report(`categories.${category}`)}
        </Anchor>
      ),
      sortBy: ({ category }) => category,
    },
    { key: "state", title: t("state"), cell: ({ state }) => report(`states.${state}`), sortBy: ({ state }) => state },
    {
      key: "received",
      title: t("received"),
      cell: ({ receivedAt }) => <Moment at={receivedAt} dateOnly />,
      sortBy: ({ receivedAt }) => receivedAt,
    },
    {
      key: "due",
      title: t("due"),
      cell: ({ acknowledgedAt, acknowledgeBy, feedbackBy }) => (
        <Moment at={acknowledgedAt === null ? acknowledgeBy : feedbackBy} dateOnly />
      ),
      sortBy: ({ acknowledgedAt, acknowledgeBy, feedbackBy }) => (acknowledgedAt === null ? acknowledgeBy : feedbackBy),
    },
    {
      key: "late",
      title: t("late"),
      cell: ({ late }) => late !== null && <Badge color="red.9">{t(`lates.${late}`)}</Badge>,
      sortBy: ({ late }) => late,
    },
  ];
}
