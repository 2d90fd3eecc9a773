// Calls under way in which the customer was verified, whoever's they are: by what others may know that this is the customer.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { CALL, type CallContent } from "./call-row.ts";
import type { CallersContext } from "./context.ts";
import { isLocked } from "./failures.ts";
import { mayStillSpeak } from "./gather-callers.ts";

export interface VerifiedCall {
  readonly callId: Uuid;
  readonly agentId: Uuid;
  readonly by: NonNullable<CallContent["verifiedBy"]>;
  readonly endsAt: Date;
}

/** None while callers have failed too often for the file. */
export async function verifiedCalls(context: CallersContext, customerId: Uuid): Promise<readonly VerifiedCall[]> {
  const { authority, clock, database, representations } = context;
  const now = clock.now();
  const calls = (await authority.live(database, CALL, customerId)).flatMap(({ rowId, endsAt, content }) =>
    content.verifiedBy === null || endsAt === null || endsAt <= now
      ? []
      : [{ content, call: { callId: rowId, agentId: asId(content.agentId), by: content.verifiedBy, endsAt } }],
  );
  if (calls.length === 0 || (await isLocked(context, customerId))) return [];
  const stands = await Promise.all(calls.map(({ content }) => mayStillSpeak(representations, { customerId, content })));
  return calls.filter((_, at) => stands[at]).map(({ call }) => call);
}
