// Takes files out of hands again, at once.
import { newId } from "../kernel/ids.ts";
import type { StoredAssignment } from "./assignment-row.ts";
import type { AssignmentKey } from "./assignment-store.ts";
import { intactAssignments, lockForChange, type LockedCustomer } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";
import { describedAssignment, ended, writeAssignments } from "./write-assignments.ts";

const ASSIGNMENTS_MAX = 500;

/** Throws AccessError `not-permitted`, `too-many` above 500, `unknown-assignment`, `unknown-customer`, `mixed-kinds`, `forged-authority`. */
export async function endAssignments(
  context: AccessContext,
  within: Within,
  keys: readonly AssignmentKey[],
): Promise<void> {
  requireRight(context, within.actor, "assignment.end");
  if (keys.length === 0 || keys.length > ASSIGNMENTS_MAX) throw new AccessError("too-many");
  const customerIds = keys.map(({ customerId }) => customerId);
  const customers = await lockForChange(context, within.tx, customerIds);
  const now = context.clock.now();
  const act = newId();
  const put = [...new Set(keys.map((key) => findOpen(customers, key)))].map((open) =>
    ended({ ...open, endsAt: endOf(open, now) }, act),
  );
  const withheld = put.some(({ kind }) => kind === "investigation");
  if (withheld && put.some(({ kind }) => kind !== "investigation")) throw new AccessError("mixed-kinds");
  await writeAssignments(context, within, {
    act,
    action: "assignment.end",
    customers,
    put,
    ids: keys.map(({ assignmentId }) => assignmentId),
    withheld,
    detail: { assignments: put.map(describedAssignment) },
  });
}

function findOpen(customers: readonly LockedCustomer[], key: AssignmentKey): StoredAssignment {
  const customer = customers.find(({ customerId }) => customerId === key.customerId);
  const open = customer && intactAssignments(customer).find(({ assignmentId }) => assignmentId === key.assignmentId);
  if (open === undefined) throw new AccessError("unknown-assignment");
  return open;
}

/** Now; no later than an end it had already, and no earlier than its start. */
function endOf({ startsAt, endsAt }: StoredAssignment, now: Date): Date {
  if (endsAt !== null && endsAt < now) return endsAt;
  return startsAt > now ? startsAt : now;
}
