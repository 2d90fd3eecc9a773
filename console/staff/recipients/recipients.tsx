// The register of third parties: who may be given something, how each stands, and which contracts run out soon.
import { Anchor, Badge, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Ends } from "./ends.tsx";
import { type Listed, useAllRecipients } from "./all-recipients.ts";
import { RequestRecipient } from "./details-form.tsx";
import { RecipientBadge } from "./recipient-badge.tsx";

const STATES = ["requested", "active", "suspended", "ended"] as const;

export function Recipients(): ReactNode {
  const t = useTranslations("recipients");
  const words = useTranslations("words");
  const may = useMay();
  const { filter = {} } = useTableView().search;
  const { rows, data, error, refetch } = useAllRecipients();
  const columns = useColumns();
  const types = [...new Set(rows.map(({ type }) => type))];
  const shown = rows.filter(
    ({ state, type }) =>
      (filter["state"] === undefined || filter["state"] === state) &&
      (filter["type"] === undefined || filter["type"] === type),
  );
  const request = may("recipient.request") && (
    <DialogButton
      label={t("request")}
      title={t("request")}
      variant="filled"
      dialog={(close) => <RequestRecipient onDone={close} />}
    />
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={request}>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={shown}
        rowKey={({ recipientId }) => recipientId}
        columns={columns}
        filters={[
          {
            key: "state",
            label: t("state"),
            options: STATES.map((value) => ({ value, label: t(`states.${value}`) })),
          },
          {
            key: "type",
            label: t("type"),
            options: types.map((value) => ({ value, label: words(`recipients.${value}`) })),
          },
        ]}
        empty={data === undefined ? t("looking") : t("empty")}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Listed>[] {
  const t = useTranslations("recipients");
  const words = useTranslations("words");
  return [
    {
      key: "name",
      title: t("name"),
      cell: ({ recipientId, name }) => (
        <Anchor component={Link} to={`/recipients/${recipientId}`} size="sm">
          {name}
        </Anchor>
      ),
      sortBy: ({ name }) => name,
    },
    {
      key: "type",
      title: t("type"),
      cell: ({ type }) => words(`recipients.${type}`),
      sortBy: ({ type }) => words(`recipients.${type}`),
    },
    {
      key: "jurisdiction",
      title: t("jurisdiction"),
      cell: ({ jurisdiction }) => jurisdiction,
      sortBy: ({ jurisdiction }) => jurisdiction,
    },
    {
      key: "state",
      title: t("state"),
      cell: (row) => (
        <Stack gap={2} align="start">
          <RecipientBadge state={row.state} />
          {row.waiting > 0 && row.state !== "ended" && (
            <Badge variant="default" tt="none">
              {t("waiting", { count: row.waiting })}
            </Badge>
          )}
        </Stack>
      ),
      sortBy: ({ state }) => state,
    },
    {
      key: "contracts",
      title: t("contractsInForce"),
      cell: ({ contractsInForce }) => contractsInForce,
      sortBy: ({ contractsInForce }) => contractsInForce,
      align: "end",
    },
    { key: "ends", title: t("firstEnds"), cell: ({ endsAt }) => <Ends at={endsAt} />, sortBy: ({ endsAt }) => endsAt },
    {
      key: "way",
      title: t("way"),
      cell: ({ approvedKeys, contact }) => t(approvedKeys > 0 ? "byKey" : contact === null ? "noWay" : "byRoom"),
    },
    {
      key: "since",
      title: t("requestedAt"),
      cell: ({ requestedAt }) => <Moment at={requestedAt} dateOnly />,
      sortBy: ({ requestedAt }) => requestedAt,
      isExtra: true,
    },
    {
      key: "id",
      title: t("id"),
      cell: ({ recipientId }) => <ShortId id={recipientId} />,
      text: ({ recipientId }) => recipientId,
      isExtra: true,
    },
  ];
}
