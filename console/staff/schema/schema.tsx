// What can be held: record types and their fields, class and mask of each; and what the blind indexes give away.
import { Tabs, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Answered } from "../../shared/answered.tsx";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { Page } from "../../shared/page.tsx";
import { useIndexName } from "../../shared/index-name.ts";
import { useAsk } from "../../shared/queries.ts";
import { DataTable } from "../../shared/table/data-table.tsx";
import { useTableView } from "../../shared/table/table-search.ts";
import { inTheirLanguage } from "../customers/schema.ts";
import { Signals } from "./signals.tsx";

type Description = AnswerOf<"describeSchema">;
type Leakage = AnswerOf<"reportLeakage">;

export function SchemaPage(): ReactNode {
  const t = useTranslations("schema");
  const schema = useAsk("describeSchema", {});
  const leakage = useAsk("reportLeakage", {});
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Tabs defaultValue="fields" keepMounted={false}>
        <Tabs.List aria-label={t("title")}>
          <Tabs.Tab value="fields">{t("fields")}</Tabs.Tab>
          <Tabs.Tab value="leakage">{t("leakage")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="fields" pt="md">
          <Answered of={schema}>{(found) => <Fields schema={found} />}</Answered>
        </Tabs.Panel>
        <Tabs.Panel value="leakage" pt="md">
          <Answered of={leakage}>{(found) => <Indexes leakage={found} />}</Answered>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Fields({ schema }: { readonly schema: Description }): ReactNode {
  const t = useTranslations("schema");
  const words = useTranslations("words");
  const recordTypes = inTheirLanguage(schema.recordTypes, useFieldNames());
  const { search } = useTableView();
  const wanted = search.filter ?? {};
  const rows = recordTypes
    .flatMap((type) => type.fields.map((field) => ({ ...field, record: type.label, recordName: type.name })))
    .filter(({ recordName }) => wanted["record"] === undefined || recordName === wanted["record"])
    .filter(({ dataClass }) => wanted["class"] === undefined || dataClass === wanted["class"]);
  const classes = [...new Set(recordTypes.flatMap(({ fields }) => fields.map(({ dataClass }) => dataClass)))];
  const searchable = new Set(
    schema.indexes.flatMap(({ recordType, parts }) => parts.map((part) => `${recordType}.${part}`)),
  );
  return (
    <DataTable
      label={t("fields")}
      rows={rows}
      rowKey={({ path }) => path}
      empty={t("noFields")}
      filters={[
        { key: "record", label: t("record"), options: recordTypes.map(({ name, label }) => ({ value: name, label })) },
        {
          key: "class",
          label: t("class"),
          options: classes.map((value) => ({ value, label: words(`classes.${value}`) })),
        },
      ]}
      columns={[
        { key: "record", title: t("record"), sortBy: ({ record }) => record, cell: ({ record }) => record },
        { key: "field", title: t("field"), sortBy: ({ label }) => label, cell: ({ label }) => label },
        { key: "path", title: t("path"), isExtra: true, cell: ({ path }) => path },
        {
          key: "class",
          title: t("class"),
          sortBy: ({ dataClass }) => words(`classes.${dataClass}`),
          cell: ({ dataClass }) => words(`classes.${dataClass}`),
        },
        { key: "type", title: t("type"), sortBy: ({ type }) => type, cell: ({ type }) => type },
        { key: "mask", title: t("mask"), sortBy: ({ mask }) => mask, cell: ({ mask }) => mask },
        { key: "search", title: t("searchable"), cell: ({ path }) => (searchable.has(path) ? t("yes") : "–") },
      ]}
    />
  );
}

function Indexes({ leakage: { customers, indexes } }: { readonly leakage: Leakage }): ReactNode {
  const t = useTranslations("schema");
  const format = useFormatter();
  const indexName = useIndexName();
  const round = (value: number): string => format.number(value, { maximumFractionDigits: 2 });
  return (
    <>
      <Text mb="md">{t("leakageLead", { customers: format.number(customers) })}</Text>
      <Signals indexes={indexes} />
      <DataTable
        label={t("leakage")}
        rows={indexes}
        rowKey={({ index }) => index}
        empty={t("noFields")}
        columns={[
          {
            key: "index",
            title: t("index"),
            sortBy: ({ index }) => indexName(index),
            cell: ({ index }) => indexName(index),
          },
          { key: "fields", title: t("of"), cell: ({ fields }) => fields.join(", ") },
          { key: "bits", title: t("bits"), align: "end", sortBy: ({ bits }) => bits, cell: ({ bits }) => bits },
          {
            key: "chance",
            title: t("chance"),
            align: "end",
            sortBy: ({ coincidences }) => coincidences,
            cell: ({ isUnique, coincidences }) => (isUnique ? "–" : round(coincidences)),
          },
          {
            key: "holders",
            title: t("holders"),
            align: "end",
            sortBy: ({ holdersMax }) => holdersMax,
            cell: ({ holdersMax }) => round(holdersMax),
          },
          {
            key: "signal",
            title: t("signal"),
            align: "end",
            sortBy: ({ signal }) => signal,
            cell: ({ isUnique, signal }) => (isUnique ? t("unique") : round(signal)),
          },
        ]}
      />
    </>
  );
}
