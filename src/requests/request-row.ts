// A request as it stands among the authority rows of the customer who asks, and what may never stand there.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { MATTERS, RIGHT_KINDS, VERDICTS } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { LINES } from "../kernel/vocabulary.ts";
import { deed, isUnderWay, returned } from "./deed-row.ts";
import { statement, STATEMENTS_MAX } from "./statement-row.ts";

export const STATES = [
  "received",
  "verifying",
  "in-progress",
  /** For something that the customer was asked. */
  "waiting",
  /** Granted, and being carried out. */
  "fulfilling",
  "decided",
  "appealed",
  "closed",
] as const;
export type RequestState = (typeof STATES)[number];

const CHANNELS = ["portal", "staff", "api"] as const;

/** How somebody shows who they are. By knowledge, a code or a call-back: in a call (src/callers), which is named. */
const METHODS = ["signed-in", "knowledge", "code", "call-back", "agent-authority", "documents", "in-person"] as const;

/** Sealed under the key of the customer's own relationship. */
const sealed = z.strictObject({ unitId: z.uuid(), value: z.string() });
export type SealedWords = z.infer<typeof sealed>;

const at = z.iso.datetime();
const id = z.uuid();
const identity = z.strictObject({
  status: z.enum(["unverified", "verified", "not-asked"]),
  method: z.enum(METHODS).nullable(),
  at: at.nullable(),
  tries: z
    .array(
      z.strictObject({
        at,
        by: id,
        method: z.enum(METHODS),
        passed: z.boolean(),
        callId: id.nullable().default(null),
      }),
    )
    .max(20),
});

/** What a record is to say, sealed under the key of its unit. */
const proposal = z.strictObject({
  recordId: id,
  unitId: id,
  recordType: z.string().max(60),
  fieldNames: z.array(z.string().max(60)).min(1).max(40),
  expectedRevision: z.int().min(1),
  values: z.string(),
  /** A payee, an account, an address or a contact: granted, it is confirmed at the contact as it was before. */
  waits: z.boolean().default(false),
  by: id,
  at,
});
export type Proposal = z.infer<typeof proposal>;

/** What the customer says that a record should say: sealed as a proposal is, and proposed by nobody yet. */
const wanted = proposal.omit({ expectedRevision: true, waits: true, by: true, at: true });
export type Wanted = z.infer<typeof wanted>;

const decision = z.strictObject({
  outcome: z.enum(["fulfilled", "partly", "refused"]),
  ground: z.string().nullable(),
  reason: sealed.nullable(),
  by: id,
  at,
  /** What was prepared for the customer, in the words of whoever prepares it. */
  fulfilmentId: id.nullable(),
  /** What a person found who looked at an automated decision again (GDPR Art. 22(3)). */
  found: z.enum(["stands", "changed", "withdrawn"]).nullable().default(null),
});
export type Decision = z.infer<typeof decision>;

const appeal = z.strictObject({
  at,
  words: sealed,
  dueOn: z.iso.date(),
  before: at,
  decision: z.strictObject({ outcome: z.enum(["upheld", "overturned"]), reason: sealed, by: id, at }).nullable(),
});

const content = z
  .strictObject({
    kind: z.enum(RIGHT_KINDS),
    about: z.enum(MATTERS),
    place: z.strictObject({ country: z.string(), state: z.string().nullable() }),
    lines: z.array(z.enum(LINES)),
    ruleId: z.string(),
    judged: z.array(z.strictObject({ ruleId: z.string(), verdict: z.enum(VERDICTS) })),
    channel: z.enum(CHANNELS),
    filedBy: id,
    /** The document that shows an agent's authority. */
    authorityDocumentId: id.nullable(),
    receivedAt: at,
    words: sealed.nullable(),
    identity,
    duplicateOf: id.nullable(),
    state: z.enum(STATES),
    pauses: z.array(z.strictObject({ from: at, to: at.nullable() })).max(50),
    extension: z.strictObject({ at, by: id, reason: sealed }).nullable(),
    acknowledgedAt: at.nullable(),
    assigneeId: id.nullable(),
    tasks: z
      .array(z.strictObject({ taskId: id, words: sealed, by: id, at, doneAt: at.nullable(), doneBy: id.nullable() }))
      .max(20),
    /** The flag that stands since it was asked for. */
    flagId: id.nullable(),
    decision: decision.nullable(),
    /** Decisions that an appeal took back. */
    earlier: z.array(decision).max(10),
    /** What decisions came to, of every round. */
    deeds: z.array(deed).max(200).default([]),
    /** Decisions that could not be carried out. */
    returned: z.array(returned).max(20).default([]),
    wanted: wanted.nullable().default(null),
    proposal: proposal.nullable().default(null),
    /** What the customer says of fields that were not corrected. */
    statements: z.array(statement).max(STATEMENTS_MAX).default([]),
    /** When the customer was told that the restriction ends (GDPR Art. 18(3)). */
    liftedAt: at.nullable().default(null),
    appeal: appeal.nullable(),
    closed: z.strictObject({ at, as: z.enum(["done", "withdrawn", "duplicate"]) }).nullable(),
    due: z.strictObject({
      on: z.iso.date(),
      before: at,
      what: z.enum(["acknowledgement", "answer", "appeal"]),
      isStopped: z.boolean(),
    }),
  })
  .superRefine((held, context) => {
    for (const each of [held.decision, ...held.earlier]) {
      const fault = each === null ? null : faultOf(each, held);
      if (fault !== null) context.addIssue({ code: "custom", path: ["decision"], message: fault });
    }
    const isSaidDone = held.state === "decided" || held.closed?.as === "done";
    if (isSaidDone && isUnderWay(held))
      context.addIssue({ code: "custom", path: ["deeds"], message: "nothing is answered before it is done" });
  });
export type RequestContent = z.infer<typeof content>;

/** INVARIANT: nobody unknown is given anything, nor anybody the same twice; and a refusal says on which ground and why. */
function faultOf(
  { outcome, ground, reason }: Decision,
  {
    identity: shown,
    duplicateOf,
    kind,
  }: { identity: RequestContent["identity"]; duplicateOf: string | null; kind: string },
): string | null {
  if (outcome !== "fulfilled" && (ground === null || reason === null)) return "a refusal has its ground and its reason";
  if (outcome === "refused") return null;
  if (shown.status === "unverified") return "nothing is approved for somebody unverified";
  if (shown.status === "not-asked" && kind !== "opt-out") return "identity is asked for all but an opt-out";
  return duplicateOf === null ? null : "a duplicate is not approved";
}

export const REQUEST: RowType<RequestContent> = { kind: "rights-request", content };
export type RequestRow = Row<RequestContent>;

const message = z.strictObject({
  requestId: id,
  at,
  by: id,
  /** `comment`: among those who work on it. */
  from: z.enum(["customer", "office", "comment"]),
  words: sealed,
});
export type MessageContent = z.infer<typeof message>;
export const MESSAGE: RowType<MessageContent> = { kind: "rights-message", content: message };
export type MessageRow = Row<MessageContent>;

const OPEN: ReadonlySet<RequestState> = new Set([
  "received",
  "verifying",
  "in-progress",
  "waiting",
  "fulfilling",
  "appealed",
]);

export function isOpen({ state }: Pick<RequestContent, "state">): boolean {
  return OPEN.has(state);
}

export interface RequestFace extends Pick<
  RequestContent,
  "kind" | "about" | "state" | "channel" | "ruleId" | "receivedAt" | "duplicateOf" | "assigneeId" | "due"
> {
  readonly requestId: Uuid;
  readonly customerId: Uuid;
  readonly identity: RequestContent["identity"]["status"];
  readonly outcome: Decision["outcome"] | null;
}

export function faceOf({ rowId, ownerId, content: held }: RequestRow): RequestFace {
  const { kind, about, state, channel, ruleId, receivedAt, duplicateOf, assigneeId, due } = held;
  return {
    requestId: rowId,
    customerId: ownerId,
    kind,
    about,
    state,
    channel,
    ruleId,
    receivedAt,
    duplicateOf,
    assigneeId,
    due,
    identity: held.identity.status,
    outcome: held.decision?.outcome ?? null,
  };
}
