// Gives customers' files into hands: one assignment or a feed's batch, in one act.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { checkAssignees } from "./assignees.ts";
import type { Assignment, StoredAssignment } from "./assignment-row.ts";
import { intactAssignments, lockForChange, type LockedCustomer } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { checkPeriod } from "./period.ts";
import { refuseOwn, requireRight } from "./right.ts";
import type { Within } from "./within.ts";
import { describedAssignment, writeAssignments } from "./write-assignments.ts";

const ASSIGNMENTS_MAX = 500;

export type AssignmentRequest = Omit<Assignment, "assignmentId" | "startsAt"> & {
  /** Now, when left out. */
  readonly startsAt?: Date | undefined;
};

/**
 * Returns the ids in the order asked; where the same assignment is open already it is that one's id, so that a feed may repeat itself.
 * Throws AccessError `not-permitted`, `own-authority`, `too-many` above 500, `bad-period`, `mixed-kinds`, `unknown-customer`, `erased`,
 * `wrong-status` for an assignee that is revoked, `forged-authority`, `stale-actor`.
 */
export async function createAssignments(
  context: AccessContext,
  within: Within,
  requests: readonly AssignmentRequest[],
): Promise<Uuid[]> {
  requireRight(context, within.actor, "assignment.create");
  const now = context.clock.now();
  checkRequests(within, requests, now);
  await checkAssignees(context, within.tx, [...new Set(requests.map((request) => request.assigneeId))]);
  const customerIds = requests.map((request) => request.customerId);
  const customers = await lockForChange(context, within.tx, customerIds);
  const act = newId();
  const wanted = planAssignments(customers, requests, { act, now });
  const ids = wanted.map((assignment) => assignment.assignmentId);
  const put = [...new Set(wanted)].filter((assignment) => assignment.act === act);
  if (put.length === 0) {
    await within.also?.(within.tx, ids);
    return ids;
  }
  await writeAssignments(context, within, {
    act,
    action: "assignment.create",
    customers: customers.filter(({ customerId }) => put.some((each) => each.customerId === customerId)),
    put,
    ids,
    // An investigation must not show in what the customer or an ordinary reader sees of the ledger.
    withheld: isInvestigation(requests),
    detail: { assignments: put.map(describedAssignment) },
  });
  return ids;
}

function checkRequests(within: Within, requests: readonly AssignmentRequest[], now: Date): void {
  if (requests.length === 0 || requests.length > ASSIGNMENTS_MAX) throw new AccessError("too-many");
  for (const request of requests) {
    refuseOwn(within.actor, request.assigneeId);
    checkPeriod({ startsAt: request.startsAt ?? now, endsAt: request.endsAt }, now);
  }
  if (isInvestigation(requests) && requests.some(({ kind }) => kind !== "investigation"))
    throw new AccessError("mixed-kinds");
}

function isInvestigation(requests: readonly AssignmentRequest[]): boolean {
  return requests.some(({ kind }) => kind === "investigation");
}

interface Moment {
  readonly act: Uuid;
  readonly now: Date;
}

/** What is asked for, one a request: the open assignment that is the same already, else a new one, made once for requests that are alike. */
function planAssignments(
  customers: readonly LockedCustomer[],
  requests: readonly AssignmentRequest[],
  moment: Moment,
): StoredAssignment[] {
  const known = new Map<string, StoredAssignment>();
  for (const customer of customers) {
    for (const open of intactAssignments(customer)) if (open.startsAt <= moment.now) known.set(sameness(open), open);
  }
  return requests.map((request) => {
    const key = sameness(request);
    const assignment = known.get(key) ?? newAssignment(request, moment);
    known.set(key, assignment);
    return assignment;
  });
}

function sameness(assignment: Pick<Assignment, "customerId" | "assigneeId" | "unitId" | "kind" | "endsAt">): string {
  const { customerId, assigneeId, unitId, kind, endsAt } = assignment;
  return [customerId, assigneeId, unitId, kind, endsAt?.getTime()].join("/");
}

function newAssignment(request: AssignmentRequest, { act, now }: Moment): StoredAssignment {
  const { customerId, assigneeId, unitId, kind, endsAt, startsAt = now } = request;
  return {
    customerId,
    assignmentId: newId(),
    assigneeId,
    unitId,
    kind,
    startsAt,
    endsAt,
    state: "open",
    revision: 1,
    act,
  };
}
