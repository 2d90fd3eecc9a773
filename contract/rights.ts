// Requests under customers' rights: what is asked, by when the law wants it answered and why, what is done about it.
import { z } from "zod";
import { cursor, id, instant, pageLimit, written } from "./common.ts";
import { rightKind, rightMatter, rightOutcome, rightState, rightStepCode, rightVerdict } from "./right-codes.ts";
import {
  correctionDraft,
  deed,
  ownDeed,
  proposal,
  proposeStep,
  statements,
  statementSteps,
  toldStep,
  wanted,
} from "./right-deeds.ts";
import { line } from "./vocabulary.ts";

const identity = z.enum(["unverified", "verified", "not-asked"]);
const channel = z.enum(["portal", "staff", "api"]);
const dueWhat = z.enum(["acknowledgement", "answer", "appeal"]);
const unit = z.enum(["hours", "days", "business-days", "months"]);
const words = written(4000);
const day = z.iso.date().describe("A day, in the place of whoever asks");
const ruleId = z.string().describe("Of a rule that GET /v1/rights-rules lists");

const place = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe("ISO 3166-1"),
  state: z
    .string()
    .regex(/^[A-Z0-9]{1,3}$/)
    .nullable()
    .default(null)
    .describe("The second half of ISO 3166-2, such as CA; the United States' and Canada's laws differ by it"),
});

export const ownRightDraft = z.strictObject({
  kind: rightKind,
  about: rightMatter.default("insurance"),
  place: place.describe("Where one lives: it says which law applies"),
  words: words.nullable().default(null).describe("What one wants; kept sealed"),
  correction: correctionDraft.nullable().default(null),
});
export const rightDraft = ownRightDraft.extend({
  receivedAt: instant.nullable().default(null).describe("When the letter or the call came; now when null"),
  authorityDocumentId: id
    .nullable()
    .default(null)
    .describe("The customer's document that shows an agent's authority; needed of systems"),
});

const due = z.strictObject({
  on: day,
  before: instant.describe("The moment after the day is over"),
  what: dueWhat,
  isStopped: z.boolean().describe("The clock stands still while something is waited for"),
  daysLeft: z.number().int().describe("0 on the day, fewer than none after it"),
});
export const ownRightFace = z.strictObject({
  requestId: id,
  kind: rightKind,
  about: rightMatter,
  state: rightState,
  channel,
  ruleId,
  identity,
  duplicateOf: id.nullable(),
  outcome: rightOutcome.nullable(),
  receivedAt: instant,
  due,
});
export const rightFace = ownRightFace.extend({ customerId: id, assigneeId: id.nullable() });

export const rightQueueQuery = z.strictObject({
  state: z.enum(["open", "answered"]).default("open"),
  assignee: z.enum(["anybody", "me", "nobody"]).default("anybody"),
  cursor: cursor.optional(),
  limit: pageLimit,
});
const queueItem = z.strictObject({
  requestId: id,
  customerId: id,
  kind: rightKind,
  ruleId,
  state: rightState,
  identity,
  isDuplicate: z.boolean(),
  isStopped: z.boolean(),
  receivedAt: instant,
  dueBefore: instant,
  dueWhat,
  daysLeft: z.number().int(),
  assigneeId: id.nullable(),
});
export const rightQueue = z.strictObject({
  items: z.array(queueItem).describe("What is due first comes first"),
  unverified: z.array(id).describe("Places in the queue that were changed behind the server's back"),
  counts: z
    .strictObject({ open: z.number().int(), overdue: z.number().int() })
    .nullable()
    .describe("With the first page; up to ten thousand are counted"),
  next: cursor.nullable(),
});

const ground = z.strictObject({ code: z.string(), text: z.string() });
export const rightRule = z.strictObject({
  ruleId,
  law: z.string(),
  jurisdiction: z.string(),
  title: z.string(),
  citation: z.string(),
  kinds: z.array(rightKind),
  response: z.string(),
  extension: z.string().nullable(),
  acknowledgement: z.string().nullable(),
  exemption: z
    .strictObject({ by: z.enum(["glba-entity", "glba-data", "insurer"]), text: z.string() })
    .nullable()
    .describe("What leaves insurers, or information that they hold, out of it, and by which provision"),
  fee: z.string(),
  refusals: z.array(ground),
  notes: z.string().nullable(),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z
    .enum(["none", "secondary", "text", "design"])
    .describe("What was read: nothing, a secondary source, the text"),
  asOf: z.string(),
});
export const rightRules = z.strictObject({ items: z.array(rightRule) });

const step = z.strictObject({
  code: rightStepCode,
  on: day,
  amount: z.strictObject({ value: z.number().int(), unit }).nullable(),
  holidays: z.array(day).describe("Public holidays that were left out"),
});
const clock = z.strictObject({
  zone: z.string(),
  dueOn: day,
  setBy: z.enum(["law", "house"]),
  isStopped: z.boolean(),
  acknowledgeOn: day.nullable(),
  extension: z
    .strictObject({ dueOn: day, tellBefore: instant })
    .nullable()
    .describe("What an extension would make of it, and until when the customer is to be told"),
  steps: z.array(step),
});
const said = z.strictObject({
  messageId: id,
  at: instant,
  from: z.enum(["customer", "office", "comment"]),
  words: z.string().nullable().describe("null where it went with an erasure"),
});
export const rightFinding = z.enum(["stands", "changed", "withdrawn"]);
const decided = z.strictObject({
  outcome: rightOutcome,
  found: rightFinding.nullable().describe("What a person found who looked at an automated decision again"),
  ground: ground
    .extend({
      words: z
        .strictObject({ en: z.string(), es: z.string(), de: z.string() })
        .nullable()
        .describe("In plain words, for the customer; null where no rule names the ground any more"),
    })
    .nullable(),
  reason: z.string().nullable(),
  at: instant,
  fulfilmentId: id.nullable(),
});
const appeal = z.strictObject({
  at: instant,
  words: z.string().nullable(),
  dueOn: day,
  decision: z
    .strictObject({ outcome: z.enum(["upheld", "overturned"]), reason: z.string().nullable(), at: instant })
    .nullable(),
});
const shared = {
  place: z.strictObject({ country: z.string(), state: z.string().nullable() }),
  words: z.string().nullable().describe("null where there are none, they were left, or went with an erasure"),
  rule: rightRule.nullable().describe("The law that governs; null where it has gone since"),
  clock,
  acknowledgedAt: instant.nullable(),
  extension: z.strictObject({ at: instant, reason: z.string().nullable() }).nullable(),
  messages: z.array(said),
  decision: decided.nullable(),
  appeal: appeal.nullable(),
  wanted,
  statements,
  closedAs: z.enum(["done", "withdrawn", "duplicate"]).nullable(),
} as const;
const judged = z.strictObject({ rule: rightRule, verdict: rightVerdict });
export const ownRight = ownRightFace.extend({
  ...shared,
  exempt: z
    .array(judged)
    .describe("Laws of the place that give the right and leave insurers, or this information, out"),
  deeds: z.array(ownDeed).describe("What is done about it, as it was granted"),
  claimCode: z
    .string()
    .nullable()
    .describe("Of an erasure: to be kept, since the certificate is had by it once one cannot sign in any more"),
});
export const right = rightFace.extend({
  ...shared,
  deeds: z.array(deed).describe("What decisions came to, also those that could not be carried out"),
  proposal,
  returned: z
    .array(z.strictObject({ at: instant, by: id, outcome: rightOutcome }))
    .describe("Decisions that something forbade when they were to be carried out: to be decided anew"),
  lines: z.array(line),
  judged: z.array(judged),
  grounds: z.array(ground).describe("By which it may be refused"),
  filedBy: id,
  authorityDocumentId: id.nullable(),
  isRestricted: z.boolean().describe("The restriction asked for is in force"),
  tries: z.array(
    z.strictObject({ at: instant, by: id, method: z.string(), passed: z.boolean(), callId: id.nullable() }),
  ),
  calls: z
    .array(z.strictObject({ callId: id, verifiedBy: z.enum(["code", "questions", "call-back"]), endsAt: instant }))
    .describe("Under way, the customer verified: one of them shows who asked, while that is not known"),
  tasks: z.array(z.strictObject({ taskId: id, words: z.string().nullable(), doneAt: instant.nullable() })),
});

export const rightStep = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("assign"), assigneeId: id.nullable() }),
  z.strictObject({ do: z.literal("acknowledge") }),
  z.strictObject({ do: z.literal("ask"), words }),
  z.strictObject({ do: z.literal("resume") }),
  z.strictObject({ do: z.literal("extend"), reason: words }),
  z.strictObject({ do: z.literal("add-task"), words: written(200) }),
  z.strictObject({ do: z.literal("finish-task"), taskId: id }),
  z.strictObject({ do: z.literal("comment"), words }),
  z.strictObject({ do: z.literal("message"), words }),
  z.strictObject({ do: z.literal("mark-duplicate"), of: id.nullable() }),
  z.strictObject({ do: z.literal("lift"), words }).describe("The customer reads it, and then the restriction ends"),
  proposeStep,
  toldStep,
  ...statementSteps,
  z.strictObject({ do: z.literal("retry") }),
  z.strictObject({ do: z.literal("choose-law"), place, about: rightMatter }),
  z.strictObject({ do: z.literal("close"), as: z.enum(["done", "withdrawn", "duplicate"]) }),
]);
export const ownRightStep = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("message"), words }),
  z.strictObject({ do: z.literal("appeal"), words }),
  ...statementSteps,
  z.strictObject({ do: z.literal("confirm") }),
  z.strictObject({ do: z.literal("withdraw") }),
]);
export const rightIdentity = z.discriminatedUnion("method", [
  z.strictObject({ method: z.enum(["documents", "in-person", "agent-authority"]), passed: z.boolean() }),
  z
    .strictObject({ method: z.literal("call"), callId: id })
    .describe("A call under way in which the customer was verified, by a code, their answers or a call-back"),
]);
export const rightDecision = z.strictObject({
  outcome: rightOutcome,
  ground: z
    .string()
    .max(41)
    .nullable()
    .default(null)
    .describe("A code of the rule's grounds; needed for all but what is fulfilled"),
  reason: words.nullable().default(null).describe("For the customer to read; kept sealed"),
  fulfilmentId: id.nullable().default(null).describe("A copy made by hand before, for access and portability"),
  unitIds: z.array(id).max(100).default([]).describe("What is erased, where an erasure is granted in part"),
  choices: z
    .array(z.string().max(40))
    .max(10)
    .default([])
    .describe("What is said no to (GET /v1/portal/choices); by what was asked for when empty"),
  found: rightFinding.nullable().default(null).describe("Needed of a review of an automated decision"),
  proposedAt: instant
    .nullable()
    .default(null)
    .describe("Where a correction is granted: `at` of the proposal that was read, and no other is"),
});
export const rightAppealDecision = z.strictObject({ outcome: z.enum(["upheld", "overturned"]), reason: words });
export const rightReadQuery = z.strictObject({
  words: z
    .enum(["opened", "left"])
    .default("opened")
    .describe("`left`: how it stands and its clock; nothing is opened, so there is no entry"),
});
export const rightParams = z.strictObject({ requestId: id });
export const rightWorkers = z.strictObject({
  items: z.array(z.strictObject({ principalId: id, name: z.string() })).describe("In the order of their names"),
});
export const ownRights = z.strictObject({ items: z.array(ownRightFace).describe("The newest first") });
export const customerRights = z.strictObject({ items: z.array(rightFace).describe("The newest first") });
