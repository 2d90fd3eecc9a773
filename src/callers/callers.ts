// Callers: verified by what is on file before an agent sees anything of it in clear.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Language } from "../mail/mail.ts";
import { CALL, type CallContent } from "./call-row.ts";
import { type AtCall, changeCall } from "./change-call.ts";
import type { CallersContext } from "./context.ts";
import { CallersError } from "./errors.ts";
import { openFailures, record } from "./failures.ts";
import { type OwnCall, ownCalls } from "./own-calls.ts";
import { type ByContact, isUnderOrder, useContact } from "./shelter.ts";
import { type CallRequest, startCall, type StartedCall } from "./start-call.ts";
import { type ShownByCall, showsRequest, type VerifiedCall, verifiedCalls } from "./verified-calls.ts";
import { answerCode, answerQuestions, assertSettled, sendCallerCode } from "./verify-call.ts";

export type { CallersErrorCode } from "./errors.ts";
export { gatherCallers } from "./gather-callers.ts";
export { loadQuestions } from "./questions.ts";
export { isOfAll } from "./speaks-for.ts";

/** All throw CallersError and AccessError `not-permitted` (recorded). */
export interface Callers {
  start(asked: CallRequest, actor: Actor, also?: AlsoWrite): Promise<StartedCall>;
  /** Those of this agent about this customer that are not over. The caller checks that the customer is within the agent's rows. */
  own(customerId: Uuid, agentId: Uuid): Promise<readonly OwnCall[]>;
  sendCode(at: AtCall, by: ByContact & { readonly language: Language }, actor: Actor): Promise<void>;
  /** True once the caller is verified. */
  answer(
    at: AtCall,
    given: { readonly code: string } | { readonly answers: Readonly<Record<string, string>> },
    actor: Actor,
  ): Promise<boolean>;
  /** The agent says that they called back the number on file. */
  callBack(at: AtCall, by: ByContact, actor: Actor): Promise<void>;
  /** The second of two people, who saw it in the telephone system. */
  confirmCallBack(at: AtCall, actor: Actor): Promise<void>;
  /** Calls whose call-back waits for the second person's word, for work lists. */
  waiting(limit: number): Promise<readonly Row<CallContent>[]>;
  /** Those under way in which the customer was verified, whoever's they are; none while callers have failed too often. */
  verified(customerId: Uuid): Promise<readonly VerifiedCall[]>;
  /** What a call says of a request of its customer that rests on it: to be written in the request's own change. */
  shows(callId: Uuid, requestId: Uuid): ShownByCall;
  end(at: AtCall, actor: Actor): Promise<void>;
  /** A supervisor opens the file to callers again. */
  unlock(customerId: Uuid, actor: Actor): Promise<void>;
}

export function openCallers(context: CallersContext): Callers {
  return {
    start: (asked, actor, also) => startCall(context, asked, actor, also),
    own: (customerId, agentId) => ownCalls(context, customerId, agentId),
    sendCode: (at, by, actor) => sendCallerCode(context, at, by, actor),
    answer: (at, given, actor) =>
      "code" in given ? answerCode(context, at, given.code, actor) : answerQuestions(context, at, given.answers, actor),
    callBack: async (at, by, actor) => {
      await assertSettled(context, at.customerId, by);
      if (await isUnderOrder(context, at.customerId))
        await useContact(context, { customerId: at.customerId, serves: at.callId, by }, async () => {});
      await changeCall(context, {
        at,
        actor,
        action: "caller.call-back",
        make: ({ content }) => {
          if (content.caller === "third-party") throw new CallersError("third-party");
          const calledBack = { recordId: by.recordId, field: by.field };
          return { content: { ...content, calledBack }, result: null };
        },
      });
    },
    confirmCallBack: async (at, actor) => {
      await changeCall(context, {
        at,
        actor,
        action: "caller.confirm",
        isByAnother: true,
        make: ({ content }) => {
          if (content.calledBack === null) throw new CallersError("unknown-contact");
          return { content: { ...content, verifiedBy: "call-back" }, result: null };
        },
      });
    },
    waiting: async (limit) => {
      const { authority, database, clock } = context;
      const { rows } = await authority.page(database, CALL, { state: "live", after: null, limit });
      const now = clock.now();
      return rows.filter(
        ({ endsAt, content }) =>
          (endsAt === null || now < endsAt) && content.calledBack !== null && content.verifiedBy === null,
      );
    },
    verified: (customerId) => verifiedCalls(context, customerId),
    shows: (callId, requestId) => showsRequest(context, callId, requestId),
    end: (at, actor) => endCall(context, at, actor),
    unlock: (customerId, actor) => unlock(context, customerId, actor),
  };
}

async function endCall({ access, authority, clock }: CallersContext, at: AtCall, actor: Actor): Promise<void> {
  const attempt = { kind: "caller-check", action: "caller.end", actor, targets: [at.customerId] } as const;
  await access.write(attempt, async ({ tx, act, movePrincipal }) => {
    // What was decided on the call before it ended must not go out after.
    const moved = await movePrincipal(actor.principalId);
    const written = await authority.change(tx, {
      ownerId: at.customerId,
      act,
      reads: [CALL.kind],
      make: (live) => {
        const row = live.of(CALL, clock.now()).find(({ rowId }) => rowId === at.callId);
        if (row?.content.agentId !== actor.principalId) throw new CallersError("unknown-call");
        return [{ end: at.callId }];
      },
    });
    return { result: null, written: [moved, ...written], customers: [at.customerId], detail: { call: at.callId } };
  });
}

async function unlock(context: CallersContext, customerId: Uuid, actor: Actor): Promise<void> {
  const attempt = { kind: "caller-check", action: "caller.unlock", actor, targets: [customerId] } as const;
  await context.access.write(attempt, async ({ tx }) => {
    // INVARIANT: whose callers failed does not give them more tries, as whatever principal of theirs.
    const agents = await openFailures(context, customerId);
    if (await context.access.isActor(tx, actor, agents)) throw new CallersError("own-call");
    return { result: null, written: [], customers: [customerId] };
  });
  await record(context, "unlocked", { customerId, callId: null, actorId: actor.principalId, factor: "supervisor" });
}
