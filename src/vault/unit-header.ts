// The header of a retention unit: which entity, brand, line and book a record belongs to. It selects the law, so it carries a MAC.
import type { Token, Uuid } from "../kernel/bytes.ts";
import { asToken } from "../kernel/bytes.ts";
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { Keys } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import type { UnitKind } from "./schema/vocabulary.ts";
import type { AuthorityWrite } from "./written.ts";
import { rowDigest } from "./written.ts";

export type UnitStatus = "open" | "closed" | "erased";

export interface UnitHeader {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  readonly kind: UnitKind;
  /** Code of the legal entity that holds the data. */
  readonly entity: string;
  readonly brand: string;
  readonly line: LineOfBusiness;
  /** The producer's or block's group id. */
  readonly book: Uuid | null;
  readonly status: UnitStatus;
  readonly revision: number;
  /** The ledger entry that made this revision. */
  readonly act: Uuid;
}

export interface UnitRow extends UnitHeader {
  readonly mac: Token;
}

export function withUnitMac(keys: Pick<Keys, "authorityMac">, header: UnitHeader): UnitRow {
  return { ...header, mac: keys.authorityMac(macParts(header)) };
}

/** The units of these legal entities and lines: an empty list reaches none. */
export interface UnitReach {
  readonly entities: readonly string[];
  readonly lines: readonly LineOfBusiness[];
}

/** Throws VaultError "outside-scope". */
export function assertReached(header: Pick<UnitHeader, "entity" | "line">, reach: UnitReach | undefined): void {
  if (reach === undefined || (reach.entities.includes(header.entity) && reach.lines.includes(header.line))) return;
  throw new VaultError("outside-scope", "this retention unit belongs to an entity or line outside the scope");
}

/** Throws VaultError "forged" when the row was not written by the vault. */
export function assertUnitMac(keys: Pick<Keys, "verifyAuthorityMac">, row: UnitRow): UnitHeader {
  if (!hasGoodUnitMac(keys, row))
    throw new VaultError("forged", "a retention unit was changed behind the vault's back");
  return row;
}

export function hasGoodUnitMac(keys: Pick<Keys, "verifyAuthorityMac">, row: UnitRow): boolean {
  return keys.verifyAuthorityMac(asToken(row.mac), macParts(row));
}

export function unitWrite(header: UnitHeader): AuthorityWrite {
  const { unitId, customerId, revision } = header;
  return { row: "retention-unit", id: unitId, customer: customerId, revision, digest: rowDigest(macParts(header)) };
}

function macParts(header: UnitHeader): string[] {
  return [
    "retention-unit",
    header.customerId,
    header.unitId,
    header.kind,
    header.entity,
    header.brand,
    header.line,
    header.book ?? "",
    header.status,
    String(header.revision),
    header.act,
  ];
}
