// Moves a customer's revision where something else that decisions about them rest on was changed, so that none taken before goes out after.
import type { Uuid } from "../kernel/bytes.ts";
import type { AuthorityFlag } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import type { WrittenRow } from "./act.ts";
import { lockForChange, saveCustomers } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";

export type ChangeFlags = (flags: readonly AuthorityFlag[]) => readonly AuthorityFlag[];

export interface CustomerMove {
  readonly customerId: Uuid;
  readonly act: Uuid;
  /** Nothing else of the customer changes. */
  readonly flags?: ChangeFlags | undefined;
}

/** Call it before anything else is locked, and for several in order of their ids. Throws AccessError `unknown-customer`, `erased`, `forged-authority`. */
export async function moveCustomer(
  context: AccessContext,
  tx: Transaction,
  { customerId, act, flags = (same) => same }: CustomerMove,
): Promise<WrittenRow> {
  const [before] = await lockForChange(context, tx, [customerId]);
  if (before === undefined) throw new AccessError("unknown-customer");
  const state = { ...before.state, flags: flags(before.state.flags) };
  const [written] = await saveCustomers(context, tx, act, [{ before, state }]);
  if (written === undefined) throw new AccessError("unknown-customer");
  return written;
}
