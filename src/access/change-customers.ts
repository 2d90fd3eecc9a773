// What every change of customers' authority has in common: lock, verify, change, one revision further, seal.
import type { Uuid } from "../kernel/bytes.ts";
import type { AuthorityState } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import type { WrittenRow } from "./act.ts";
import type { StoredAssignment } from "./assignment-row.ts";
import { lockCustomers, updateCustomers } from "./assignment-store.ts";
import type { AccessContext } from "./context.ts";
import { readCustomerAuthorities } from "./customer-authority.ts";
import type { CustomerAuthority } from "./customer-state.ts";
import { sealCustomerState } from "./customer-state.ts";
import { AccessError } from "./errors.ts";

/** A customer under lock whose state verified and which has not been erased. */
export interface LockedCustomer extends CustomerAuthority {
  readonly state: AuthorityState;
}

/** In order of id. Throws AccessError `unknown-customer`, `forged-authority`, `erased`. */
export async function lockForChange(
  context: AccessContext,
  tx: Transaction,
  customerIds: readonly Uuid[],
): Promise<LockedCustomer[]> {
  const ids = [...new Set(customerIds)].sort();
  await lockCustomers(tx, ids);
  const found = await readCustomerAuthorities(context, tx, ids);
  return ids.map((customerId) => {
    const authority = found.get(customerId);
    if (authority === undefined) throw new AccessError("unknown-customer");
    const { state } = authority;
    if (state === null) throw new AccessError("forged-authority");
    if (state.status === "erased") throw new AccessError("erased");
    return { ...authority, state };
  });
}

/** The open assignments of a locked customer. INVARIANT: a digest is only rewritten over rows that verified, lest it launder forged ones. */
export function intactAssignments(customer: LockedCustomer): readonly StoredAssignment[] {
  if (customer.open === null) throw new AccessError("forged-authority");
  return customer.open;
}

export interface CustomerChange {
  readonly before: LockedCustomer;
  readonly state: AuthorityState;
}

/** Writes the states, each one revision further under `act`. */
export async function saveCustomers(
  context: AccessContext,
  tx: Transaction,
  act: Uuid,
  changes: readonly CustomerChange[],
): Promise<WrittenRow[]> {
  const updates = changes.map(({ before, state }) => {
    const place = { customerId: before.customerId, revision: before.revision + 1, act };
    return { ...place, authority: sealCustomerState(context.keys, place, state) };
  });
  await updateCustomers(tx, updates);
  return updates.map(({ customerId, revision }) => ({
    row: "customer",
    id: customerId,
    customer: customerId,
    revision,
    digest: null,
  }));
}
