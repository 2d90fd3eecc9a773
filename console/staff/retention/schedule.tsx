// The schedule in force: our own lines, the periods of records, the duties of law, each with its citation and how sure we are of it.
import { Group, List, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import type { Column } from "../../shared/table/column.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { RetentionTabs } from "./retention-tabs.tsx";

type Schedule = AnswerOf<"getRetentionSchedule">;
type Rule = Schedule["rules"][number];

const SOURCES = ["schedule", "record", "duty", "maximum"] as const;

export function SchedulePage(): ReactNode {
  const t = useTranslations("disposals.schedule");
  const found = useAsk("getRetentionSchedule", {});
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RetentionTabs />
      <Answered of={found}>
        {(schedule) => (
          <Stack gap="lg">
            <Rules of={schedule.rules} />
            <Zones of={schedule.zones} />
          </Stack>
        )}
      </Answered>
    </Page>
  );
}

function Rules({ of }: { readonly of: readonly Rule[] }): ReactNode {
  const t = useTranslations("disposals");
  const source = useTableView().search.filter?.["source"];
  return (
    <DataTable
      label={t("schedule.label")}
      rows={of.filter((rule) => source === undefined || rule.source === source)}
      rowKey={(rule) => `${rule.source} ${rule.id}`}
      columns={useColumns()}
      filters={[
        {
          key: "source",
          label: t("schedule.whose"),
          options: SOURCES.map((value) => ({ value, label: t(`sources.${value}`) })),
        },
      ]}
      empty={t("schedule.empty")}
    />
  );
}

function useColumns(): readonly Column<Rule>[] {
  const t = useTranslations("disposals");
  const words = useTranslations("words");
  const unitsOf = ({ units }: Rule): string =>
    units === null ? t("schedule.everyRecord") : units.map((kind) => words(`unitKinds.${kind}`)).join(", ");
  const whereOf = ({ jurisdictions }: Rule): string => jurisdictions?.join(", ") ?? t("schedule.everywhere");
  const linesOf = ({ lines }: Rule): string =>
    lines?.map((line) => words(`lines.${line}` as never)).join(", ") ?? t("schedule.any");
  const fromOf = ({ from, calendarYears }: Rule): string =>
    [t(`triggers.${from}` as never), ...(calendarYears ? [t("schedule.calendar")] : [])].join(", ");
  return [
    {
      key: "source",
      title: t("schedule.whose"),
      cell: ({ source }) => t(`sources.${source}`),
      sortBy: ({ source }) => source,
    },
    { key: "rule", title: t("schedule.rule"), cell: (rule) => <Named of={rule} />, sortBy: ({ id }) => id },
    { key: "units", title: t("schedule.units"), cell: unitsOf, sortBy: unitsOf },
    { key: "line", title: t("schedule.line"), cell: linesOf, sortBy: linesOf, isExtra: true },
    { key: "where", title: t("schedule.where"), cell: whereOf, sortBy: whereOf },
    {
      key: "years",
      title: t("schedule.years"),
      align: "end",
      cell: ({ years }) => years,
      sortBy: ({ years }) => years,
    },
    { key: "from", title: t("schedule.from"), cell: fromOf, sortBy: fromOf },
    {
      key: "citation",
      title: t("schedule.citation"),
      cell: ({ citation }) => (
        <Text size="sm" miw={160}>
          {citation ?? "–"}
        </Text>
      ),
      sortBy: ({ citation }) => citation,
    },
    {
      key: "confidence",
      title: t("schedule.confidence"),
      cell: (rule) => <Sure of={rule} />,
      sortBy: ({ confidence }) => confidence,
    },
  ];
}

function Named({ of: { id, law, text, records } }: { readonly of: Rule }): ReactNode {
  return (
    <Stack gap={0} miw={260} maw={420}>
      <Text size="sm" fw={600}>
        {law ?? id}
      </Text>
      {text !== null && (
        <Text size="xs" c="dimmed">
          {text}
        </Text>
      )}
      {law === null && records !== null && !records.includes(id) && (
        <Text size="xs" c="dimmed">
          {records.join(", ")}
        </Text>
      )}
    </Stack>
  );
}

function Sure({ of: { confidence, confirmed } }: { readonly of: Rule }): ReactNode {
  const t = useTranslations("disposals.schedule");
  const told = t(`confidenceOf.${confidence}`);
  return (
    <Stack gap={2} miw={150}>
      <Group gap={4} wrap="nowrap">
        {confidence === "low" && <IconAlertTriangle size={16} aria-hidden style={{ flexShrink: 0 }} />}
        <Text size="sm" fw={confidence === "low" ? 700 : 400}>
          {told}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {t(`confirmedOf.${confirmed}`)}
      </Text>
    </Stack>
  );
}

function Zones({ of }: { readonly of: Schedule["zones"] }): ReactNode {
  const t = useTranslations("disposals.schedule");
  return (
    <section aria-label={t("zones")}>
      <Title order={2} mb="sm">
        {t("zones")}
      </Title>
      <List size="sm" spacing={4}>
        {of.map(({ jurisdictions, zones }) => (
          <List.Item key={jurisdictions.join(" ")}>
            {jurisdictions.length === 0 ? t("elsewhere") : jurisdictions.join(", ")}: {zones.join(", ")}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
