// The queue of alerts: looks at customers that were out of the ordinary.
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
import { firstUp } from "../governing/first-up.ts";
import { Who } from "../governing/who.tsx";
import { AlertTabs } from "./alert-tabs.tsx";

export type Alert = AnswerOf<"listAlerts">["items"][number];

export function Alerts(): ReactNode {
  const t = useTranslations("alerts");
  const { filter = {} } = useTableView().search;
  const state = filter["state"] === "decided" ? "decided" : "open";
  const { rows, more, data, error, refetch } = usePages("listAlerts", { query: { state, limit: 200 } });
  const columns = useColumns(state);
  const shown = rows.filter(
    ({ decided }) => filter["decision"] === undefined || decided?.decision === filter["decision"],
  );
  const decisions = (["explained", "warned", "escalated", "false-alarm"] as const).map((value) => ({
    value,
    label: t(`decisions.${value}`),
  }));
  return (
    <Page title={t("title")} lead={t("lead")}>
      <AlertTabs />
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={shown}
        rowKey={({ alertId }) => alertId}
        columns={columns}
        filters={[
          { key: "state", label: t("state"), usual: t("open"), options: [{ value: "decided", label: t("decided") }] },
          ...(state === "decided" ? [{ key: "decision", label: t("decision"), options: decisions }] : []),
        ]}
        empty={data === undefined ? t("looking") : state === "open" ? t("emptyOpen") : t("emptyDecided")}
        more={more}
      />
    </Page>
  );
}

function useColumns(state: "open" | "decided"): readonly Column<Alert>[] {
  const t = useTranslations("alerts");
  return [
    {
      key: "says",
      title: t("says"),
      cell: ({ alertId, says }) => (
        <Anchor component={Link} to={`/alerts/${alertId}`} size="sm">
          {firstUp(says)}
        </Anchor>
      ),
    },
    { key: "who", title: t("about"), cell: ({ principalId }) => <Who id={principalId} /> },
    { key: "points", title: t("points"), cell: ({ points }) => points, sortBy: ({ points }) => points, align: "end" },
    {
      key: "looks",
      title: t("looks"),
      cell: ({ evidence }) => evidence.length,
      sortBy: ({ evidence }) => evidence.length,
      align: "end",
    },
    {
      key: "last",
      title: t("last"),
      cell: ({ lastAt }) => <Moment at={lastAt} />,
      sortBy: ({ lastAt }) => lastAt,
    },
    {
      key: "opened",
      title: t("opened"),
      cell: ({ openedAt }) => <Moment at={openedAt} />,
      sortBy: ({ openedAt }) => openedAt,
      isExtra: true,
    },
    ...(state === "open"
      ? []
      : [
          {
            key: "decision",
            title: t("decision"),
            cell: ({ decided }: Alert) =>
              decided !== null && <Badge variant="light">{t(`decisions.${decided.decision}`)}</Badge>,
          },
        ]),
  ];
}
