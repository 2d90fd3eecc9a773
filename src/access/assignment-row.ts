// An assignment as stored: what its MAC covers, and the digest over all open assignments of a customer, which shows that none is missing.
import { z } from "zod";
import { lengthPrefixed, u64be, type Uuid } from "../kernel/bytes.ts";
import { asId, idBytes } from "../kernel/ids.ts";
import { ASSIGNMENT_KINDS, type AssignmentKind } from "../kernel/vocabulary.ts";
import { authorityDigest } from "../keys/keys.ts";
import type { AuthorityKeys } from "./authority-keys.ts";

/** Who was given what of a customer, from when until when. */
export interface Assignment {
  readonly customerId: Uuid;
  readonly assignmentId: Uuid;
  /** A principal, or a group that principals belong to. */
  readonly assigneeId: Uuid;
  /** The policy, claim or case it is for; null is the customer as a whole. */
  readonly unitId: Uuid | null;
  readonly kind: AssignmentKind;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

export interface StoredAssignment extends Assignment {
  /** The customer's digest covers the open ones. An open one may have lapsed by its end. */
  readonly state: "open" | "ended";
  readonly revision: number;
  readonly act: Uuid;
}

/** The row as PostgreSQL gives it. */
export interface AssignmentRow {
  readonly customer_id: string;
  readonly assignment_id: string;
  readonly mac: Uint8Array;
  readonly [column: string]: unknown;
}

const id = z.string().transform(asId);
const storedRow = z.object({
  customer_id: id,
  assignment_id: id,
  assignee_id: id,
  unit_id: id.nullable(),
  kind: z.enum(ASSIGNMENT_KINDS),
  state: z.enum(["open", "ended"]),
  starts_at: z.date(),
  ends_at: z.date().nullable(),
  revision: z.int().min(1),
  act: id,
});

/** Null when the row's MAC is not ours. */
export function verifiedAssignment(keys: AuthorityKeys, row: AssignmentRow): StoredAssignment | null {
  const assignment = parseAssignment(row);
  if (assignment === null || !keys.verifyAuthorityMac(row.mac, assignmentParts(assignment))) return null;
  return assignment;
}

function parseAssignment(row: AssignmentRow): StoredAssignment | null {
  let parsed: z.infer<typeof storedRow>;
  try {
    parsed = storedRow.parse(row);
  } catch {
    return null;
  }
  return {
    customerId: parsed.customer_id,
    assignmentId: parsed.assignment_id,
    assigneeId: parsed.assignee_id,
    unitId: parsed.unit_id,
    kind: parsed.kind,
    state: parsed.state,
    startsAt: parsed.starts_at,
    endsAt: parsed.ends_at,
    revision: parsed.revision,
    act: parsed.act,
  };
}

/** What the MAC covers: every column but itself. */
export function assignmentParts(assignment: StoredAssignment): (Uint8Array | string)[] {
  return [
    "uberrima/assignment/v1",
    idBytes(assignment.customerId),
    idBytes(assignment.assignmentId),
    idBytes(assignment.assigneeId),
    assignment.unitId === null ? "" : idBytes(assignment.unitId),
    assignment.kind,
    assignment.state,
    u64be(assignment.startsAt.getTime()),
    assignment.endsAt === null ? "" : u64be(assignment.endsAt.getTime()),
    u64be(assignment.revision),
    idBytes(assignment.act),
  ];
}

/**
 * Over the content of the open assignments, in order of id, and not over their MACs, which change when keys rotate. Lower-case hex; of no
 * assignments it is the digest of the label alone.
 */
export function assignmentsDigest(open: readonly StoredAssignment[]): string {
  const inOrder = open.toSorted((left, right) => (left.assignmentId < right.assignmentId ? -1 : 1));
  return authorityDigest(
    "assignments",
    inOrder.map((assignment) => lengthPrefixed(...assignmentParts(assignment))),
  );
}

/** In force at `now`: open, started, not lapsed. */
export function isAssignmentInForce(assignment: StoredAssignment, now: Date): boolean {
  return assignment.state === "open" && assignment.startsAt <= now && !hasLapsed(assignment, now);
}

export function hasLapsed(assignment: StoredAssignment, now: Date): boolean {
  return assignment.endsAt !== null && assignment.endsAt <= now;
}
