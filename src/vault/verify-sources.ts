// Compares where source keys lead with their MACs and with the marks that the ledger keeps of them.
import type { Token, Uuid } from "../kernel/bytes.ts";
import { type Keys, KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { type LedgerFacts, ledgerFacts } from "./ledger-facts.ts";
import { hasGoodSourceMac } from "./source-key.ts";
import { markOf, type SourceMark, unitMark } from "./source-mark.ts";
import { type StoredSource, uncoverSources } from "./source-store.ts";
import type { Finding, FindingCode } from "./verify-authority.ts";
import { readSourcePage, readSourcesOfCustomer } from "./verify-store.ts";

interface Parts {
  readonly database: Querier;
  readonly keys: Pick<Keys, "digestCovers" | "verifyAuthorityMac" | "erasuresOf">;
  /** What the newest entries of writes that concern the customer say, the newest first: for what was written since the facts were gathered. */
  newestDetails(customerId: Uuid): Promise<readonly { readonly [key: string]: unknown }[]>;
}

const PAGE_ROWS = 500;

/** A row that leads astray is refused by whoever follows it, too; one that is gone would have its customer imported anew, as somebody else. */
export async function* verifySources(parts: Parts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  const left = new Set(facts.sourced());
  let group: StoredSource[] = [];
  let after: { readonly customerId: Uuid; readonly covered: Token } | null = null;
  for (;;) {
    const rows = uncoverSources(parts.keys, await readSourcePage(parts.database, facts.range, after, PAGE_ROWS));
    for (const row of rows) {
      if (!hasGoodSourceMac(parts.keys, row)) yield finding("source-forged", row);
      if (group[0] !== undefined && group[0].customerId !== row.customerId) {
        left.delete(group[0].customerId);
        yield* verifyCustomer(parts, facts, group[0].customerId, group);
        group = [];
      }
      group.push(row);
    }
    after = rows.at(-1) ?? null;
    if (rows.length < PAGE_ROWS || after === null) break;
  }
  if (group[0] !== undefined) left.delete(group[0].customerId);
  if (group[0] !== undefined) yield* verifyCustomer(parts, facts, group[0].customerId, group);
  for (const customerId of left) yield* verifyCustomer(parts, facts, customerId, []);
}

async function* verifyCustomer(
  parts: Parts,
  facts: LedgerFacts,
  customerId: Uuid,
  rows: readonly StoredSource[],
): AsyncGenerator<Finding, void, undefined> {
  if (facts.isErased(customerId, null)) return;
  if (faultsOf(facts.sources(customerId), rows, []).length === 0) return;
  // Something may have been written, or erased, since the facts were gathered: the newest entries and the rows as they are now decide.
  const again = uncoverSources(parts.keys, await readSourcesOfCustomer(parts.database, customerId));
  const newest = ledgerFacts({ from: customerId, to: null });
  for (const detail of (await parts.newestDetails(customerId)).toReversed()) newest.add(detail);
  const marks = new Map([...facts.sources(customerId), ...newest.sources(customerId)]);
  const erased = await erasedUnits(parts, customerId);
  for (const code of erased === "everything" ? [] : faultsOf(marks, again, erased)) yield finding(code, { customerId });
}

/** Each at most once a customer. Rows that the ledger does not know were written since. */
function faultsOf(
  marks: ReadonlyMap<string, SourceMark>,
  rows: readonly StoredSource[],
  erased: readonly string[],
): FindingCode[] {
  // During a rotation a row may stand under two covers, of which the newest is kept up.
  const inOrder = rows.toSorted((left, right) => left.keyVersion - right.keyVersion);
  const stored = new Map(inOrder.map(markOf).map((mark) => [mark.key, mark]));
  const faults = new Set<FindingCode>();
  for (const [key, { says, unit }] of marks) {
    const now = stored.get(key);
    if (now === undefined && (unit === null || !erased.includes(unit))) faults.add("source-missing");
    if (now !== undefined && now.says !== says) faults.add("source-aged");
  }
  return [...faults];
}

async function erasedUnits({ database, keys }: Parts, customerId: Uuid): Promise<"everything" | string[]> {
  const erasures = await keys.erasuresOf(database, customerId).catch((error: unknown) => {
    // Told of elsewhere; nothing rests on it.
    if (error instanceof KeysError && error.code === "forged-erasure") return [];
    throw error;
  });
  if (erasures.some(({ unitId }) => unitId === null)) return "everything";
  return erasures.flatMap(({ unitId }) => (unitId === null ? [] : [unitMark(unitId)]));
}

function finding(code: FindingCode, { customerId }: { readonly customerId: Uuid }): Finding {
  return { code, customerId, recordId: null, unitId: null };
}
