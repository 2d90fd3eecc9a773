// The sealed state of a customer as this domain reads and writes it; the codec is the key domain's, since the vault writes it too.
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import {
  type AuthorityPlace,
  type AuthorityState,
  KeysError,
  openAuthorityState,
  sealAuthorityState,
} from "../keys/keys.ts";
import type { StoredAssignment } from "./assignment-row.ts";
import type { AuthorityKeys } from "./authority-keys.ts";

export interface CustomerAuthority {
  readonly customerId: Uuid;
  /** Decisions carry it; the ledger checks it again when a disclosure is sequenced. */
  readonly revision: number;
  readonly act: Uuid;
  /** Null when the sealed state is forged, rolled back or copied from another customer: nothing about this customer may be decided. */
  readonly state: AuthorityState | null;
  /** Open assignments, lapsed ones included; null when one was forged, removed or put back: then none counts. */
  readonly open: readonly StoredAssignment[] | null;
}

export function sealCustomerState(keys: AuthorityKeys, place: AuthorityPlace, state: AuthorityState): Sealed {
  return sealAuthorityState(keys, place, state);
}

/** Null when the state was not sealed for this customer, revision and act. Throws what is not a matter of the row, such as a missing key. */
export function openCustomerState(
  keys: AuthorityKeys,
  place: AuthorityPlace,
  sealed: Uint8Array,
): AuthorityState | null {
  try {
    return openAuthorityState(keys, place, sealed);
  } catch (error) {
    if (error instanceof KeysError && (error.code === "does-not-open" || error.code === "unknown-version")) return null;
    throw error;
  }
}
