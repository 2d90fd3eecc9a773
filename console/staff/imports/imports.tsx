// The imports there were, newest first.
import { Anchor, Badge, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { ImportTabs } from "./import-tabs.tsx";
import { useMay } from "../../shared/session.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";

export type ImportRun = AnswerOf<"getImport">;

export function ImportsPage(): ReactNode {
  const t = useTranslations("imports");
  const may = useMay();
  const runs = usePages("listImports", { query: {} });
  const columns = useColumns();
  const begin = may("import.run") && (
    <Button component={Link} to="/imports/new">
      {t("new")}
    </Button>
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={begin}>
      <ImportTabs />
      <Answered of={runs}>
        {() => (
          <DataTable
            label={t("title")}
            rows={runs.rows}
            rowKey={({ importId }) => importId}
            columns={columns}
            empty={t("empty")}
            more={runs.more}
          />
        )}
      </Answered>
    </Page>
  );
}

function useColumns(): readonly Column<ImportRun>[] {
  const t = useTranslations("imports");
  const format = useFormatter();
  const count = (key: "rows" | "created" | "corrected" | "unchanged" | "rejected"): Column<ImportRun> => ({
    key,
    title: t(`totals.${key}`),
    align: "end",
    sortBy: ({ totals }) => totals[key],
    cell: ({ totals }) => format.number(totals[key]),
    isExtra: key === "unchanged",
  });
  return [
    {
      key: "mapping",
      title: t("mapping"),
      sortBy: ({ mapping }) => mapping,
      cell: ({ importId, mapping }) => (
        <Anchor component={Link} to={`/imports/${importId}`}>
          {mapping}
        </Anchor>
      ),
    },
    { key: "state", title: t("state"), sortBy: ({ state }) => state, cell: (run) => <RunState run={run} /> },
    ...(["rows", "created", "corrected", "unchanged", "rejected"] as const).map(count),
  ];
}

const COLOURS = { running: "blue", done: "green", failed: "red" } as const;

export function RunState({ run: { state, approval } }: { readonly run: ImportRun }): ReactNode {
  const t = useTranslations("imports");
  const waits = state === "running" && approval === "awaited";
  return (
    <Badge variant="dot" color={waits ? "yellow" : COLOURS[state]} tt="none" fw={500}>
      {t(waits ? "approval.awaits" : `states.${state}`)}
    </Badge>
  );
}
