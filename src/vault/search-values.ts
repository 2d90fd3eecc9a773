// The values of a search: normalised as the fields they are compared with, and what somebody aims at who tries one after another.
import type { FieldIssue } from "./errors.ts";
import { VaultError } from "./errors.ts";
import { maskValue } from "./schema/masks.ts";
import type { ValueContext } from "./schema/normalise.ts";
import { normaliseField } from "./schema/normalise.ts";
import type { Registry } from "./schema/registry.ts";
import type { IndexPart, IndexType } from "./schema/schema.ts";
import type { Transform } from "./schema/vocabulary.ts";

export interface SearchRequest {
  readonly indexName: string;
  /** Values as given, by field name within the index's record type. */
  readonly values: Readonly<Record<string, string>>;
  readonly context?: ValueContext;
}

/** By field name within the record type. Throws VaultError "invalid-field" when a value is missing or cannot be what the field holds. */
export function searchValues(registry: Registry, index: IndexType, request: SearchRequest): Record<string, string> {
  const values: Record<string, string> = {};
  const issues: FieldIssue[] = [];
  for (const part of index.parts) {
    const outcome = searchValue(registry, index, part, request);
    if (outcome.ok) values[part.field] = outcome.value;
    else issues.push({ field: `${index.record}.${part.field}`, reason: outcome.reason });
  }
  const known = new Set(index.parts.map((part) => part.field));
  if (Object.keys(request.values).some((name) => !known.has(name)))
    issues.push({ field: index.record, reason: "not-in-index" });
  if (issues.length > 0) throw new VaultError("invalid-field", "some values cannot be searched by", issues);
  return values;
}

/**
 * What this search may be one guess of many at: for each part, all values that agree with it in the other parts and look the same masked in this one.
 * Whoever sees a value masked has just these to try before it is as good as shown in clear. INVARIANT: holds values; only keyed digests of it may be
 * kept. Throws VaultError "unknown-index", "invalid-field".
 */
export function searchTargets(registry: Registry, request: SearchRequest): string[][] {
  const index = registry.index(request.indexName);
  if (index === null) throw new VaultError("unknown-index", "no such index");
  const values = searchValues(registry, index, request);
  return index.parts.map(({ field: guessed }) => [
    index.name,
    guessed,
    ...index.parts.map(({ field: name }) => {
      const field = registry.field(`${index.record}.${name}`);
      const value = values[name] ?? "";
      return name === guessed && field !== null ? maskValue(field, value) : value;
    }),
  ]);
}

// Whoever searches by these may have a piece in hand that is no whole value of the field, such as the last four digits.
const OF_PIECES: ReadonlySet<Transform> = new Set(["last4", "prefix4", "prefix6", "year"]);

type SearchValue = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string };

function searchValue(registry: Registry, index: IndexType, part: IndexPart, request: SearchRequest): SearchValue {
  const field = registry.field(`${index.record}.${part.field}`);
  const given = request.values[part.field];
  if (field === null || given === undefined || given.trim() === "") return { ok: false, reason: "missing" };
  const normalised = normaliseField(field, given, request.context);
  return !normalised.ok && OF_PIECES.has(part.transform) && normalised.reason !== "not-well-formed"
    ? { ok: true, value: given.trim() }
    : normalised;
}
