// Test support: tables of what a value type makes of what it is given.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { normaliseField, type ValueContext } from "./normalise.ts";
import { loadRegistry } from "./registry.ts";
import type { ValueType } from "./vocabulary.ts";

export const registry = loadRegistry(fileURLToPath(new URL("../../../governance/schema", import.meta.url)));

/** A source in the United States. */
export const US = { country: "US", currency: "USD" };

/** The normalised value, with "!" and its warning where there is one, or "-" and the reason. */
export function outcome(type: ValueType, given: string, context: ValueContext = {}): string {
  const field = registry.allFields().find((one) => one.type === type);
  assert.ok(field, `the schema has a field of type ${type}`);
  const result = normaliseField(field, given, context);
  if (!result.ok) return `-${result.reason}`;
  return result.warning === undefined ? result.value : `${result.value}!${result.warning}`;
}

export function cases(
  type: ValueType,
  table: readonly (readonly [given: string, expected: string, context?: ValueContext])[],
): void {
  for (const [given, expected, context] of table)
    assert.equal(outcome(type, given, context), expected, `${type}: ${given}`);
}
