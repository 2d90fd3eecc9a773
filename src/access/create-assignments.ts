// Gives customers' files into hands: one assignment or a feed's batch, in one act.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { WrittenRow } from "./act.ts";
import type { Action } from "./actions.ts";
import { checkAssignees } from "./assignees.ts";
import type { Assignment, StoredAssignment } from "./assignment-row.ts";
import { intactAssignments, lockForChange, type LockedCustomer } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { checkPeriod } from "./period.ts";
import { refuseOwn, requireRight } from "./right.ts";
import type { Within } from "./within.ts";
import { describedAssignment, putAssigned, writeAssignments } from "./write-assignments.ts";

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
  const act = newId();
  const { put, ids, customers } = await planned(context, within, act, requests);
  if (put.length === 0) {
    await within.also?.(within.tx, ids);
    return ids;
  }
  await writeAssignments(context, within, {
    act,
    action: "assignment.create",
    customers,
    put,
    ids,
    // An investigation must not show in what the customer or an ordinary reader sees of the ledger.
    withheld: isInvestigation(requests),
    detail: { assignments: put.map(describedAssignment) },
  });
  return ids;
}

/**
 * As one part of another domain's act, whose entry names the rows that are answered. INVARIANT: never into the hands of the actor or of its own
 * groups. Throws as `createAssignments`.
 */
export async function assignAlong(
  context: AccessContext,
  within: Pick<Within, "tx" | "actor">,
  { act, action, request }: { readonly act: Uuid; readonly action: Action; readonly request: AssignmentRequest },
): Promise<AssignedAlong> {
  requireRight(context, within.actor, action);
  const { put, ids, customers } = await planned(context, within, act, [request]);
  return { assignmentId: ids[0]!, written: await putAssigned(context, within.tx, { act, customers, put }) };
}

export interface AssignedAlong {
  readonly assignmentId: Uuid;
  readonly written: readonly WrittenRow[];
}

interface Planned {
  /** New ones, and the customers they are about, locked. */
  readonly put: readonly StoredAssignment[];
  readonly customers: readonly LockedCustomer[];
  /** In the order asked. */
  readonly ids: Uuid[];
}

async function planned(
  context: AccessContext,
  within: Pick<Within, "tx" | "actor">,
  act: Uuid,
  requests: readonly AssignmentRequest[],
): Promise<Planned> {
  const now = context.clock.now();
  checkRequests(requests, now);
  const assigneeIds = [...new Set(requests.map((request) => request.assigneeId))];
  await refuseOwn(context, within, assigneeIds);
  await checkAssignees(context, within.tx, assigneeIds);
  const customerIds = requests.map((request) => request.customerId);
  const locked = await lockForChange(context, within.tx, customerIds);
  const wanted = planAssignments(locked, requests, { act, now });
  const put = [...new Set(wanted)].filter((assignment) => assignment.act === act);
  const customers = locked.filter(({ customerId }) => put.some((each) => each.customerId === customerId));
  return { put, customers, ids: wanted.map(({ assignmentId }) => assignmentId) };
}

function checkRequests(requests: readonly AssignmentRequest[], now: Date): void {
  if (requests.length === 0 || requests.length > ASSIGNMENTS_MAX) throw new AccessError("too-many");
  for (const request of requests) {
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
