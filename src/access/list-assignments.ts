// Lists what somebody was given, for the assignee's work list and for those who review access.
import { asId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { StoredAssignment } from "./assignment-row.ts";
import { selectAssigned, type AssignmentKey } from "./assignment-store.ts";
import type { AccessContext } from "./context.ts";
import { assignmentsInForce, readCustomerAuthorities } from "./customer-authority.ts";
import { AccessError } from "./errors.ts";

const PAGE_MAX = 200;

export interface AssignmentPage {
  readonly assignments: readonly StoredAssignment[];
  /** Where the next page starts; null at the end. */
  readonly next: AssignmentKey | null;
}

/**
 * The assignments in force of a principal and its groups, in order of customer. Every one is verified with its whole customer, so a page may
 * hold fewer than asked for. Throws AccessError `too-many` above 200 a page.
 */
export async function listAssigned(
  context: AccessContext,
  on: Querier,
  assigneeIds: readonly Uuid[],
  page: { readonly after: AssignmentKey | null; readonly limit: number },
): Promise<AssignmentPage> {
  if (!(page.limit >= 1 && page.limit <= PAGE_MAX)) throw new AccessError("too-many");
  const keys = (await selectAssigned(on, assigneeIds, page)).map((row) => ({
    customerId: asId(row.customer_id),
    assignmentId: asId(row.assignment_id),
  }));
  const authorities = await readCustomerAuthorities(context, on, [
    ...new Set(keys.map(({ customerId }) => customerId)),
  ]);
  const now = context.clock.now();
  const assignments = keys.flatMap((key) =>
    assignmentsInForce(authorities.get(key.customerId), now).filter(
      ({ assignmentId, assigneeId }) => assignmentId === key.assignmentId && assigneeIds.includes(assigneeId),
    ),
  );
  return { assignments, next: keys.length === page.limit ? (keys.at(-1) ?? null) : null };
}
