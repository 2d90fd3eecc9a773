// A review and its lines as they stand among authority rows, owned by the review's id.
import { z } from "zod";
import type { RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { ASSIGNMENT_KINDS, DATA_CLASSES, LINES, PURPOSES, ROLES } from "../kernel/vocabulary.ts";

const REVIEW_STATES = ["draft", "in-progress", "pending-actions", "complete", "cancelled"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
const SUBJECTS = ["staff", "client", "assignment", "role", "grant"] as const;
const DECISIONS = ["approve", "narrow", "revoke"] as const;
/** What puts a decision off: neither ends a line. */
const POSTPONEMENTS = ["defer", "escalate"] as const;
const LINE_FLAGS = [
  "orphaned",
  "dormant",
  "unused",
  "separation-of-duty",
  "role-creep",
  "no-mfa",
  "shared",
  "privileged",
] as const;
export type LineFlag = (typeof LINE_FLAGS)[number];

const id = z.string().refine((text): text is Uuid => parseId(text) === text);
const instant = z.iso.datetime();
const purpose = z.enum(PURPOSES);
const dataClass = z.enum(DATA_CLASSES);

const scope = z.strictObject({
  subjects: z.array(z.enum(SUBJECTS)),
  /** Of these roles, entities and principals; an empty list is all of them. */
  roles: z.array(z.enum(ROLES)),
  entities: z.array(z.string()),
  principals: z.array(id),
});
export type ReviewScope = z.infer<typeof scope>;

const review = z.strictObject({
  name: z.string().max(200),
  state: z.enum(REVIEW_STATES),
  scope,
  reviewers: z.array(id),
  /** Gets what is escalated, and what no other reviewer may decide. */
  escalation: id,
  dueAt: instant,
  /** What becomes of lines that are undecided when it is due. */
  overdue: z.enum(["approve", "revoke"]),
  createdBy: id,
  createdAt: instant,
  startedAt: instant.nullable(),
  lines: z.int(),
  closedAt: instant.nullable(),
  completedAt: instant.nullable(),
  /** The entries that made it what it is, oldest first. */
  acts: z.array(id),
});
export type Review = z.infer<typeof review>;

const narrowing = z.strictObject({
  purposes: z.array(purpose).nullable(),
  classes: z.array(dataClass).nullable(),
  entities: z.array(z.string()).nullable(),
  lines: z.array(z.enum(LINES)).nullable(),
});
/** What is left; null leaves that part as it stands. */
export type Narrowing = z.infer<typeof narrowing>;

const subject = z.strictObject({
  kind: z.enum(SUBJECTS),
  /** A principal's, for a grant its holder's; for a role, the review's own. */
  id,
  name: z.string(),
  role: z.enum(ROLES),
  status: z.string(),
  purposes: z.array(purpose),
  rowScope: z.string(),
  groups: z.int(),
  /** Elevations, approvals and emergency access in force. */
  grants: z.int(),
  entities: z.array(z.string()),
  lines: z.array(z.enum(LINES)),
  classes: z.array(dataClass).nullable(),
  expiresAt: instant.nullable(),
  revision: z.int(),
});
export type LineSubject = z.infer<typeof subject>;

const decision = z.strictObject({
  decision: z.enum([...DECISIONS, ...POSTPONEMENTS]),
  reason: z.string().max(500),
  /** Null for what the review's default decided. */
  by: id.nullable(),
  at: instant,
  narrowTo: narrowing.nullable(),
});
export type LineDecision = z.infer<typeof decision>;

const line = z.strictObject({
  subject,
  assignment: z
    .strictObject({
      customerId: id,
      assignmentId: id,
      kind: z.enum(ASSIGNMENT_KINDS),
      startsAt: instant,
      endsAt: instant.nullable(),
    })
    .nullable(),
  /** What is lent for a time. */
  grant: z
    .strictObject({
      grantId: id,
      form: z.enum(["elevation", "two-person", "break-glass"]),
      requestedAt: instant,
      untilAt: instant,
    })
    .nullable()
    .default(null),
  used: z.strictObject({
    since: instant,
    lastAt: instant.nullable(),
    acts: z.int(),
    purposes: z.array(purpose),
    classes: z.array(dataClass),
    customers: z.int(),
  }),
  peers: z.strictObject({ count: z.int(), actsMedian: z.number(), customersMedian: z.number() }),
  flags: z.array(z.enum(LINE_FLAGS)),
  /** Names of the rules of separation it breaks. */
  conflicts: z.array(z.string()),
  suggestion: z.strictObject({
    decision: z.enum(DECISIONS),
    narrowTo: narrowing.nullable(),
    because: z.array(z.string()),
  }),
  /** Who made or changed what is reviewed: they may not decide on it. */
  grantors: z.array(id),
  reviewer: id,
  decision: decision.nullable(),
  /** What put the decision off, oldest first. */
  postponed: z.array(decision),
  applied: z
    .strictObject({ at: instant, outcome: z.enum(["revoked", "narrowed", "ended", "gone", "kept"]) })
    .nullable(),
});
export type Line = z.infer<typeof line>;
/** Before it is known who decides. */
export type Unassigned = Omit<Line, "reviewer">;

export const REVIEW: RowType<Review> = { kind: "review", content: review };
export const LINE: RowType<Line> = { kind: "review-line", content: line };
