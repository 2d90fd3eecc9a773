// Erasure, as the vault sees it: the keys go at once, what they sealed is removed later, so that the cost does not depend on how much there is.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Database, Transaction } from "../postgres/database.ts";
import type { NextState } from "./authority.ts";
import { VaultError } from "./errors.ts";
import { linkWrites } from "./link-customers.ts";
import { type LinkSide, readLiveLinks } from "./link-store.ts";
import { changeLinks, LIVE_LINKS_MAX } from "./live-links.ts";
import type { VaultParts } from "./parts.ts";
import { type ErasedPlace, deleteKeysAndLinks, deleteOfCustomer, deleteRecords } from "./sweep-store.ts";
import { assertUnitMac, unitWrite, withUnitMac } from "./unit-header.ts";
import { lockUnit, updateUnit } from "./unit-store.ts";
import type { AuthorityWrite, Written } from "./written.ts";

type EraseParts = Pick<VaultParts, "keys">;

export interface ErasureResult {
  readonly erasureId: Uuid;
  readonly written: Written;
}

/** Erases everything of a customer, for good. Throws VaultError "not-found", "erased", "forged". */
export async function eraseCustomer(
  parts: EraseParts,
  tx: Transaction,
  act: Uuid,
  customerId: Uuid,
): Promise<ErasureResult> {
  // Flags tell of the person (minor, endangered); the digest of assignments must go on fitting the rows that access/ keeps.
  const authority = await endLinks(parts, tx, { act, customerId, unitId: null }, (state, id) =>
    id === customerId ? { ...state, status: "erased", flags: [] } : state,
  );
  const erasureId = newId();
  await parts.keys.requestErasure(tx, { erasureId, customerId, unitId: null, act });
  return { erasureId, written: { writes: [], authority, classes: [], customers: [customerId] } };
}

/** Erases one retention unit with all its records. Throws VaultError "not-found", "erased", "forged". */
export async function eraseUnit(
  parts: EraseParts,
  tx: Transaction,
  act: Uuid,
  place: { readonly customerId: Uuid; readonly unitId: Uuid },
): Promise<ErasureResult> {
  const { customerId, unitId } = place;
  const authority = await endLinks(parts, tx, { act, customerId, unitId });
  const row = await lockUnit(tx, customerId, unitId);
  if (row === null) throw new VaultError("not-found", "no such retention unit");
  const before = assertUnitMac(parts.keys, row);
  if (before.status === "erased") throw new VaultError("erased", "this retention unit has been erased");
  const after = withUnitMac(parts.keys, { ...before, status: "erased", revision: before.revision + 1, act });
  await updateUnit(tx, after);
  const erasureId = newId();
  await parts.keys.requestErasure(tx, { erasureId, customerId, unitId, act });
  return {
    erasureId,
    written: { writes: [], authority: [...authority, unitWrite(after)], classes: [], customers: [customerId] },
  };
}

/** What is swept later must be no live link then: nobody's relationship may rest on what has been erased. */
async function endLinks(
  { keys }: EraseParts,
  tx: Transaction,
  { act, customerId, unitId }: ErasedPlace & { readonly act: Uuid },
  next?: NextState,
): Promise<AuthorityWrite[]> {
  const ends = (side: LinkSide): boolean =>
    unitId === null ? [side.customerId, side.otherCustomerId].includes(customerId) : side.unitId === unitId;
  const ending = (await readLiveLinks(tx, [customerId], LIVE_LINKS_MAX)).filter(ends);
  const customerIds = [...new Set([customerId, ...ending.map(({ otherCustomerId }) => otherCustomerId)])];
  const { customers, sides } = await changeLinks(keys, tx, { act, customerIds, start: [], ends }, next);
  return [...customers, ...linkWrites(sides)];
}

const SWEEP_ERASURES_MAX = 100;
const SWEEP_BATCH_RECORDS = 500;

/**
 * Removes what earlier erasures have made unreadable, in short transactions. For a job; safe to stop and to run twice. Returns how many erasures are
 * swept by now.
 */
export async function sweepErased(
  parts: EraseParts & { readonly database: Database },
  options: { readonly signal?: AbortSignal } = {},
): Promise<number> {
  const erasures = await parts.keys.unsweptErasures(parts.database, SWEEP_ERASURES_MAX);
  for (const { erasureId, customerId, unitId } of erasures) {
    const place = { customerId, unitId };
    let deleted = SWEEP_BATCH_RECORDS;
    while (deleted === SWEEP_BATCH_RECORDS) {
      options.signal?.throwIfAborted();
      deleted = await parts.database.transaction((tx) => deleteRecords(tx, place, SWEEP_BATCH_RECORDS));
    }
    await parts.database.transaction(async (tx) => {
      await deleteKeysAndLinks(tx, place);
      if (unitId === null) await deleteOfCustomer(tx, customerId);
      await parts.keys.markSwept(tx, erasureId);
    });
  }
  return erasures.length;
}
