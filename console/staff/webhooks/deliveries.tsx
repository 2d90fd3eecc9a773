// The deliveries of a webhook, the newest first.
import { Anchor, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { usePages } from "../../shared/pages.ts";
import { shortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";

type Delivery = AnswerOf<"listDeliveries">["items"][number];
const STATES = ["waiting", "delivered", "dead"] as const;

export function Deliveries({ webhookId }: { readonly webhookId: string }): ReactNode {
  const t = useTranslations("webhooks");
  const { filter = {} } = useTableView().search;
  const state = STATES.find((each) => each === filter["state"]);
  const asking = { params: { webhookId }, query: { limit: 100, ...(state === undefined ? {} : { state }) } };
  const { rows, more, data, error, refetch } = usePages("listDeliveries", asking);
  const columns = useColumns();
  return (
    <>
      <Title order={2}>{t("deliveries")}</Title>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("deliveries")}
        rows={rows}
        rowKey={({ entryId }) => entryId}
        columns={columns}
        filters={[
          {
            key: "state",
            label: t("state"),
            options: STATES.map((value) => ({ value, label: t(`deliveryStates.${value}`) })),
          },
        ]}
        empty={data === undefined ? t("looking") : t("noDeliveries")}
        more={more}
      />
    </>
  );
}

function useColumns(): readonly Column<Delivery>[] {
  const t = useTranslations("webhooks");
  return [
    {
      key: "entry",
      title: t("entry"),
      cell: ({ entryId }) => (
        <Anchor component={Link} to={`/ledger/${entryId}`} size="sm">
          {shortId(entryId)}
        </Anchor>
      ),
    },
    { key: "type", title: t("type"), cell: ({ type }) => type, sortBy: ({ type }) => type },
    {
      key: "state",
      title: t("state"),
      cell: ({ state }) => t(`deliveryStates.${state}`),
      sortBy: ({ state }) => state,
    },
    {
      key: "tries",
      title: t("tries"),
      cell: ({ attempts }) => attempts,
      sortBy: ({ attempts }) => attempts,
      align: "end",
    },
    {
      key: "outcome",
      title: t("outcome"),
      cell: ({ outcome, status }) => (status === null ? (outcome ?? "") : `${outcome ?? ""} (${status})`),
      sortBy: ({ outcome }) => outcome,
    },
    { key: "due", title: t("due"), cell: ({ dueAt }) => <Moment at={dueAt} />, sortBy: ({ dueAt }) => dueAt },
  ];
}
