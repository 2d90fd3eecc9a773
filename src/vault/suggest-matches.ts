// Suggests pairs of customers that may be one person, and keeps what a person decided about them. Nothing is ever merged.
import type { Token, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database, Transaction } from "../postgres/database.ts";
import { holdCustomers } from "./authority.ts";
import { readCustomerIds } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import { matchRules, suggestionsOf } from "./match-rules.ts";
import type { MatchRow, MatchState } from "./match-store.ts";
import {
  findSharedTokens,
  insertSuggestions,
  lockSuggestions,
  readSuggestions,
  updateSuggestion,
} from "./match-store.ts";
import type { VaultParts } from "./parts.ts";
import type { Registry } from "./schema/registry.ts";
import type { AuthorityWrite, Written } from "./written.ts";
import { rowDigest } from "./written.ts";

const MATCHES_PAGE_MAX = 200;
const SHARED_MAX = 20_000;

export interface Suggestion {
  /** The lower of the two ids. */
  readonly customerId: Uuid;
  readonly otherCustomerId: Uuid;
  /** The index whose value they share ("ssn"), or "name-birth-date-contact". */
  readonly reason: string;
  readonly state: MatchState;
  readonly createdAt: Date;
}

export interface SuggestParts {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly keys: Pick<Keys, "authorityMac">;
}

/**
 * Compares what was just written for these customers with everybody else, by tokens alone. Two writers at the same moment do not see each other;
 * `rescanMatches` finds such pairs. Returns the suggestions that are new.
 */
export async function suggestMatches(
  parts: SuggestParts,
  tx: Transaction,
  customerIds: readonly Uuid[],
): Promise<Suggestion[]> {
  const rules = matchRules(parts.registry);
  const indexNames = [...rules.identifiers, ...rules.names, ...rules.contacts].map((name) => asCode(name));
  if (customerIds.length === 0 || indexNames.length === 0) return [];
  const shared = await findSharedTokens(tx, customerIds, indexNames, SHARED_MAX);
  const pairs = suggestionsOf(rules, shared).map((pair) =>
    withMatchMac(parts.keys, { ...pair, state: "open", act: null }),
  );
  const rows = await insertSuggestions(tx, pairs, parts.clock.now());
  return rows.map(toSuggestion);
}

const RESCAN_CUSTOMERS = 200;

/** For a job: compares a page of customers with everybody else, so that pairs written at the same moment are found too. */
export async function rescanMatches(
  parts: SuggestParts & { readonly database: Database },
  after: Uuid | null,
): Promise<{ readonly next: Uuid | null; readonly found: number }> {
  const ids = await readCustomerIds(parts.database, after, RESCAN_CUSTOMERS);
  const found = await parts.database.transaction((tx) => suggestMatches(parts, tx, ids));
  return { next: ids.length < RESCAN_CUSTOMERS ? null : (ids.at(-1) ?? null), found: found.length };
}

type PlaceInList = Pick<Suggestion, "customerId" | "otherCustomerId" | "reason">;

/** Rows that the vault did not write are left out, and told of. */
export async function listMatches(
  parts: Pick<VaultParts, "database" | "keys" | "onForged">,
  filter: { readonly customerId: Uuid | null; readonly state: MatchState | null },
  page: { readonly after: PlaceInList | null; readonly limit: number },
): Promise<Suggestion[]> {
  const limit = Math.min(page.limit, MATCHES_PAGE_MAX);
  const good: Suggestion[] = [];
  // A short page would be taken for the last one, so what is left out is made up for.
  for (let { after } = page; good.length < limit;) {
    const rows = await readSuggestions(parts.database, filter, { after, limit });
    for (const row of rows) {
      if (hasGoodMatchMac(parts.keys, row)) good.push(toSuggestion(row));
      else parts.onForged?.({ row: "match", id: row.customerId });
    }
    after = rows.at(-1) ?? null;
    if (rows.length < limit) break;
  }
  return good.slice(0, limit);
}

export interface MatchDecision {
  readonly customerId: Uuid;
  readonly otherCustomerId: Uuid;
  readonly verdict: "same" | "different";
}

/** `same` is a marker that both are one person; their records stay apart. Throws VaultError "not-found", "already-decided", "erased", "forged". */
export async function decideMatch(
  keys: Pick<Keys, "authorityMac" | "verifyAuthorityMac" | "sealUnder" | "openUnder">,
  tx: Transaction,
  act: Uuid,
  decision: MatchDecision,
): Promise<Written> {
  const [lower, higher] = [decision.customerId, decision.otherCustomerId].toSorted() as [Uuid, Uuid];
  await holdCustomers(tx, keys, [lower, higher]);
  const rows = await lockSuggestions(tx, lower, higher);
  if (rows.length === 0) throw new VaultError("not-found", "no such suggestion");
  if (!rows.every((row) => hasGoodMatchMac(keys, row)))
    throw new VaultError("forged", "a suggestion was changed behind the vault's back");
  const open = rows.filter((row) => row.state === "open");
  if (open.length === 0) throw new VaultError("already-decided", "somebody decided this before");
  const authority: AuthorityWrite[] = [];
  for (const row of open) {
    const decided = withMatchMac(keys, { ...row, state: decision.verdict, act });
    await updateSuggestion(tx, decided);
    const id = `${higher}:${row.reason}`;
    authority.push({ row: "match", id, customer: lower, revision: 1, digest: matchDigest(decided) });
  }
  return { writes: [], authority, classes: ["identity"], customers: [lower, higher] };
}

export function hasGoodMatchMac(keys: Pick<Keys, "verifyAuthorityMac">, row: MatchRow): boolean {
  return keys.verifyAuthorityMac(row.mac, macParts(row));
}

export function withMatchMac<Row extends Judged>(keys: Pick<Keys, "authorityMac">, row: Row): Row & { mac: Token } {
  return { ...row, mac: keys.authorityMac(macParts(row)) };
}

function toSuggestion({ customerId, otherCustomerId, reason, state, createdAt }: MatchRow): Suggestion {
  return { customerId, otherCustomerId, reason, state, createdAt };
}

/** What the ledger keeps of a decision. */
export function matchDigest(row: Judged): string {
  return rowDigest(macParts(row));
}

/** What a MAC covers. */
type Judged = Pick<MatchRow, "customerId" | "otherCustomerId" | "reason" | "state" | "act">;

function macParts(row: Judged): string[] {
  return ["match", row.customerId, row.otherCustomerId, row.reason, row.state, row.act ?? ""];
}
