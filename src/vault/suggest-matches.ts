// Suggests pairs of customers that may be one person, and keeps what a person decided about them. Nothing is ever merged.
import type { Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database, Querier, Transaction } from "../postgres/database.ts";
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

/**
 * Compares what was just written for these customers with everybody else, by tokens alone. Two writers at the same moment do not see each other;
 * `rescanMatches` finds such pairs. Returns the suggestions that are new.
 */
export async function suggestMatches(
  parts: { readonly registry: Registry; readonly clock: Clock },
  tx: Transaction,
  customerIds: readonly Uuid[],
): Promise<Suggestion[]> {
  const rules = matchRules(parts.registry);
  const indexNames = [...rules.identifiers, ...rules.names, ...rules.contacts].map((name) => asCode(name));
  if (customerIds.length === 0 || indexNames.length === 0) return [];
  const shared = await findSharedTokens(tx, customerIds, indexNames, SHARED_MAX);
  const rows = await insertSuggestions(tx, suggestionsOf(rules, shared), parts.clock.now());
  return rows.map(toSuggestion);
}

const RESCAN_CUSTOMERS = 200;

/** For a job: compares a page of customers with everybody else, so that pairs written at the same moment are found too. */
export async function rescanMatches(
  parts: { readonly database: Database; readonly registry: Registry; readonly clock: Clock },
  after: Uuid | null,
): Promise<{ readonly next: Uuid | null; readonly found: number }> {
  const ids = await readCustomerIds(parts.database, after, RESCAN_CUSTOMERS);
  const found = await parts.database.transaction((tx) => suggestMatches(parts, tx, ids));
  return { next: ids.length < RESCAN_CUSTOMERS ? null : (ids.at(-1) ?? null), found: found.length };
}

/** Throws VaultError "forged" on a decision that nobody took. */
export async function listMatches(
  keys: Pick<Keys, "verifyAuthorityMac">,
  on: Querier,
  filter: { readonly customerId: Uuid | null; readonly state: MatchState | null },
  page: {
    readonly after: Pick<Suggestion, "customerId" | "otherCustomerId" | "reason"> | null;
    readonly limit: number;
  },
): Promise<Suggestion[]> {
  const rows = await readSuggestions(on, filter, { after: page.after, limit: Math.min(page.limit, MATCHES_PAGE_MAX) });
  return rows.map((row) => {
    if (!hasGoodMatchMac(keys, row))
      throw new VaultError("forged", "a match decision was changed behind the vault's back");
    return toSuggestion(row);
  });
}

export interface MatchDecision {
  readonly customerId: Uuid;
  readonly otherCustomerId: Uuid;
  readonly verdict: "same" | "different";
}

/** `same` is a marker that both are one person; their records stay apart. Throws VaultError "not-found", "already-decided", "erased". */
export async function decideMatch(
  keys: Pick<Keys, "authorityMac" | "sealUnder" | "openUnder">,
  tx: Transaction,
  act: Uuid,
  decision: MatchDecision,
): Promise<Written> {
  const [lower, higher] = [decision.customerId, decision.otherCustomerId].toSorted() as [Uuid, Uuid];
  await holdCustomers(tx, keys, [lower, higher]);
  const rows = await lockSuggestions(tx, lower, higher);
  if (rows.length === 0) throw new VaultError("not-found", "no such suggestion");
  const open = rows.filter((row) => row.state === "open");
  if (open.length === 0) throw new VaultError("already-decided", "somebody decided this before");
  const authority: AuthorityWrite[] = [];
  for (const row of open) {
    const decided = withMatchMac(keys, { ...row, state: decision.verdict, act });
    await updateSuggestion(tx, decided);
    const id = `${higher}:${row.reason}`;
    authority.push({ row: "match", id, customer: lower, revision: 1, digest: rowDigest(macParts(decided)) });
  }
  return { writes: [], authority, classes: ["identity"], customers: [lower, higher] };
}

/** An open suggestion says nothing that a reader of the tokens could not see, and carries no MAC. */
export function hasGoodMatchMac(keys: Pick<Keys, "verifyAuthorityMac">, row: MatchRow): boolean {
  return row.state === "open" ? row.mac === null : row.mac !== null && keys.verifyAuthorityMac(row.mac, macParts(row));
}

export function withMatchMac(keys: Pick<Keys, "authorityMac">, row: Omit<MatchRow, "mac">): MatchRow {
  return { ...row, mac: keys.authorityMac(macParts(row)) };
}

function toSuggestion({ customerId, otherCustomerId, reason, state, createdAt }: MatchRow): Suggestion {
  return { customerId, otherCustomerId, reason, state, createdAt };
}

function macParts(row: Omit<MatchRow, "mac">): string[] {
  return ["match", row.customerId, row.otherCustomerId, row.reason, row.state, row.act ?? ""];
}
