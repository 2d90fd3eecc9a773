// The factors of a call: a code to a contact on file, questions, and a call-back that a second person confirms.
import type { Actor } from "../access/access.ts";
import { CODE_LIFETIME_MINUTES, CODE_LIFETIME_MS, hasSettled, judgeCode, newCode, spend } from "../codes/codes.ts";
import type { HeldField } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Language } from "../mail/mail.ts";
import type { Row } from "../authority/authority.ts";
import { CALL, type CallContent } from "./call-row.ts";
import { type AtCall, changeCall } from "./change-call.ts";
import type { CallersContext } from "./context.ts";
import { CallersError } from "./errors.ts";
import { assertUnlocked, isLocked, record } from "./failures.ts";
import { isRightAnswer } from "./questions.ts";
import { type ByContact, isUnderOrder, useContact } from "./shelter.ts";
import { mayStillSpeak } from "./speaks-for.ts";

const WINDOW_MS = 900_000;
const CODES_TO_ONE_MAX = 5;

/** Throws CallersError `third-party`, `unknown-contact`, `file-locked`, MailError. INVARIANT: neither code nor contact comes back to the agent. */
export async function sendCallerCode(
  context: CallersContext,
  at: AtCall,
  by: ByContact & { readonly language: Language },
  actor: Actor,
): Promise<void> {
  const { mail, keys, clock } = context;
  mail.requireSending();
  const whose = await startedCall(context, at, actor);
  await spend(context, [{ of: ["caller-code", whose], most: CODES_TO_ONE_MAX, windowMs: WINDOW_MS }]);
  await assertSettled(context, whose, by);
  await useContact(context, { customerId: whose, serves: at.callId, by }, async (channel, contact) => {
    const to = mail.addressOf(channel, contact);
    if (to === null) throw new CallersError("unknown-contact");
    const { code, kept } = newCode(keys, at.callId);
    await changeCall(context, {
      at,
      actor,
      action: "caller.code",
      make: ({ content }) => ({ content: { ...content, code: kept }, result: null }),
      afterwards: (tx) =>
        mail.put(tx, {
          to,
          addressee: whose,
          name: "caller-code",
          language: by.language,
          values: { code, minutes: CODE_LIFETIME_MINUTES },
          expiresAt: new Date(clock.now().getTime() + CODE_LIFETIME_MS),
        }),
    });
  });
}

/** Throws CallersError `contact-too-new`, `unknown-contact`. */
export async function assertSettled(context: CallersContext, customerId: Uuid, { recordId }: ByContact): Promise<void> {
  const [stored] = await context.vault.loadRecords([customerId], { recordId });
  // Nothing goes to a contact on file while another address stands, and it is no more a contact than one that is not there.
  if (stored === undefined || !(await context.preferences.mayUseContacts(customerId)))
    throw new CallersError("unknown-contact");
  if (!(await hasSettled(context, { customerId, revision: stored.record.revision })))
    throw new CallersError("contact-too-new");
}

/** Whose contacts count: the customer's, or the representative's own. Throws where the call cannot be verified at all. */
async function startedCall(context: CallersContext, { customerId, callId }: AtCall, actor: Actor): Promise<Uuid> {
  await assertUnlocked(context, customerId);
  const calls = await context.authority.live(context.database, CALL, customerId);
  const call = calls.find(({ rowId, content }) => rowId === callId && content.agentId === actor.principalId);
  if (call === undefined) throw new CallersError("unknown-call");
  const { caller, representativeId } = call.content;
  if (caller === "third-party") throw new CallersError("third-party");
  if (representativeId === null) return customerId;
  if (!(await mayStillSpeak(context, { customerId, content: call.content }))) throw new CallersError("no-authority");
  return asId(representativeId);
}

/** True when the caller is verified. A wrong code counts against the file. */
export async function answerCode(context: CallersContext, at: AtCall, code: string, actor: Actor): Promise<boolean> {
  await beginTry(context, at, actor);
  const isRight = await changeCall(context, {
    at,
    actor,
    action: "caller.answer",
    make: ({ content }) => {
      if (content.code === null) return { content, result: false };
      const { isRight: result, kept } = judgeCode(context.keys, at.callId, content.code, code);
      const shown = result ? ({ verifiedBy: "code", isJudged: false } as const) : {};
      return { content: { ...content, code: kept, ...shown }, result };
    },
  });
  if (!isRight) await failed(context, at, { actor, factor: "code" });
  return isRight;
}

/**
 * INVARIANT: a try is written down before the failures are counted, and counts with them until it is known: whoever tries in many calls at once has no more
 * tries. Throws CallersError `file-locked`.
 */
async function beginTry(context: CallersContext, at: AtCall, actor: Actor): Promise<void> {
  await startedCall(context, at, actor);
  const others = await changeCall(context, {
    at,
    actor,
    action: "caller.answer",
    make: ({ content }, all) => {
      // One at a time of one call; what a crash left stays until the call is over.
      if (content.isJudged) throw new CallersError("file-locked");
      return { content: { ...content, isJudged: true }, result: all.filter((one) => one.content.isJudged).length };
    },
  });
  if (!(await isLocked(context, at.customerId, others))) return;
  await endTry(context, at, actor);
  throw new CallersError("file-locked");
}

async function endTry(context: CallersContext, at: AtCall, actor: Actor): Promise<void> {
  const make = ({ content }: Row<CallContent>) => ({ content: { ...content, isJudged: false }, result: null });
  await changeCall(context, { at, actor, action: "caller.answer", make });
}

/** Counted in the ledger before it stops counting here. */
async function failed(
  context: CallersContext,
  at: AtCall,
  { actor, factor }: { readonly actor: Actor; readonly factor: string },
): Promise<void> {
  await record(context, "failed", failure(at, actor, factor));
  await endTry(context, at, actor);
}

/** One try. INVARIANT: which answers were right is told to nobody. */
export async function answerQuestions(
  context: CallersContext,
  at: AtCall,
  answers: Readonly<Record<string, string>>,
  actor: Actor,
): Promise<boolean> {
  await beginTry(context, at, actor);
  const asked = await changeCall(context, {
    at,
    actor,
    action: "caller.answer",
    make: ({ content }) => ({ content: { ...content, questions: null }, result: content.questions }),
  });
  // Asked before an order came, they are asked no more.
  if (asked === null || (await isUnderOrder(context, at.customerId))) {
    await endTry(context, at, actor);
    throw new CallersError("no-questions");
  }
  const right = await rightOnes(context, at, asked, answers).catch(async (error: unknown) => {
    // Nothing was judged, so nothing failed.
    await endTry(context, at, actor);
    throw error;
  });
  const isRight = right >= context.questions.right;
  if (!isRight) await failed(context, at, { actor, factor: "questions" });
  else await verified(context, at, actor);
  return isRight;
}

function rightOnes(
  { gate, questions }: CallersContext,
  { customerId, callId }: AtCall,
  asked: readonly string[],
  answers: Readonly<Record<string, string>>,
): Promise<number> {
  const choose = (held: readonly HeldField[]): readonly HeldField[] =>
    held.filter(({ field }) => asked.includes(field.path));
  const recordTypes = [...new Set(asked.map((field) => field.split(".")[0] ?? ""))];
  return gate.useValues({ customerId, why: "caller-answers", serves: callId, recordTypes, choose }, (values) => {
    const right = asked.filter((field) =>
      [...values].some(
        ([key, value]) => key.endsWith(` ${field}`) && isRightAnswer(questions, field, answers[field] ?? "", value),
      ),
    );
    return Promise.resolve(right.length);
  });
}

function verified(context: CallersContext, at: AtCall, actor: Actor): Promise<null> {
  return changeCall(context, {
    at,
    actor,
    action: "caller.answer",
    make: ({ content }) => ({ content: { ...content, verifiedBy: "questions", isJudged: false }, result: null }),
  });
}

function failure({ customerId, callId }: AtCall, { principalId }: Actor, factor: string) {
  return { customerId, callId, actorId: principalId, factor };
}
