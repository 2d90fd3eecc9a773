// Remembers which rows of retention units verified: an unchanged row then costs a comparison and not a MAC.
import type { Keys } from "../keys/keys.ts";
import type { UnitRow } from "./unit-header.ts";
import { hasGoodUnitMac } from "./unit-header.ts";

const ROWS_REMEMBERED_MAX = 50_000;

/** Tells whether the vault wrote a row. INVARIANT: every member that the MAC covers, and the MAC itself, is compared. */
export function unitVerifier(keys: Pick<Keys, "verifyAuthorityMac">): (row: UnitRow) => boolean {
  let young = new Map<string, UnitRow>();
  let old = new Map<string, UnitRow>();
  return (row) => {
    const known = young.get(row.unitId) ?? old.get(row.unitId);
    if (known !== undefined && isSame(known, row)) return true;
    if (!hasGoodUnitMac(keys, row)) return false;
    if (young.size >= ROWS_REMEMBERED_MAX / 2) [old, young] = [young, new Map()];
    young.set(row.unitId, row);
    return true;
  };
}

function isSame(left: UnitRow, right: UnitRow): boolean {
  if (left === right) return true;
  return (
    left.customerId === right.customerId &&
    left.kind === right.kind &&
    left.entity === right.entity &&
    left.brand === right.brand &&
    left.line === right.line &&
    left.book === right.book &&
    left.status === right.status &&
    left.revision === right.revision &&
    left.act === right.act &&
    Buffer.compare(left.mac, right.mac) === 0
  );
}
