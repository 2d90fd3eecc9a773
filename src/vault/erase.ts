// Erasure, as the vault sees it: the keys go at once, what they sealed is removed later, so that the cost does not depend on how much there is.
import type { Uuid } from "../kernel/bytes.ts";
import type { LinkKind } from "../kernel/vocabulary.ts";
import type { AuthorityState } from "../keys/keys.ts";
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
  /** Units of others in which this customer's name may stand: they were linked to it. */
  readonly mentions: readonly Mention[];
}

export interface Mention {
  readonly customer: Uuid;
  /** Null: anywhere in that customer's file. */
  readonly unit: Uuid | null;
  readonly kind: LinkKind;
}

/** The customer's revision that the decision to erase rests on, where one was taken. */
interface RestsOn {
  readonly restsOn?: number;
}

/** Erases everything of a customer, for good. Throws VaultError "not-found", "erased", "held", "stale", "forged". */
export async function eraseCustomer(
  parts: EraseParts,
  tx: Transaction,
  act: Uuid,
  { customerId, restsOn }: RestsOn & { readonly customerId: Uuid },
): Promise<ErasureResult> {
  const { authority, mentions } = await endLinks(
    parts,
    tx,
    { act, customerId, unitId: null },
    (state, id, revision) => {
      if (id !== customerId) return state;
      assertMayGo(state, { unitId: null, revision, restsOn });
      // Flags tell of the person (minor, endangered); the digest of assignments must go on fitting the rows that access/ keeps.
      return { ...state, status: "erased", flags: [] };
    },
  );
  const erasureId = newId();
  await parts.keys.requestErasure(tx, { erasureId, customerId, unitId: null, act });
  return { erasureId, mentions, written: { writes: [], authority, classes: [], customers: [customerId] } };
}

/** Erases one retention unit with all its records. Throws VaultError "not-found", "erased", "held", "stale", "forged". */
export async function eraseUnit(
  parts: EraseParts,
  tx: Transaction,
  act: Uuid,
  place: RestsOn & { readonly customerId: Uuid; readonly unitId: Uuid },
): Promise<ErasureResult> {
  const { customerId, unitId, restsOn } = place;
  const { authority, mentions } = await endLinks(parts, tx, { act, customerId, unitId }, (state, id, revision) => {
    if (id === customerId) assertMayGo(state, { unitId, revision, restsOn });
    return state;
  });
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
    mentions,
    written: { writes: [], authority: [...authority, unitWrite(after)], classes: [], customers: [customerId] },
  };
}

/**
 * INVARIANT: nothing under a legal hold is erased, whoever asks and by whatever way: judged under the customer's lock, by the sealed state itself, so that
 * no row that is missing elsewhere lets it pass (docs/decisions/0140).
 */
function assertMayGo(
  { holds = [] }: AuthorityState,
  of: { readonly unitId: Uuid | null; readonly revision: number; readonly restsOn: number | undefined },
): void {
  if (holds.some((hold) => of.unitId === null || hold.unitId === null || hold.unitId === of.unitId))
    throw new VaultError("held", "this is under a legal hold: nothing under it is erased");
  if (of.restsOn !== undefined && of.restsOn !== of.revision)
    throw new VaultError("stale", "what the erasure was judged by has just changed; ask again");
}

/** What is swept later must be no live link then: nobody's relationship may rest on what has been erased. */
async function endLinks(
  { keys }: EraseParts,
  tx: Transaction,
  { act, customerId, unitId }: ErasedPlace & { readonly act: Uuid },
  next: NextState,
): Promise<{ readonly authority: AuthorityWrite[]; readonly mentions: Mention[] }> {
  const ends = (side: LinkSide): boolean =>
    unitId === null ? [side.customerId, side.otherCustomerId].includes(customerId) : side.unitId === unitId;
  const ending = (await readLiveLinks(tx, [customerId], LIVE_LINKS_MAX)).filter(ends);
  const customerIds = [...new Set([customerId, ...ending.map(({ otherCustomerId }) => otherCustomerId)])];
  const { customers, sides } = await changeLinks(keys, tx, { act, customerIds, start: [], ends }, next);
  // The other's own side of each link: what it says of this customer stands in the other's file, which stays.
  const mentions = ending.flatMap(({ customerId: own, otherCustomerId, side, unitId: about, kind }) =>
    own === customerId ? [{ customer: otherCustomerId, unit: side === "from" ? about : null, kind }] : [],
  );
  return { authority: [...customers, ...linkWrites(sides)], mentions };
}

const SWEEP_ERASURES_MAX = 100;
const SWEEP_BATCH_RECORDS = 500;

export interface SweepOptions {
  readonly signal?: AbortSignal;
  readonly final?: readonly Uuid[];
}

/**
 * Removes what earlier erasures have made unreadable, in short transactions. For a job; safe to stop and to run twice. Returns how many erasures are
 * swept by now. Those that are `final` just now are swept whatever their rows say of it, which stands under no MAC.
 */
export async function sweepErased(
  parts: EraseParts & { readonly database: Database },
  { signal, final = [] }: SweepOptions = {},
): Promise<number> {
  const { database, keys } = parts;
  const unswept = await keys.unsweptErasures(database, SWEEP_ERASURES_MAX);
  const besides = final.filter((erasureId) => unswept.every((each) => each.erasureId !== erasureId));
  const erasures = [...unswept, ...(await Promise.all(besides.map((erasureId) => keys.erasure(database, erasureId))))];
  for (const { erasureId, customerId, unitId } of erasures) {
    const place = { customerId, unitId };
    let deleted = SWEEP_BATCH_RECORDS;
    while (deleted === SWEEP_BATCH_RECORDS) {
      signal?.throwIfAborted();
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
