// Writes assignments of locked customers, with the digest that shows them complete, and the ledger entry for both.
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { contentDigest, recordAct, type WrittenRow } from "./act.ts";
import type { Action } from "./actions.ts";
import { assignmentParts, assignmentsDigest, hasLapsed, type StoredAssignment } from "./assignment-row.ts";
import { putAssignments } from "./assignment-store.ts";
import { intactAssignments, saveCustomers, type CustomerChange, type LockedCustomer } from "./change-customers.ts";
import type { AccessContext } from "./context.ts";
import type { Transaction } from "../postgres/database.ts";
import type { Within } from "./within.ts";

export interface AssignmentsChange {
  readonly act: Uuid;
  readonly action: Action;
  /** Locked, and each the customer of at least one of `put`. */
  readonly customers: readonly LockedCustomer[];
  /** New assignments, and new revisions of open ones. */
  readonly put: readonly StoredAssignment[];
  /** What `within.also` is told. */
  readonly ids: readonly Uuid[];
  readonly withheld: boolean;
  readonly detail: { readonly [key: string]: Json };
}

export async function writeAssignments(
  context: AccessContext,
  within: Within,
  change: AssignmentsChange,
): Promise<void> {
  const written = await putAssigned(context, within.tx, change);
  await within.also?.(within.tx, change.ids);
  await recordAct(context, within.tx, within.actor, {
    entryId: change.act,
    kind: "assignment",
    action: change.action,
    written,
    customers: change.customers.map(({ customerId }) => customerId),
    withheld: change.withheld,
    detail: change.detail,
  });
}

/** Without the entry, whose caller names in it what is answered. */
export async function putAssigned(
  context: AccessContext,
  tx: Transaction,
  change: Pick<AssignmentsChange, "act" | "customers" | "put">,
): Promise<WrittenRow[]> {
  const now = context.clock.now();
  const changes = change.customers.map((customer) => changeOf(customer, change, now));
  const rows = changes.flatMap((each) => each.rows);
  await putAssignments(
    tx,
    rows.map((assignment) => ({ assignment, mac: context.keys.authorityMac(assignmentParts(assignment)) })),
  );
  const customers = await saveCustomers(context, tx, change.act, changes);
  return [...rows.map(writtenRow), ...customers];
}

/** One customer's next state. Assignments that have lapsed leave the digest on this occasion, so that it never covers a long past. */
function changeOf(
  before: LockedCustomer,
  { act, put }: Pick<AssignmentsChange, "act" | "put">,
  now: Date,
): CustomerChange & { readonly rows: readonly StoredAssignment[] } {
  const own = put.filter(({ customerId }) => customerId === before.customerId);
  const changed = new Set(own.map(({ assignmentId }) => assignmentId));
  const others = intactAssignments(before).filter(({ assignmentId }) => !changed.has(assignmentId));
  const lapsed = others.filter((assignment) => hasLapsed(assignment, now)).map((assignment) => ended(assignment, act));
  const open = [
    ...others.filter((assignment) => !hasLapsed(assignment, now)),
    ...own.filter(({ state }) => state === "open"),
  ];
  return { before, rows: [...own, ...lapsed], state: { ...before.state, assignmentsDigest: assignmentsDigest(open) } };
}

/** The next revision of an assignment, out of force from its end on. */
export function ended(assignment: StoredAssignment, act: Uuid): StoredAssignment {
  return { ...assignment, state: "ended", revision: assignment.revision + 1, act };
}

function writtenRow(assignment: StoredAssignment): WrittenRow {
  const digest = contentDigest(assignmentParts(assignment));
  const { assignmentId: id, customerId: customer, revision } = assignment;
  return { row: "assignment", id, customer, revision, digest };
}

/** What an auditor reads later. */
export function describedAssignment(assignment: StoredAssignment): Json {
  return {
    id: assignment.assignmentId,
    customer: assignment.customerId,
    assignee: assignment.assigneeId,
    unit: assignment.unitId,
    kind: assignment.kind,
    startsAt: assignment.startsAt.toISOString(),
    endsAt: assignment.endsAt?.toISOString() ?? null,
  };
}
