// The list of people, to find one of them, and to make another.
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable, type TableFilter } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { choices, useCodes, useNames } from "../governing/choices.ts";
import { DialogButton } from "../governing/dialog-button.tsx";
import { type Person, useAllPeople } from "../governing/people.ts";
import { StatusBadge } from "../governing/status-badge.tsx";
import { CreatePerson } from "./create-person.tsx";

export function People(): ReactNode {
  const t = useTranslations("people");
  const may = useMay();
  const { filter = {} } = useTableView().search;
  const { rows, data, error, refetch } = useAllPeople();
  const columns = useColumns();
  const shown = rows.filter(
    ({ role, status }) =>
      (filter["role"] === undefined || filter["role"] === role) &&
      (filter["status"] === undefined ? status !== "revoked" : filter["status"] === status),
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("staff.create") && <Create />}>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("title")}
        rows={shown}
        rowKey={({ staffId }) => staffId}
        columns={columns}
        filters={useFilters()}
        empty={data === undefined ? t("looking") : t("empty")}
      />
    </Page>
  );
}

function Create(): ReactNode {
  const t = useTranslations("people");
  const rules = useAsk("getAccessRules", {});
  return (
    <DialogButton
      variant="filled"
      label={t("create.open")}
      title={t("create.open")}
      dialog={(close) => <Answered of={rules}>{(known) => <CreatePerson rules={known} onDone={close} />}</Answered>}
    />
  );
}

function useFilters(): readonly TableFilter[] {
  const t = useTranslations("people");
  const governing = useTranslations("governing");
  const name = useNames();
  const codes = useCodes();
  const statuses = (["active", "pending", "on-leave", "suspended", "revoked"] as const).map((value) => ({
    value,
    label: governing(`status.${value}`),
  }));
  return [
    { key: "role", label: t("role"), options: choices(codes.roles, name.role) },
    { key: "status", label: t("status"), options: statuses, usual: t("allButEnded") },
  ];
}

function useColumns(): readonly Column<Person>[] {
  const t = useTranslations("people");
  const name = useNames();
  const format = useFormatter();
  return [
    {
      key: "name",
      title: t("name"),
      cell: (person) => (
        <Anchor component={Link} to={`/people/${person.staffId}`} size="sm">
          {person.name}
        </Anchor>
      ),
      sortBy: (person) => person.name,
    },
    { key: "role", title: t("role"), cell: ({ role }) => name.role(role), sortBy: ({ role }) => name.role(role) },
    {
      key: "purposes",
      title: t("purposes"),
      cell: ({ purposes }) => format.list(purposes.map(name.purpose)),
    },
    {
      key: "rows",
      title: t("rows"),
      cell: ({ rowScope }) => name.rows(rowScope),
      sortBy: ({ rowScope }) => rowScope,
    },
    { key: "email", title: t("email"), cell: ({ email }) => email, isExtra: true },
    {
      key: "entities",
      title: t("entities"),
      cell: ({ entities }) => entities.join(", "),
      isExtra: true,
    },
    {
      key: "expires",
      title: t("expires"),
      cell: ({ expiresAt }) => expiresAt !== null && <Moment at={expiresAt} dateOnly />,
      sortBy: ({ expiresAt }) => expiresAt,
      isExtra: true,
    },
    {
      key: "status",
      title: t("status"),
      cell: ({ status }) => <StatusBadge status={status} />,
      sortBy: ({ status }) => status,
    },
  ];
}
