// What fields and records are called, and of what type they are: the server's own schema, asked once.
import { useMemo } from "react";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";

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
  return useMemo(() => schemaOf(data?.recordTypes ?? []), [data]);
}

function schemaOf(recordTypes: Schema["recordTypes"]): Schema {
  const fields = new Map(recordTypes.flatMap((type) => type.fields.map((field) => [field.path, field] as const)));
  const records = new Map(recordTypes.map(({ name, label }) => [name, label]));
  return {
    recordTypes,
    field: (path) => fields.get(path) ?? { path, label: legible(path), type: "text", dataClass: "identity" },
    record: (type) => records.get(type) ?? legible(type),
  };
}

function legible(path: string): string {
  const words = path.slice(path.indexOf(".") + 1).replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
