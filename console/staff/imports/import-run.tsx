// One import: how far it came, its totals, and the lines that were refused, with reasons and without values.
import { Card, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { type ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { Facts } from "../../shared/facts.tsx";
import { Origin } from "../../shared/origin.tsx";
import { Page } from "../../shared/page.tsx";
import { usePages } from "../../shared/pages.ts";
import { useAsk } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { csvOf } from "../../shared/table/csv-of.ts";
import { Approval } from "./approval.tsx";
import { RunState, type ImportRun } from "./imports.tsx";
import { useReasons } from "./reasons.ts";

type Reject = AnswerOf<"listImportRejects">["items"][number];
const PAGE = 200;

export function ImportRunPage(): ReactNode {
  const t = useTranslations("imports");
  const { importId } = useParams({ from: "/inside/imports/$importId" });
  const run = useAsk("getImport", { params: { importId } });
  return (
    <Page title={t("run")}>
      <Answered of={run}>
        {(found) => (
          <>
            <Approval key={found.approval} run={found} />
            <Totals run={found} />
          </>
        )}
      </Answered>
      <Title order={2}>{t("rejects")}</Title>
      <Rejects importId={importId} />
    </Page>
  );
}

export function Totals({ run }: { readonly run: ImportRun }): ReactNode {
  const { mapping, line, totals } = run;
  const t = useTranslations("imports");
  const format = useFormatter();
  const counts = [
    "rows",
    "created",
    "corrected",
    "unchanged",
    "rejected",
    "customersCreated",
    "customers",
    "warnings",
  ] as const;
  return (
    <Card withBorder>
      <Facts
        isAcross
        of={[
          [t("mapping"), mapping],
          [t("state"), <RunState key="state" run={run} />],
          [t("line"), format.number(line)],
          ...counts.map((key) => [t(`totals.${key}`), format.number(totals[key])] as const),
          ...Object.entries(totals.sums).map(([name, sum]) => [t("sum", { name }), sum] as const),
          ...Object.entries(totals.warningKinds).map(
            ([kind, count]) => [t("warning", { kind }), format.number(count)] as const,
          ),
        ]}
      />
      {run.origin !== null && <Origin origin={run.origin} />}
    </Card>
  );
}

function Rejects({ importId }: { readonly importId: string }): ReactNode {
  const t = useTranslations("imports");
  const reasons = useReasons();
  const rejects = usePages("listImportRejects", { params: { importId }, query: { limit: PAGE } });
  return (
    <Answered of={rejects}>
      {() => (
        <>
          <DataTable
            label={t("rejects")}
            rows={rejects.rows}
            rowKey={({ line, field, reason }) => `${line} ${field} ${reason}`}
            columns={[
              { key: "line", title: t("line"), align: "end", sortBy: ({ line }) => line, cell: ({ line }) => line },
              {
                key: "field",
                title: t("field"),
                sortBy: ({ field }) => field,
                cell: ({ field }) => reasons.field(field),
              },
              {
                key: "reason",
                title: t("reason"),
                sortBy: ({ reason }) => reason,
                cell: ({ reason }) => reasons.reason(reason),
              },
            ]}
            empty={t("noRejects")}
            onExport={() => saveAll(importId)}
            more={rejects.more}
          />
        </>
      )}
    </Answered>
  );
}

/** Lines, fields and reasons hold nothing of a customer's. */
async function saveAll(importId: string): Promise<void> {
  const rows: Reject[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: AnswerOf<"listImportRejects"> = await ask("listImportRejects", {
      params: { importId },
      query: { limit: PAGE, cursor },
    });
    rows.push(...page.items);
    cursor = page.next;
  }
  const lines = rows.map(({ line, field, reason }) => [String(line), field, reason]);
  saveFile(new Blob([csvOf([["line", "field", "reason"], ...lines])], { type: "text/csv" }), "rejects.csv");
}
