// The units of a preview: what was found of each, by which rule, and what became of it. Ids, codes and days.
import { Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { usePages } from "../../shared/pages.ts";
import { ShortId } from "../../shared/short-id.tsx";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { Disposal } from "./disposal.tsx";

type Unit = AnswerOf<"listDisposalUnits">["items"][number];
type Query = NonNullable<AskingOf<"listDisposalUnits">["query"]>;

const VERDICTS = ["due", "blocked", "unjudged"] as const;
const KINDS = ["policy", "claim", "application", "investigation", "relationship"] as const;

export function DisposalUnits({ disposalId, state }: Pick<Disposal, "disposalId" | "state">): ReactNode {
  const t = useTranslations("disposals");
  const words = useTranslations("words");
  const { filter = {} } = useTableView().search;
  const verdict = VERDICTS.find((one) => one === filter["verdict"]);
  const kind = KINDS.find((one) => one === filter["kind"]);
  const queries = useQueryClient();
  // What became of each is told by the run, which moves the state.
  useEffect(() => void queries.invalidateQueries({ queryKey: ["listDisposalUnits"] }), [queries, state]);
  const query: Query = { limit: 100, ...(verdict && { verdict }), ...(kind && { kind }) };
  const { rows, more, data, error, refetch } = usePages("listDisposalUnits", { params: { disposalId }, query });
  return (
    <section aria-label={t("units.title")}>
      <Title order={2} mb="sm">
        {t("units.title")}
      </Title>
      <Trouble error={error} again={refetch} />
      <DataTable
        label={t("units.title")}
        rows={rows}
        rowKey={({ line }) => String(line)}
        columns={useColumns()}
        filters={[
          {
            key: "verdict",
            label: t("units.verdict"),
            options: VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) })),
          },
          {
            key: "kind",
            label: t("units.kind"),
            options: KINDS.map((value) => ({ value, label: words(`unitKinds.${value}`) })),
          },
        ]}
        empty={data === undefined ? t("units.looking") : t("units.empty")}
        more={more}
      />
    </section>
  );
}

function useColumns(): readonly Column<Unit>[] {
  const t = useTranslations("disposals");
  const words = useTranslations("words");
  const why = (code: string | null): string => (code === null ? "" : t(`why.${code}` as never));
  const kindOf = ({ kind }: Unit): string => words(`unitKinds.${kind}` as never);
  const lineOf = ({ business }: Unit): string => words(`lines.${business}` as never);
  return [
    {
      key: "verdict",
      title: t("units.verdict"),
      cell: ({ verdict }) => t(`verdicts.${verdict}`),
      sortBy: ({ verdict }) => verdict,
    },
    {
      key: "unit",
      title: t("units.unit"),
      cell: ({ unitId }) => <ShortId id={unitId} />,
      text: ({ unitId }) => unitId,
    },
    {
      key: "customer",
      title: t("units.customer"),
      cell: ({ customerId }) => <ShortId id={customerId} />,
      text: ({ customerId }) => customerId,
      isExtra: true,
    },
    { key: "kind", title: t("units.kind"), cell: kindOf, sortBy: kindOf },
    { key: "business", title: t("units.business"), cell: lineOf, sortBy: lineOf },
    {
      key: "entity",
      title: t("units.entity"),
      cell: ({ entity }) => entity,
      sortBy: ({ entity }) => entity,
      isExtra: true,
    },
    { key: "dueOn", title: t("units.dueOn"), cell: ({ dueOn }) => dueOn ?? "–", sortBy: ({ dueOn }) => dueOn },
    { key: "rule", title: t("units.rule"), cell: (unit) => <By of={unit} />, sortBy: ({ rule }) => rule },
    { key: "why", title: t("units.why"), cell: ({ reason }) => why(reason), sortBy: ({ reason }) => reason },
    {
      key: "outcome",
      title: t("units.outcome"),
      cell: ({ outcome, left }) =>
        outcome === null ? "–" : [t(`outcomes.${outcome}`), why(left)].filter((word) => word !== "").join(": "),
      sortBy: ({ outcome, left }) => (outcome === null ? null : `${outcome} ${left ?? ""}`),
    },
  ];
}

function By({ of: { rule, source } }: { readonly of: Unit }): ReactNode {
  const t = useTranslations("disposals.sources");
  if (rule === null || source === null) return "–";
  return (
    <Stack gap={0}>
      <Text size="sm">{rule}</Text>
      <Text size="xs" c="dimmed">
        {t(source as never)}
      </Text>
    </Stack>
  );
}
