// What the gate would let go and what it would keep back, field by field, and why; nothing is opened for it.
import { Badge, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { useRuleTexts } from "../../shared/rule-texts.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { useSchema } from "../customers/schema.ts";
import { Grounds } from "../governing/grounds.tsx";

type Answer = AnswerOf<"previewPackage">;
type Previewed = Answer["customers"][number]["fields"][number];

/** The same answer for the same field of several customers is one row. */
interface Row {
  readonly field: Previewed;
  readonly customers: readonly string[];
}

export interface PreviewProps {
  readonly answer: Answer;
  /** How many customers it is about; the preview may be of the first of them. */
  readonly asked: number;
}

export function Preview({ answer, asked }: PreviewProps): ReactNode {
  const t = useTranslations("sharing");
  const { customers } = answer;
  const rows = rowsOf(answer);
  const isGoing = (field: Previewed): boolean => field.form !== "denied" && !field.isEmpty;
  const fields = customers.flatMap((each) => each.fields);
  const goes = fields.filter(isGoing).length;
  return (
    <section aria-labelledby="would">
      <Title order={2} id="would" mb="xs">
        {t("would")}
      </Title>
      <Stack gap="xs">
        <Text role="status" size="sm">
          {t("wouldGo", { goes, stays: fields.length - goes })}
        </Text>
        {customers.length < asked && <Text size="sm">{t("firstOnly", { shown: customers.length, asked })}</Text>}
        <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={t("would")}>
          <Table aria-labelledby="would">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("field")}</Table.Th>
                <Table.Th>{t("customers")}</Table.Th>
                <Table.Th>{t("outcome")}</Table.Th>
                <Table.Th>{t("why")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <FieldRow key={keyOf(row.field)} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </section>
  );
}

function keyOf({ field, form, isEmpty, reasons, policies }: Previewed): string {
  return JSON.stringify([field, form, isEmpty, reasons.map(({ code }) => code), policies.map(({ id }) => id)]);
}

function rowsOf({ customers }: Answer): Row[] {
  const all = customers.flatMap(({ customerId, fields }) => fields.map((field) => ({ customerId, field })));
  const same = Map.groupBy(all, ({ field }) => keyOf(field));
  return [...same.values()].map((group) => ({
    field: group[0]!.field,
    customers: [...new Set(group.map(({ customerId }) => customerId))],
  }));
}

function FieldRow({ row: { field, customers } }: { readonly row: Row }): ReactNode {
  const t = useTranslations("sharing");
  const work = useTranslations("work");
  const schema = useSchema();
  const said = useRuleTexts();
  const { form, isEmpty, permittedBy } = field;
  return (
    <Table.Tr>
      <Table.Td>
        {schema.field(field.field).label}
        <Text size="xs" c="dimmed">
          {schema.record(field.field.slice(0, field.field.indexOf(".")))}
        </Text>
      </Table.Td>
      <Table.Td>
        {customers.length === 1 ? <ShortId id={customers[0]!} /> : t("many", { count: customers.length })}
      </Table.Td>
      <Table.Td>
        <Badge variant={form === "clear" ? "outline" : "default"}>{work(`forms.${form}`)}</Badge>
        {isEmpty && (
          <Text size="xs" c="dimmed">
            {t("nothingThere")}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Grounds of={field} />
        {permittedBy.map((remedy) => (
          <Text key={remedy.code + remedy.form} size="sm">
            {said.remedy(remedy)}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
