// The queue of requests under customers' rights: what is due first at the top, with days left in colour and words.
import { Alert, Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import { Due } from "../../shared/rights/due.tsx";
import { useMay } from "../../shared/session.ts";
import { shortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Who } from "../governing/who.tsx";

type Item = AnswerOf<"listRights">["items"][number];

export function Queue(): ReactNode {
  const t = useTranslations("rights");
  const may = useMay();
  const { filter = {} } = useTableView().search;
  const state = filter["state"] === "answered" ? "answered" : "open";
  const assignee = filter["assignee"] === "me" || filter["assignee"] === "nobody" ? filter["assignee"] : "anybody";
  const { rows, more, data, error, refetch } = usePages("listRights", { query: { state, assignee, limit: 100 } });
  const columns = useColumns();
  const choices = (["me", "nobody"] as const).map((value) => ({ value, label: t(`assignees.${value}`) }));
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        may("right.file") && (
          <Button component={Link} to="/rights/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t("file.open")}
          </Button>
        )
      }
    >
      <Counts />
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={rows}
        rowKey={({ requestId }) => requestId}
        columns={columns}
        filters={[
          {
            key: "state",
            label: t("state"),
            usual: t("open"),
            options: [{ value: "answered", label: t("answered") }],
          },
          { key: "assignee", label: t("assignee"), usual: t("assignees.anybody"), options: choices },
        ]}
        empty={data === undefined ? t("looking") : t(state === "open" ? "emptyOpen" : "emptyAnswered")}
        more={more}
      />
    </Page>
  );
}

/** How many there are, and what of the queue cannot be believed. */
function Counts(): ReactNode {
  const t = useTranslations("rights");
  const { data } = useAsk("listRights", { query: { limit: 1 } });
  if (data?.counts == null) return null;
  const { open, overdue } = data.counts;
  return (
    <>
      <Group gap="xs">
        <Badge variant="default" size="lg" tt="none">
          {t("openCount", { count: open })}
        </Badge>
        <Badge
          variant="default"
          size="lg"
          tt="none"
          leftSection={overdue > 0 && <IconAlertTriangle size={14} aria-hidden color="var(--mantine-color-red-6)" />}
        >
          {t("overdueCount", { count: overdue })}
        </Badge>
      </Group>
      {data.unverified.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
          {t("unverified")}
        </Alert>
      )}
    </>
  );
}

function useColumns(): readonly Column<Item>[] {
  const t = useTranslations("rights");
  const w = useTranslations("rights-words");
  return [
    {
      key: "kind",
      title: t("asks"),
      cell: ({ requestId, kind }) => (
        <Anchor component={Link} to={`/rights/${requestId}`} size="sm">
          {w(`kinds.${kind}`)}
        </Anchor>
      ),
      text: ({ kind }) => w(`kinds.${kind}`),
    },
    {
      key: "due",
      title: t("due"),
      cell: ({ daysLeft, dueWhat, isStopped }) => <Due daysLeft={daysLeft} what={dueWhat} isStopped={isStopped} />,
      text: ({ daysLeft }) => String(daysLeft),
    },
    { key: "state", title: t("state"), cell: ({ state }) => w(`states.${state}`), text: ({ state }) => state },
    {
      key: "who",
      title: t("identity"),
      cell: ({ identity, isDuplicate }) => (isDuplicate ? w("duplicate") : w(`identity.${identity}`)),
      text: ({ identity }) => identity,
    },
    { key: "law", title: t("law"), cell: ({ ruleId }) => ruleId, text: ({ ruleId }) => ruleId },
    {
      key: "assignee",
      title: t("assignee"),
      cell: ({ assigneeId }) =>
        assigneeId === null ? (
          <Text span size="sm" c="dimmed">
            {t("assignees.nobody")}
          </Text>
        ) : (
          <Who id={assigneeId} />
        ),
    },
    { key: "received", title: t("received"), cell: ({ receivedAt }) => <Moment at={receivedAt} dateOnly /> },
    { key: "customer", title: t("customer"), cell: ({ customerId }) => shortId(customerId), isExtra: true },
  ];
}
