// Compares suggestions, and what was decided on them, with their MACs and with what the ledger knows of the decisions.
import type { Uuid } from "../kernel/bytes.ts";
import { type Keys, KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import type { LedgerFacts, MatchFact } from "./ledger-facts.ts";
import type { MatchRow } from "./match-store.ts";
import { hasGoodMatchMac, matchDigest } from "./suggest-matches.ts";
import type { Finding, FindingCode } from "./verify-authority.ts";
import { readMatch, readMatchPage } from "./verify-store.ts";

interface Parts {
  readonly database: Querier;
  readonly keys: Pick<Keys, "verifyAuthorityMac" | "erasuresOf">;
}

const PAGE_ROWS = 500;

/** A suggestion nobody has judged yet stands in no entry: that one was removed does not show, and it is made again when its customers are next written. */
export async function* verifyMatches(parts: Parts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  let after: MatchRow | null = null;
  for (;;) {
    const rows: MatchRow[] = await readMatchPage(parts.database, facts.range, after, PAGE_ROWS);
    for (const row of rows) {
      const fact = facts.match(row);
      if (!hasGoodMatchMac(parts.keys, row)) yield finding("match-forged", row);
      // The MAC of an open one was good before it was judged.
      else if (fact !== undefined && fact.digest !== matchDigest(row)) yield finding("match-aged", row);
    }
    after = rows.at(-1) ?? null;
    if (rows.length < PAGE_ROWS) break;
  }
  for (const fact of facts.matches()) if (await isGone(parts, fact)) yield finding("match-missing", fact);
}

/** An erasure of either customer, if need be since the facts were gathered, removes them. */
async function isGone({ database, keys }: Parts, fact: MatchFact): Promise<boolean> {
  if ((await readMatch(database, fact)) !== null) return false;
  for (const customerId of [fact.customerId, fact.otherCustomerId]) {
    const erasures = await keys.erasuresOf(database, customerId).catch(noneWhenForged);
    if (erasures.some(({ unitId }) => unitId === null)) return false;
  }
  return true;
}

function noneWhenForged(error: unknown): readonly { readonly unitId: Uuid | null }[] {
  if (error instanceof KeysError && error.code === "forged-erasure") return [];
  throw error;
}

function finding(code: FindingCode, { customerId }: { readonly customerId: Uuid }): Finding {
  return { code, customerId, recordId: null, unitId: null };
}
