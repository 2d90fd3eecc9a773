// Finds records by blind index, and confirms each find against its sealed checks without opening a value.
import type { Token, Uuid } from "../kernel/bytes.ts";
import { equalConstantTime } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import { KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import type { FieldIssue } from "./errors.ts";
import { VaultError } from "./errors.ts";
import { openChecks } from "./open-checks.ts";
import { searchInputs } from "./schema/index-inputs.ts";
import type { ValueContext } from "./schema/normalise.ts";
import { normaliseField } from "./schema/normalise.ts";
import type { Registry } from "./schema/registry.ts";
import type { IndexPart, IndexType } from "./schema/schema.ts";
import type { Transform } from "./schema/vocabulary.ts";
import type { CandidateRow } from "./token-store.ts";
import { findCandidates } from "./token-store.ts";

const HITS_MAX = 500;
/** A short token leads to others' records too (at the widths planned, to a few thousand), so more candidates are looked at than hits are answered. */
const CANDIDATES_MAX = 10_000;
const PAGE_CANDIDATES = 500;
const INPUTS_MAX = 16;

export interface SearchParts {
  readonly on: Querier;
  readonly keys: Pick<Keys, "indexInner" | "indexTokensForSearch" | "openUnitKeys">;
  readonly registry: Registry;
}

export interface SearchRequest {
  readonly indexName: string;
  /** Values as given, by field name within the index's record type. */
  readonly values: Readonly<Record<string, string>>;
  readonly context?: ValueContext;
}

export interface SearchHit {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
}

export interface SearchResult {
  /** In order of id, at most 500. */
  readonly hits: readonly SearchHit[];
  /** More were found than are answered: the search is to be narrowed. */
  readonly truncated: boolean;
  /** Candidates whose checks do not open. They were changed in storage; verification says how. */
  readonly unreadable: number;
}

/** Throws VaultError "unknown-index", and "invalid-field" when a value is missing or cannot be what the field holds. */
export async function searchCandidates(parts: SearchParts, request: SearchRequest): Promise<SearchResult> {
  const { keys, registry } = parts;
  const index = registry.index(request.indexName);
  if (index === null) throw new VaultError("unknown-index", "no such index");
  const inners = innersOf(keys, index, searchValues(registry, index, request));
  const tokens = inners.flatMap((inner) =>
    keys.indexTokensForSearch(index.name, inner, index.bits).map(({ token }) => token),
  );
  return lookUp(parts, { indexName: index.name, inners, tokens: distinct(tokens) });
}

interface Question {
  readonly indexName: string;
  readonly inners: readonly Uint8Array[];
  readonly tokens: readonly Token[];
}

async function lookUp({ on, keys }: SearchParts, question: Question): Promise<SearchResult> {
  const hits: SearchHit[] = [];
  let unreadable = 0;
  let after: SearchHit | null = null;
  for (let looked = 0; looked < CANDIDATES_MAX; looked += PAGE_CANDIDATES) {
    const page: CandidateRow[] = await findCandidates(on, question, { after, limit: PAGE_CANDIDATES });
    const verdicts = await Promise.all(page.map((row) => confirm(keys, question, row)));
    unreadable += verdicts.filter((verdict) => verdict === "unreadable").length;
    page.forEach(({ customerId, recordId }, at) => {
      if (verdicts[at] === "hit") hits.push({ customerId, recordId });
    });
    if (hits.length > HITS_MAX) break;
    after = page.at(-1) ?? null;
    if (page.length < PAGE_CANDIDATES) return { hits, truncated: false, unreadable };
  }
  return { hits: hits.slice(0, HITS_MAX), truncated: true, unreadable };
}

function innersOf(keys: SearchParts["keys"], index: IndexType, values: Readonly<Record<string, string>>): Buffer[] {
  const inputs = searchInputs(index, values).slice(0, INPUTS_MAX);
  if (inputs.length === 0) {
    const issues = index.parts.map((part) => ({ field: `${index.record}.${part.field}`, reason: "too-little" }));
    throw new VaultError("invalid-field", "these values are too little to search by", issues);
  }
  return inputs.map((input) => keys.indexInner(index.name, input));
}

// Whoever searches by these may have a piece in hand that is no whole value of the field, such as the last four digits.
const OF_PIECES: ReadonlySet<Transform> = new Set(["last4", "prefix4", "prefix6", "year"]);

function searchValues(registry: Registry, index: IndexType, request: SearchRequest): Record<string, string> {
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

type Verdict = "hit" | "miss" | "unreadable";

/** INVARIANT: a token is short and may be shared by chance or forged; only the full hash in the sealed checks makes a hit. */
async function confirm(
  keys: SearchParts["keys"],
  { indexName, inners }: Question,
  row: CandidateRow,
): Promise<Verdict> {
  try {
    const checks = await openChecks(keys, row, { ...row, pack: row.keyPack });
    const stored = checks.indexes.find((check) => check.name === indexName)?.inners ?? [];
    return stored.some((one) => inners.some((inner) => equalConstantTime(one, inner))) ? "hit" : "miss";
  } catch (error) {
    // One row that somebody spoiled must not hide all others; a failure that is not the row's is thrown.
    if (error instanceof VaultError) return error.code === "erased" ? "miss" : "unreadable";
    if (error instanceof KeysError && error.code === "erased") return "miss";
    if (error instanceof KeysError && error.code === "does-not-open") return "unreadable";
    throw error;
  }
}

function distinct(tokens: readonly Token[]): Token[] {
  return [...new Map(tokens.map((token) => [Buffer.from(token).toString("hex"), token])).values()];
}
