// Compares customers and retention units with their seals and MACs, and with the revisions that the ledger knows of.
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { openAuthority } from "./authority.ts";
import type { CustomerRow } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import type { LedgerFacts } from "./ledger-facts.ts";
import type { UnitRow } from "./unit-header.ts";
import { hasGoodUnitMac, unitWrite } from "./unit-header.ts";
import type { After } from "./verify-store.ts";
import { readCustomerPage, readUnitPage } from "./verify-store.ts";

export type FindingCode =
  | "altered"
  | "aged"
  | "missing"
  | "extra"
  | "act-differs"
  | "history-missing"
  | "history-altered"
  | "history-extra"
  | "customer-forged"
  | "customer-aged"
  | "customer-missing"
  | "unit-forged"
  | "unit-aged"
  | "unit-missing"
  | "link-forged"
  | "link-aged"
  | "link-missing"
  | "source-forged"
  | "source-aged"
  | "source-missing"
  | "match-forged"
  | "match-aged"
  | "match-missing"
  | "erasure-forged"
  | "erasure-aged"
  | "erasure-missing"
  | "erasure-remains"
  | "key-missing"
  | "key-does-not-open"
  | "checks-do-not-open"
  | "token-missing"
  | "token-extra";

/** Ids and codes only. */
export interface Finding {
  readonly code: FindingCode;
  readonly customerId: Uuid;
  readonly recordId: Uuid | null;
  readonly unitId: Uuid | null;
}

interface Parts {
  readonly database: Querier;
  readonly keys: Pick<Keys, "openUnder" | "verifyAuthorityMac">;
}

const PAGE_ROWS = 500;

/** A customer's own row is never removed, not even by erasure. */
export async function* verifyCustomers(parts: Parts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  const seen = new Set<Uuid>();
  let after: Uuid | null = null;
  for (;;) {
    const rows: CustomerRow[] = await readCustomerPage(parts.database, facts.range, after, PAGE_ROWS);
    for (const row of rows) {
      seen.add(row.customerId);
      if (!isSealed(parts.keys, row)) yield finding("customer-forged", row.customerId);
      else if (row.revision < (facts.customer(row.customerId) ?? 0)) yield finding("customer-aged", row.customerId);
    }
    after = rows.at(-1)?.customerId ?? null;
    if (rows.length < PAGE_ROWS) break;
  }
  for (const [customerId] of facts.customers())
    if (!seen.has(customerId)) yield finding("customer-missing", customerId);
}

export async function* verifyUnits(parts: Parts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  const seen = new Set<string>();
  let after: After | null = null;
  for (;;) {
    const rows: UnitRow[] = await readUnitPage(parts.database, facts.range, after, PAGE_ROWS);
    for (const row of rows) {
      seen.add(`${row.customerId} ${row.unitId}`);
      if (!hasGoodUnitMac(parts.keys, row)) yield finding("unit-forged", row.customerId, row.unitId);
      else if (isAged(facts, row)) yield finding("unit-aged", row.customerId, row.unitId);
    }
    const last: UnitRow | undefined = rows.at(-1);
    if (rows.length < PAGE_ROWS || last === undefined) break;
    after = { customerId: last.customerId, rowId: last.unitId };
  }
  for (const [name, { customerId }] of facts.units()) {
    const unitId = name.slice(customerId.length + 1) as Uuid;
    if (!seen.has(name) && !facts.isErased(customerId, null)) yield finding("unit-missing", customerId, unitId);
  }
}

function isSealed(keys: Parts["keys"], row: CustomerRow): boolean {
  try {
    openAuthority(keys, row);
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}

/** A good MAC on an earlier revision, or on another content of the same one, was put back. A later revision was written since the facts were gathered. */
function isAged(facts: LedgerFacts, row: UnitRow): boolean {
  const fact = facts.unit(row.customerId, row.unitId);
  if (fact === undefined || row.revision > fact.revision) return false;
  return row.revision < fact.revision || (fact.digest !== null && fact.digest !== unitWrite(row).digest);
}

function finding(code: FindingCode, customerId: Uuid, unitId: Uuid | null = null): Finding {
  return { code, customerId, recordId: null, unitId };
}
