// Disputed fields in the sealed state of a customer: marked, and marked no more, as part of another domain's act, which keeps the words.
import type { Uuid } from "../kernel/bytes.ts";
import type { AuthorityDispute } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import type { WrittenRow } from "./act.ts";
import { lockForChange, saveCustomers } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";

/** Each is up to half a KiB of the sealed state, which is read with every decision about the customer. */
const DISPUTES_MAX = 20;

export interface DisputeChange {
  readonly add: AuthorityDispute | null;
  /** The statement that is withdrawn, or replaced by the one that is added. */
  readonly end: Uuid | null;
}

/** Call it before other rows are locked. Throws AccessError `unknown-customer`, `erased`, `too-many-disputes`, `forged-authority`. */
export async function changeDisputes(
  context: AccessContext,
  tx: Transaction,
  { customerId, act, add, end }: DisputeChange & { readonly customerId: Uuid; readonly act: Uuid },
): Promise<WrittenRow> {
  const [before] = await lockForChange(context, tx, [customerId]);
  if (before === undefined) throw new AccessError("unknown-customer");
  const kept = (before.state.disputes ?? []).filter(({ statementId }) => statementId !== end);
  const disputes = add === null ? kept : [...kept, add];
  if (disputes.length > DISPUTES_MAX) throw new AccessError("too-many-disputes");
  const [written] = await saveCustomers(context, tx, act, [{ before, state: { ...before.state, disputes } }]);
  if (written === undefined) throw new AccessError("unknown-customer");
  return written;
}
