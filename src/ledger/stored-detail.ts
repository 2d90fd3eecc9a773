// Finds the detail of a stored entry: as it was sealed when it was written, or as sealed again after a rotation.
import type { Querier } from "../postgres/database.ts";
import { openDetail } from "./detail.ts";
import type { LedgerKeys, OpenedDetail } from "./detail.ts";
import { LedgerError } from "./errors.ts";
import { readReseals } from "./store-reseal.ts";
import type { StoredDetail } from "./store-reseal.ts";

/**
 * What was written first, else the newest reseal that opens: a bad one that somebody inserted hides no good one. Whichever opens says the same, since
 * the seal is bound to the leaf, which commits to the detail. Throws LedgerError "corrupt" when none opens.
 */
export async function openStored(
  on: Querier,
  keys: LedgerKeys,
  stored: Omit<StoredDetail, "newest">,
): Promise<OpenedDetail> {
  const first = tryOpen(keys, stored.leaf, stored.detail);
  if (first !== null) return first;
  for await (const reseal of readReseals(on, stored)) {
    const opened = tryOpen(keys, stored.leaf, reseal);
    if (opened !== null) return opened;
  }
  return openDetail(keys, stored.leaf, stored.detail);
}

export type DetailFault = "detail-does-not-open" | "reseal-does-not-open";

export interface FoundDetail {
  readonly opened: OpenedDetail | null;
  readonly faults: readonly DetailFault[];
  /** Opens under the version that is written under now: older ones are not needed for it. */
  readonly isUnderNewest: boolean;
}

/** For verification and for resealing: looks at everything that is there, not at the first that will do. */
export async function inspectStored(on: Querier, keys: LedgerKeys, stored: StoredDetail): Promise<FoundDetail> {
  const { leaf, detail, newest } = stored;
  const first = tryOpen(keys, leaf, detail);
  const latest = newest === null ? null : tryOpen(keys, leaf, newest);
  const opened = first ?? latest ?? (newest === null ? null : await openOrNull(on, keys, stored));
  const faults: DetailFault[] = [];
  // Of a version that was destroyed it is no fault: that is what resealing was for.
  const shouldOpen = opened === null || keys.standing("ledger-detail", detail) !== "unknown";
  if (first === null && shouldOpen) faults.push("detail-does-not-open");
  if (newest !== null && latest === null) faults.push("reseal-does-not-open");
  const isUnderNewest =
    (first !== null && keys.standing("ledger-detail", detail) === "newest") ||
    (newest !== null && latest !== null && keys.standing("ledger-detail", newest) === "newest");
  return { opened, faults, isUnderNewest };
}

async function openOrNull(on: Querier, keys: LedgerKeys, stored: StoredDetail): Promise<OpenedDetail | null> {
  try {
    return await openStored(on, keys, stored);
  } catch (error) {
    if (error instanceof LedgerError && error.code === "corrupt") return null;
    throw error;
  }
}

function tryOpen(keys: LedgerKeys, leaf: Uint8Array, sealed: Uint8Array): OpenedDetail | null {
  try {
    return openDetail(keys, leaf, sealed);
  } catch {
    return null;
  }
}
