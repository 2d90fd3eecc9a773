// What fields and records are called in the reader's language, and of what type they are: the server's own schema, asked once.
import { useMemo } from "react";
import type { AnswerOf } from "../../shared/ask.ts";
import type { FieldNames } from "../../shared/field-names.ts";
import { useAsk } from "../../shared/queries.ts";
import { useFieldNames } from "../../shared/use-field-names.ts";

export type FieldWords = Pick<
  AnswerOf<"describeSchema">["recordTypes"][number]["fields"][number],
  "path" | "label" | "type" | "dataClass"
>;

export interface Schema {
  readonly recordTypes: AnswerOf<"describeSchema">["recordTypes"];
  /** Of an unknown path, something legible. */
  field(path: string): FieldWords;
  record(type: string): string;
}

export function useSchema(): Schema {
  const { data } = useAsk("describeSchema", {}, { staleTime: Infinity, refetchOnWindowFocus: false });
  const names = useFieldNames();
  return useMemo(() => schemaOf(inTheirLanguage(data?.recordTypes ?? [], names), names), [data, names]);
}

function schemaOf(recordTypes: Schema["recordTypes"], names: FieldNames): Schema {
  const fields = new Map(recordTypes.flatMap((type) => type.fields.map((field) => [field.path, field] as const)));
  const records = new Map(recordTypes.map(({ name, label }) => [name, label]));
  return {
    recordTypes,
    field: (path) => fields.get(path) ?? { path, label: names.field(path), type: "text", dataClass: "identity" },
    record: (type) => records.get(type) ?? names.record(type),
  };
}

/** Every label as the reader calls it. */
export function inTheirLanguage(recordTypes: Schema["recordTypes"], names: FieldNames): Schema["recordTypes"] {
  return recordTypes.map((type) => ({
    ...type,
    label: names.record(type.name, type.label),
    fields: type.fields.map((field) => ({ ...field, label: names.field(field.path, field.label) })),
  }));
}
