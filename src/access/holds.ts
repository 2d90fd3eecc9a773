// Legal holds in the sealed state of customers: set and lifted as part of another domain's act, which says why.
import type { Uuid } from "../kernel/bytes.ts";
import type { AuthorityHold } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import type { WrittenRow } from "./act.ts";
import { lockForChange, saveCustomers } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";

/** Each is some 110 bytes of the sealed state. */
const HOLDS_MAX = 100;

export interface HeldPlace {
  readonly customerId: Uuid;
  /** Null: everything of the customer, also what is added later. */
  readonly unitId: Uuid | null;
}

export interface HoldsChange {
  readonly holdId: Uuid;
  /** What stands already, or is gone already, is left as it is. */
  readonly set: readonly HeldPlace[];
  readonly lift: readonly HeldPlace[];
}

/**
 * Locks the customers in order of id: call it before other rows are locked. Each moves one revision further. Throws AccessError `unknown-customer`,
 * `erased`, `too-many-holds`, `forged-authority`.
 */
export async function changeHolds(
  context: AccessContext,
  tx: Transaction,
  act: Uuid,
  { holdId, set, lift }: HoldsChange,
): Promise<WrittenRow[]> {
  const customers = await lockForChange(
    context,
    tx,
    [...set, ...lift].map(({ customerId }) => customerId),
  );
  const changes = customers.map((before) => {
    const isOf = ({ customerId }: HeldPlace): boolean => customerId === before.customerId;
    const lifted = lift.filter(isOf).map(({ unitId }) => ({ holdId, unitId }));
    const asked = set.filter(isOf).map(({ unitId }) => ({ holdId, unitId }));
    const { holds: standing = [] } = before.state;
    const kept = standing.filter((hold) => !lifted.some((one) => isSame(one, hold)));
    const holds = [
      ...kept,
      ...asked.filter((one, at) => !kept.some((hold) => isSame(one, hold)) && isFirst(asked, at)),
    ];
    if (holds.length > HOLDS_MAX) throw new AccessError("too-many-holds");
    return { before, state: { ...before.state, holds } };
  });
  return saveCustomers(context, tx, act, changes);
}

function isSame(one: AuthorityHold, other: AuthorityHold): boolean {
  return one.holdId === other.holdId && one.unitId === other.unitId;
}

function isFirst(holds: readonly AuthorityHold[], at: number): boolean {
  const one = holds[at];
  return one !== undefined && holds.findIndex((other) => isSame(one, other)) === at;
}
