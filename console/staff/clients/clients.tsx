// The list of API clients, and the findings about them.
import { Alert, List } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { choices, useCodes, useNames } from "../governing/choices.ts";
import { DialogButton } from "../governing/dialog-button.tsx";
import { firstUp } from "../governing/first-up.ts";
import { StatusBadge } from "../governing/status-badge.tsx";
import { CreateClient } from "./create-client.tsx";
import { OneClient } from "./one-client.tsx";

export type Client = AnswerOf<"listClients">["items"][number];

export function Clients(): ReactNode {
  const t = useTranslations("clients");
  const may = useMay();
  const rules = useAsk("getAccessRules", {});
  const { filter = {} } = useTableView().search;
  const { rows, more, data, error, refetch } = usePages("listClients", { query: { limit: 200 } });
  const names = useNames();
  const codes = useCodes();
  const shown = rows.filter(({ role }) => filter["role"] === undefined || filter["role"] === role);
  const create = (
    <DialogButton
      variant="filled"
      label={t("create")}
      title={t("create")}
      dialog={(close) => <Answered of={rules}>{(known) => <CreateClient rules={known} onDone={close} />}</Answered>}
    />
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("client.create") && create}>
      {may("finding.list") && <Findings clients={rows} />}
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={shown}
        rowKey={({ clientId }) => clientId}
        columns={useColumns()}
        filters={[{ key: "role", label: t("role"), options: choices(codes.roles, names.role) }]}
        empty={data === undefined ? t("looking") : t("empty")}
        more={more}
      />
    </Page>
  );
}

function useColumns(): readonly Column<Client>[] {
  const t = useTranslations("clients");
  const names = useNames();
  const format = useFormatter();
  return [
    { key: "name", title: t("name"), cell: ({ name }) => name, sortBy: ({ name }) => name },
    { key: "role", title: t("role"), cell: ({ role }) => names.role(role), sortBy: ({ role }) => names.role(role) },
    { key: "purposes", title: t("purposes"), cell: ({ purposes }) => format.list(purposes.map(names.purpose)) },
    { key: "proof", title: t("proof"), cell: ({ hasSecret }) => (hasSecret ? t("secret") : t("keys")) },
    {
      key: "expires",
      title: t("expires"),
      cell: ({ expiresAt }) => expiresAt !== null && <Moment at={expiresAt} dateOnly />,
      sortBy: ({ expiresAt }) => expiresAt,
    },
    { key: "status", title: t("status"), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      key: "act",
      title: t("act"),
      cell: (client) => (
        <DialogButton
          size="compact-sm"
          label={t("open")}
          about={t("openName", { name: client.name })}
          title={client.name}
          dialog={(close) => <OneClient client={client} onDone={close} />}
        />
      ),
      align: "end",
    },
  ];
}

const SHOWN_MAX = 5;

function Findings({ clients }: { readonly clients: readonly Client[] }): ReactNode {
  const t = useTranslations("clients");
  const findings = useAsk("listFindings", {});
  const items = findings.data?.items ?? [];
  if (items.length === 0) return null;
  const nameOf = (id: string | null): string => {
    const name = clients.find(({ clientId }) => clientId === id)?.name;
    return name === undefined ? "" : `${name}: `;
  };
  return (
    <Alert color="yellow" title={t("findings", { count: items.length })}>
      <List size="sm">
        {items.slice(0, SHOWN_MAX).map(({ code, clientId, says }) => (
          <List.Item key={`${code} ${clientId ?? ""}`}>
            {nameOf(clientId)}
            {firstUp(says)}
          </List.Item>
        ))}
      </List>
      {items.length > SHOWN_MAX && t("findingsMore", { count: items.length - SHOWN_MAX })}
    </Alert>
  );
}
