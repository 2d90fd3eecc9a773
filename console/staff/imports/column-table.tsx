// What each column becomes: its first values, the field, and the form that dates and words have.
import { Checkbox, Group, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useFieldNames } from "../../shared/use-field-names.ts";
import { type ColumnUse, DATE_FORMATS, type Draft, type RecordType, type SchemaField } from "./draft.ts";
import type { DraftProps } from "./feed-form.tsx";
import type { FileHead } from "./file-head.ts";
import { useOf } from "./suggest.ts";

const SAMPLES = 3;

interface ColumnTableProps extends DraftProps {
  readonly head: FileHead;
  readonly types: readonly RecordType[];
}

export function ColumnTable({ head, types, draft, onDraft }: ColumnTableProps): ReactNode {
  const t = useTranslations("imports");
  const fields = new Map(types.flatMap((type) => type.fields.map((field) => [field.path, field] as const)));
  const choices = types.map((type) => ({
    group: type.label,
    items: type.fields.map(({ path, label }) => ({ value: path, label: `${type.label}: ${label}` })),
  }));
  const taken = new Set(Object.values(draft.columns).map(({ field }) => field));
  return (
    <Table.ScrollContainer minWidth={340} type="native" tabIndex={0} role="group" aria-label={t("preview")}>
      <Table aria-label={t("preview")} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("map.samples")}</Table.Th>
            <Table.Th w="56%">{t("becomes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {head.columns.map((column) => {
            const values = head.rows.map((row) => row[column] ?? "");
            const use = draft.columns[column] ?? { field: null };
            const set = (changed: ColumnUse): void => onDraft(withUse(draft, column, changed));
            return (
              <Table.Tr key={column} style={{ verticalAlign: "top" }}>
                <Table.Td>
                  <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                    {column}
                  </Text>
                  <KeyOf column={column} draft={draft} />
                  {[...new Set(values.filter((value) => value.trim() !== ""))].slice(0, SAMPLES).map((value) => (
                    <Text key={value} size="sm" lineClamp={1} style={{ overflowWrap: "anywhere" }}>
                      {value}
                    </Text>
                  ))}
                </Table.Td>
                <Table.Td>
                  <Stack gap={6}>
                    <Select
                      aria-label={t("map.becomesOf", { column })}
                      size="xs"
                      searchable
                      clearable
                      placeholder={t("map.leftOut")}
                      data={choices.map(({ group, items }) => ({
                        group,
                        items: items.map((item) => ({
                          ...item,
                          disabled: taken.has(item.value) && item.value !== use.field,
                        })),
                      }))}
                      value={use.field !== null && fields.has(use.field) ? use.field : null}
                      onChange={(path) => {
                        const field = path === null ? undefined : fields.get(path);
                        set(field === undefined ? { field: null } : useOf(field, values));
                      }}
                    />
                    <HowRead column={column} field={fields.get(use.field ?? "")} use={use} onUse={set} />
                  </Stack>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function withUse(draft: Draft, column: string, use: ColumnUse): Draft {
  return { ...draft, columns: { ...draft.columns, [column]: use } };
}

function KeyOf({ column, draft }: { readonly column: string; readonly draft: Draft }): ReactNode {
  const t = useTranslations("imports");
  const isKey = column === draft.key || column === draft.unit?.key;
  return isKey ? (
    <Text size="xs" c="dimmed">
      {t(column === draft.key ? "map.isKey" : "map.isUnitKey")}
    </Text>
  ) : null;
}

interface HowReadProps {
  readonly column: string;
  /** undefined: left out. */
  readonly field: SchemaField | undefined;
  readonly use: ColumnUse;
  readonly onUse: (use: ColumnUse) => void;
}

function HowRead({ column, field, use, onUse }: HowReadProps): ReactNode {
  const t = useTranslations("imports");
  if (field === undefined) {
    return (
      <TextInput
        size="xs"
        aria-label={t("map.whyOf", { column })}
        placeholder={t("map.why")}
        maxLength={200}
        value={use.why ?? ""}
        onChange={({ currentTarget: { value } }) => onUse({ field: null, why: value })}
      />
    );
  }
  return (
    <>
      {(field.type === "date" || field.type === "timestamp") && (
        <Select
          size="xs"
          aria-label={t("map.formatOf", { column })}
          placeholder={t("map.format")}
          data={[...DATE_FORMATS]}
          value={use.dateFormat ?? null}
          onChange={(dateFormat) => onUse(dateFormat === null ? { field: use.field } : { ...use, dateFormat })}
        />
      )}
      {field.codes !== null && <Words field={field} codes={field.codes} use={use} onUse={onUse} />}
      <Checkbox
        size="xs"
        label={t("map.required")}
        aria-label={t("map.requiredOf", { column })}
        checked={use.isRequired ?? false}
        onChange={({ currentTarget: { checked } }) => onUse({ ...use, isRequired: checked })}
      />
    </>
  );
}

interface WordsProps extends Pick<HowReadProps, "use" | "onUse"> {
  readonly field: SchemaField;
  readonly codes: readonly string[];
}

/** A word that means none of the list's codes is a reason to refuse its row: nothing is guessed. */
function Words({ field, codes, use, onUse }: WordsProps): ReactNode {
  const t = useTranslations("imports");
  const names = useFieldNames();
  const words = use.words ?? {};
  return Object.entries(words).map(([word, code]) => (
    <Group key={word} gap="xs" wrap="nowrap">
      <Text size="xs" w="6rem" truncate>
        {word} →
      </Text>
      <Select
        size="xs"
        flex={1}
        aria-label={t("map.meansOf", { word })}
        placeholder={t("map.means")}
        data={codes.map((value) => ({ value, label: names.code(field.path, value) ?? value }))}
        value={code === "" ? null : code}
        onChange={(chosen) => onUse({ ...use, words: { ...words, [word]: chosen ?? "" } })}
      />
    </Group>
  ));
}
