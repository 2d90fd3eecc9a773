// Changes of a retention unit that decisions rest on: it closes, reopens, or moves to another book.
import type { Uuid } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import { changeAuthority } from "./authority.ts";
import { VaultError } from "./errors.ts";
import type { VaultParts } from "./parts.ts";
import { assertUnitMac, unitWrite, withUnitMac } from "./unit-header.ts";
import { lockUnit, updateUnit } from "./unit-store.ts";
import type { Written } from "./written.ts";

export interface UnitChange {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  readonly status?: "open" | "closed";
  /** The producer's or block's group id. */
  readonly book?: Uuid | null;
}

/** Moves the customer one revision further. Throws VaultError "not-found", "erased", "forged". */
export async function changeUnit(
  parts: Pick<VaultParts, "keys">,
  tx: Transaction,
  act: Uuid,
  change: UnitChange,
): Promise<Written> {
  const { customerId, unitId } = change;
  const authority = await changeAuthority(tx, parts.keys, { customerIds: [customerId], act });
  const row = await lockUnit(tx, customerId, unitId);
  if (row === null) throw new VaultError("not-found", "no such retention unit");
  const before = assertUnitMac(parts.keys, row);
  if (before.status === "erased") throw new VaultError("erased", "this retention unit has been erased");
  const { status = before.status, book = before.book } = change;
  const after = withUnitMac(parts.keys, { ...before, status, book, revision: before.revision + 1, act });
  await updateUnit(tx, after);
  return { writes: [], authority: [...authority, unitWrite(after)], classes: [], customers: [customerId] };
}
