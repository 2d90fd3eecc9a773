// Finds records by blind index, and confirms each find against its sealed checks without opening a value.
import type { Token, Uuid } from "../kernel/bytes.ts";
import { equalConstantTime } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import { KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { VaultError } from "./errors.ts";
import { tokensForSearch } from "./index-tokens.ts";
import { openChecks } from "./open-checks.ts";
import { searchInputs } from "./schema/index-inputs.ts";
import { planLeakage } from "./schema/leakage.ts";
import type { Registry } from "./schema/registry.ts";
import type { IndexType } from "./schema/schema.ts";
import { type SearchRequest, searchValues } from "./search-values.ts";
import type { CandidateRow } from "./token-store.ts";
import { findCandidates } from "./token-store.ts";

const HITS_MAX = 500;
const PAGE_CANDIDATES = 500;
const INPUTS_MAX = 16;
/** A search looks at ten times what the leakage planner expects of the commonest value before it gives up. */
const CANDIDATES_PLANNED_TIMES = 10;
const CANDIDATES_MIN = 10_000;

export interface SearchParts {
  readonly on: Querier;
  readonly keys: Pick<Keys, "indexInner" | "indexTokensForSearch" | "openUnitKeys">;
  readonly registry: Registry;
}

export interface SearchHit {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
}

/** What is made of the hits that count, page by page in order of id. Those that do not are left out, and neither counted nor told of. */
export interface Counting<Kept> {
  readonly limit: number;
  keep(hits: readonly SearchHit[]): Promise<readonly Kept[]>;
}

export interface SearchResult<Kept> {
  /** In order of id, at most as many as the limit. */
  readonly hits: readonly Kept[];
  /** More count than are answered: the search is to be narrowed. */
  readonly truncated: boolean;
  /** Candidates whose checks do not open. They were changed in storage; verification says how. */
  readonly unreadable: number;
}

export const ALL_HITS: Counting<SearchHit> = { limit: HITS_MAX, keep: async (hits) => hits };

/**
 * Throws VaultError "unknown-index", "invalid-field" when a value is missing or cannot be what the field holds, and "too-many" when far more
 * records bear the tokens than the schema was planned for, whoever asks.
 */
export async function searchCandidates<Kept>(
  parts: SearchParts,
  request: SearchRequest,
  counting: Counting<Kept>,
): Promise<SearchResult<Kept>> {
  const { keys, registry } = parts;
  const index = registry.index(request.indexName);
  if (index === null) throw new VaultError("unknown-index", "no such index");
  const inners = innersOf(keys, index, searchValues(registry, index, request));
  const tokens = inners.flatMap((inner) => tokensForSearch(keys, index, inner).map(({ token }) => token));
  return lookUp(parts, { indexName: index.name, inners, tokens: distinct(tokens) }, counting);
}

interface Question {
  readonly indexName: string;
  readonly inners: readonly Uint8Array[];
  readonly tokens: readonly Token[];
}

/** INVARIANT: goes on until enough hits count or no candidate is left; what does not count never ends it early. */
async function lookUp<Kept>(
  { on, keys, registry }: SearchParts,
  question: Question,
  { limit, keep }: Counting<Kept>,
): Promise<SearchResult<Kept>> {
  const kept: Kept[] = [];
  let unreadable = 0;
  let after: SearchHit | null = null;
  const max = candidatesMax(registry, question.indexName) * question.inners.length;
  for (let looked = 0; looked < max; looked += PAGE_CANDIDATES) {
    const page: CandidateRow[] = await findCandidates(on, question, { after, limit: PAGE_CANDIDATES });
    const verdicts = await Promise.all(page.map((row) => confirm(keys, question, row)));
    unreadable += verdicts.filter((verdict) => verdict === "unreadable").length;
    const hits = page.flatMap(({ customerId, recordId }, at) =>
      verdicts[at] === "hit" ? [{ customerId, recordId }] : [],
    );
    if (hits.length > 0) kept.push(...(await keep(hits)));
    if (kept.length > limit) return { hits: kept.slice(0, limit), truncated: true, unreadable };
    after = page.at(-1) ?? null;
    if (page.length < PAGE_CANDIDATES) return { hits: kept, truncated: false, unreadable };
  }
  throw new VaultError("too-many", "too many records share these tokens: the indexes are planned for fewer customers");
}

const plannedCandidates = new WeakMap<Registry, ReadonlyMap<string, number>>();

function candidatesMax(registry: Registry, indexName: string): number {
  const known = plannedCandidates.get(registry);
  const planned =
    known ??
    new Map(
      planLeakage(registry).indexes.map(({ index, coincidences, holdersMax }) => [
        index.name,
        Math.ceil(CANDIDATES_PLANNED_TIMES * (coincidences + holdersMax)),
      ]),
    );
  if (known === undefined) plannedCandidates.set(registry, planned);
  return Math.max(CANDIDATES_MIN, planned.get(indexName) ?? 0);
}

function innersOf(keys: SearchParts["keys"], index: IndexType, values: Readonly<Record<string, string>>): Buffer[] {
  const inputs = searchInputs(index, values).slice(0, INPUTS_MAX);
  if (inputs.length === 0) {
    const issues = index.parts.map((part) => ({ field: `${index.record}.${part.field}`, reason: "too-little" }));
    throw new VaultError("invalid-field", "these values are too little to search by", issues);
  }
  return inputs.map((input) => keys.indexInner(index.name, input));
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
