// Compares links between customers with their MACs and with what the ledger knows of them.
import type { Uuid } from "../kernel/bytes.ts";
import { type Keys, KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import type { LedgerFacts } from "./ledger-facts.ts";
import { hasGoodLinkMac, linkDigest } from "./link-row.ts";
import type { LinkRow } from "./link-store.ts";
import { readLinks } from "./link-store.ts";
import type { Finding, FindingCode } from "./verify-authority.ts";
import { type After, readLinkPage } from "./verify-store.ts";

interface Parts {
  readonly database: Querier;
  readonly keys: Pick<Keys, "verifyAuthorityMac" | "erasuresOf">;
}

const PAGE_ROWS = 500;

/** Each of a link's two sides stands with its own customer. */
export async function* verifyLinks(parts: Parts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  const seen = new Set<string>();
  let after: After | null = null;
  for (;;) {
    const rows: LinkRow[] = await readLinkPage(parts.database, facts.range, after, PAGE_ROWS);
    for (const row of rows) {
      seen.add(`${row.customerId} ${row.linkId}`);
      if (!hasGoodLinkMac(parts.keys, row)) yield finding("link-forged", row);
      else if (isAged(facts, row)) yield finding("link-aged", row);
    }
    const last: LinkRow | undefined = rows.at(-1);
    if (rows.length < PAGE_ROWS || last === undefined) break;
    after = { customerId: last.customerId, rowId: last.linkId };
  }
  for (const link of facts.links())
    if (!seen.has(`${link.customerId} ${link.linkId}`) && (await isGone(parts, link)))
      yield finding("link-missing", link);
}

function isAged(facts: LedgerFacts, row: LinkRow): boolean {
  const fact = facts.link(row.customerId, row.linkId);
  if (fact === undefined || row.revision > fact.revision) return false;
  return row.revision < fact.revision || (fact.digest !== null && fact.digest !== linkDigest(row));
}

interface Place {
  readonly customerId: Uuid;
  readonly linkId: Uuid;
  /** Both. */
  readonly customers: readonly Uuid[];
}

/** An erasure since the facts were gathered, of either customer, removes links too. */
async function isGone({ database, keys }: Parts, { customerId, linkId, customers }: Place): Promise<boolean> {
  const [still] = await readLinks(database, [customerId], { only: linkId, after: null, limit: 1 });
  if (still !== undefined) return false;
  const erasures = await Promise.all(customers.map((each) => keys.erasuresOf(database, each).catch(noneWhenForged)));
  return erasures.flat().length === 0;
}

function noneWhenForged(error: unknown): readonly [] {
  if (error instanceof KeysError && error.code === "forged-erasure") return [];
  throw error;
}

function finding(code: FindingCode, { customerId }: { readonly customerId: Uuid }): Finding {
  return { code, customerId, recordId: null, unitId: null };
}
