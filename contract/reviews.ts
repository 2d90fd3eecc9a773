// Reviews of access: who still needs what they have.
import { z } from "zod";
import { code, cursor, id, instant, pageOf } from "./common.ts";
import { assignmentKind, dataClass, line as lineOfBusiness, purpose, role } from "./vocabulary.ts";

const subjectKind = z.enum(["staff", "client", "assignment", "role", "grant"]);
const reviewState = z.enum(["draft", "in-progress", "pending-actions", "complete", "cancelled"]);
const lineDecision = z.enum(["approve", "narrow", "revoke", "defer", "escalate"]);
const reason = z.string().min(3).max(500);

const reviewScope = z.strictObject({
  subjects: z
    .array(subjectKind)
    .min(1)
    .max(5)
    .describe("What is reviewed: people, API clients, assignments, roles, grants"),
  roles: z.array(role).max(30).default([]).describe("Only these roles; none named means all"),
  entities: z.array(code).max(50).default([]).describe("Only who reaches these legal entities; none named means all"),
  principals: z.array(id).max(1000).default([]).describe("Only these people and clients; none named means all"),
});

export const reviewDraft = z.strictObject({
  name: z.string().min(1).max(200),
  scope: reviewScope,
  reviewers: z
    .array(id)
    .min(1)
    .max(200)
    .describe("Who decides, in turns. Nobody is given a line on themselves or on whom they granted"),
  escalation: id.describe("Who decides what is escalated, and what none of the reviewers may"),
  dueAt: instant,
  overdue: z
    .enum(["approve", "revoke"])
    .default("revoke")
    .describe("What becomes of lines that are undecided then; never approve where privileged roles are in scope"),
});

const reviewTotals = z.strictObject({
  undecided: z.number().int(),
  approve: z.number().int(),
  narrow: z.number().int(),
  revoke: z.number().int(),
  flagged: z.number().int(),
  toDo: z.number().int().describe("Decided, and not done yet"),
});

export const review = z.strictObject({
  reviewId: id,
  name: z.string(),
  state: reviewState,
  scope: z.strictObject({
    subjects: z.array(subjectKind),
    roles: z.array(role),
    entities: z.array(z.string()),
    principals: z.array(id),
  }),
  reviewers: z.array(id),
  escalation: id,
  dueAt: instant,
  overdue: z.enum(["approve", "revoke"]),
  createdBy: id,
  startedAt: instant.nullable(),
  lines: z.number().int(),
  closedAt: instant.nullable(),
  completedAt: instant.nullable(),
  entries: z.array(id).describe("The ledger's entries of the review itself, oldest first"),
});
export const reviewShown = z.strictObject({ review, totals: reviewTotals });
export const reviewPage = z.strictObject({
  items: z.array(review),
  unverified: z.array(id).describe("Reviews that somebody wrote behind the server's back: they count for nothing"),
  next: cursor.nullable(),
});

const part = <Item extends z.ZodType>(item: Item) => z.array(item).max(100).nullable().default(null);
export const narrowing = z
  .strictObject({
    purposes: part(purpose),
    classes: part(dataClass),
    entities: part(code),
    lines: part(lineOfBusiness),
  })
  .describe("What is left of each; null leaves that part as it stands");

const made = z.strictObject({
  decision: lineDecision,
  reason: z.string(),
  by: id.nullable().describe("null: decided by the review's default"),
  at: instant,
});

export const reviewLine = z.strictObject({
  lineId: id,
  subject: z.strictObject({
    kind: subjectKind,
    id,
    name: z.string(),
    role,
    status: z.string(),
    purposes: z.array(purpose),
    rowScope: z.string(),
    groups: z.number().int(),
    grants: z.number().int().describe("Elevations, approvals and emergency access in force"),
    entities: z.array(z.string()),
    lines: z.array(lineOfBusiness),
    classes: z.array(dataClass).nullable(),
    expiresAt: instant.nullable(),
  }),
  assignment: z
    .strictObject({
      customerId: id,
      assignmentId: id,
      kind: assignmentKind,
      startsAt: instant,
      endsAt: instant.nullable(),
    })
    .nullable(),
  grant: z
    .strictObject({
      grantId: id,
      form: z.enum(["elevation", "two-person", "break-glass"]),
      requestedAt: instant,
      untilAt: instant,
    })
    .nullable()
    .describe("What is lent for a time to the one the line names; `used` is this grant's own use"),
  used: z.strictObject({
    since: instant,
    lastAt: instant.nullable().describe("null: never"),
    acts: z.number().int(),
    purposes: z.array(purpose),
    classes: z.array(dataClass),
    customers: z.number().int(),
  }),
  peers: z
    .strictObject({ count: z.number().int(), actsMedian: z.number(), customersMedian: z.number() })
    .describe("The others of the role"),
  flags: z.array(
    z.enum(["orphaned", "dormant", "unused", "separation-of-duty", "role-creep", "no-mfa", "shared", "privileged"]),
  ),
  conflicts: z.array(z.string()),
  suggestion: z.strictObject({
    decision: z.enum(["approve", "narrow", "revoke"]),
    narrowTo: narrowing.nullable(),
    because: z.array(z.string()),
  }),
  reviewer: id,
  decision: z.strictObject({ ...made.shape, narrowTo: narrowing.nullable() }).nullable(),
  postponed: z.array(made),
  done: z.strictObject({ at: instant, outcome: z.enum(["revoked", "narrowed", "ended", "gone", "kept"]) }).nullable(),
  entryId: id.describe("The ledger's entry that made the line what it is"),
});
export const reviewLines = pageOf(reviewLine);
export const reviewLinesQuery = z.strictObject({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  undecided: z.enum(["true", "false"]).default("false").describe("Only lines that wait for a decision"),
});

export const reviewParams = z.strictObject({ reviewId: id });
export const reviewDecisions = z.strictObject({
  lines: z.array(id).min(1).max(200),
  decision: lineDecision,
  reason,
  narrowTo: narrowing.optional().describe("With `narrow`; what each line suggests when left out"),
});
export const reviewCancellation = z.strictObject({ reason });
export const reviewStateAnswer = z.strictObject({ reviewId: id, state: reviewState });
