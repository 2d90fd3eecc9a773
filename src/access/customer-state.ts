// The sealed state of a customer as this domain reads and writes it; the codec is the key domain's, since the vault writes it too.
import type { Sealed } from "../kernel/bytes.ts";
import {
  type AuthorityPlace,
  type AuthorityState,
  KeysError,
  openAuthorityState,
  sealAuthorityState,
} from "../keys/keys.ts";
import type { AuthorityKeys } from "./context.ts";

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
