// The calls that an agent has under way about a customer, as the agent is shown them: also after the page was left.
import type { Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { CallContent } from "./call-row.ts";
import { CALL } from "./call-row.ts";
import type { CallersContext } from "./context.ts";
import { wordsOf } from "./questions.ts";
import { contactsFor, type StartedCall } from "./start-call.ts";

export interface OwnCall extends StartedCall {
  readonly purpose: CallContent["purpose"];
  readonly caller: CallContent["caller"];
  /** A code is on its way, or was tried wrongly. */
  readonly isCodeSent: boolean;
  /** The agent called back, and nobody has confirmed it yet. */
  readonly isCalledBack: boolean;
  readonly verifiedBy: CallContent["verifiedBy"];
  /** Requests under rights of which it showed who made them. */
  readonly requests: readonly Uuid[];
}

/** The newest first. INVARIANT: an agent's own alone; neither code nor contact nor right answer is in it. */
export async function ownCalls(context: CallersContext, customerId: Uuid, agentId: Uuid): Promise<OwnCall[]> {
  const { authority, database, clock } = context;
  const now = clock.now();
  const live = await authority.live(database, CALL, customerId);
  const own = live.filter(({ content, endsAt }) => content.agentId === agentId && (endsAt === null || now < endsAt));
  const shown = await Promise.all(own.map((row) => shownCall(context, customerId, row)));
  return shown.toSorted((one, other) => (one.callId < other.callId ? 1 : -1));
}

async function shownCall(
  context: CallersContext,
  customerId: Uuid,
  { rowId, endsAt, content }: Row<CallContent>,
): Promise<OwnCall> {
  const { purpose, caller, verifiedBy, calledBack } = content;
  const representativeId = content.representativeId === null ? null : asId(content.representativeId);
  return {
    callId: rowId,
    // INVARIANT: every call ends.
    endsAt: endsAt ?? context.clock.now(),
    purpose,
    caller,
    contacts: verifiedBy === null ? await contactsFor(context, { caller, customerId, representativeId }) : [],
    questions: (content.questions ?? []).map((field) => ({ field, ask: wordsOf(context.questions, field) })),
    isCodeSent: content.code !== null,
    isCalledBack: calledBack !== null && verifiedBy === null,
    verifiedBy,
    requests: content.requests.map(asId),
  };
}
