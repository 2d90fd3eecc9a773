// A call begins: who is said to be on the line, by what they can be verified, and whether the file is open to callers at all.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import { spend } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Purpose } from "../kernel/vocabulary.ts";
import { packedNames } from "../vault/vault.ts";
import { CALL, type CallContent } from "./call-row.ts";
import type { CallersContext } from "./context.ts";
import { CallersError } from "./errors.ts";
import { assertUnlocked } from "./failures.ts";
import { chooseQuestions, wordsOf } from "./questions.ts";
import { channelOf, isUnderOrder } from "./shelter.ts";
import { spokenFor } from "./speaks-for.ts";

export interface CallRequest {
  readonly customerId: Uuid;
  readonly purpose: Purpose;
  readonly caller: CallContent["caller"];
  readonly representativeId: Uuid | null;
  readonly interpreter: string | null;
}

export interface StartedCall {
  readonly callId: Uuid;
  readonly endsAt: Date;
  /** Contacts by which a code may be sent, without what they are. */
  readonly contacts: readonly { readonly recordId: Uuid; readonly field: string }[];
  readonly questions: readonly { readonly field: string; readonly ask: string }[];
}

export const CALL_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;
const CALLS_AN_HOUR_MAX = 300;

/** Throws CallersError, CodesError `too-many`, AccessError `not-permitted` (recorded). */
export async function startCall(
  context: CallersContext,
  asked: CallRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<StartedCall> {
  const { access, authority, clock, questions: known } = context;
  const { customerId, caller } = asked;
  await spend(context, [{ of: ["calls-of", actor.principalId], most: CALLS_AN_HOUR_MAX, windowMs: HOUR_MS }]);
  await assertUnlocked(context, customerId);
  const representativeId = await representativeOf(context, asked);
  const held = await heldOf(context, customerId);
  // INVARIANT: what a household knows verifies nobody while the customer is protected from one of it.
  const mayAsk = caller === "customer" && !(await isUnderOrder(context, customerId));
  const questions = mayAsk ? chooseQuestions(known, new Set(held.map(({ field }) => field))) : null;
  const [callId, endsAt] = [newId(), new Date(clock.now().getTime() + CALL_MS)];
  const content: CallContent = {
    agentId: actor.principalId,
    purpose: asked.purpose,
    caller,
    representativeId,
    interpreter: asked.interpreter,
    code: null,
    questions,
    calledBack: null,
    verifiedBy: null,
    isJudged: false,
    requests: [],
  };
  const attempt = { kind: "caller-check", action: "caller.start", actor, targets: [customerId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [],
      make: () => [putRow(CALL, { rowId: callId, endsAt, content })],
    });
    const detail = { call: callId, caller, representative: representativeId, interpreter: asked.interpreter };
    return { result: null, written, customers: [customerId], detail, ids: [callId] };
  });
  return {
    callId,
    endsAt,
    contacts: await contactsFor(context, { caller, customerId, representativeId }),
    questions: (questions ?? []).map((field) => ({ field, ask: wordsOf(known, field) })),
  };
}

/** Contacts by which a code may be sent: the customer's, or the representative's own. */
export async function contactsFor(
  context: CallersContext,
  { caller, customerId, representativeId }: Pick<CallRequest, "caller" | "customerId" | "representativeId">,
): Promise<StartedCall["contacts"]> {
  const whose = representativeId ?? customerId;
  if (caller === "third-party" || !(await context.preferences.mayUseContacts(whose))) return [];
  return (await heldOf(context, whose)).filter(({ field }) => channelOf(field) !== null);
}

async function representativeOf(context: CallersContext, asked: CallRequest): Promise<Uuid | null> {
  const { caller, representativeId, customerId } = asked;
  if (caller !== "representative") return null;
  const reach = representativeId === null ? [] : await spokenFor(context, { customerId, representativeId });
  if (reach.length === 0) throw new CallersError("no-authority");
  return representativeId;
}

/** What the relationship's own records hold, by record and field path: names alone, nothing is opened. */
async function heldOf({ vault }: CallersContext, customerId: Uuid): Promise<{ recordId: Uuid; field: string }[]> {
  const records = await vault.loadRecords([customerId], {
    recordTypes: ["contact", "person", "bank-account", "vehicle"],
  });
  return records
    .filter(({ unit }) => unit.header.kind === "relationship")
    .flatMap(({ record }) =>
      [...packedNames(record.pack)].map((name) => ({
        recordId: record.recordId,
        field: `${record.recordType}.${name}`,
      })),
    );
}
