// For tests: a registry whose truncated indexes have other widths than the planner would accept.
import type { IndexType, Registry } from "./schema.ts";

export function withWidths(
  registry: Registry,
  widths: Readonly<Record<string, { readonly bits: number; readonly ways: number }>>,
): Registry {
  const allIndexes = registry.allIndexes.map((index): IndexType => ({ ...index, ...widths[index.name] }));
  const byName = new Map(allIndexes.map((index) => [index.name, index]));
  return {
    ...registry,
    allIndexes,
    index: (name) => byName.get(name) ?? null,
    indexes: (recordType) => allIndexes.filter((index) => index.record === recordType),
  };
}
