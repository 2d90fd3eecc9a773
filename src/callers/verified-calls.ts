// Calls under way in which the customer was verified, whoever's they are: by what others may know that this is the customer.
import { type LiveRows, putRow, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { CALL, type CallContent, REQUESTS_MAX } from "./call-row.ts";
import type { CallersContext } from "./context.ts";
import { isLocked } from "./failures.ts";
import { speaksForAll } from "./speaks-for.ts";

export interface VerifiedCall {
  readonly callId: Uuid;
  readonly agentId: Uuid;
  readonly by: NonNullable<CallContent["verifiedBy"]>;
  readonly endsAt: Date;
}

/** None while callers have failed too often for the file, nor of whoever speaks for a part of it alone. */
export async function verifiedCalls(context: CallersContext, customerId: Uuid): Promise<readonly VerifiedCall[]> {
  const { authority, clock, database } = context;
  const now = clock.now();
  const calls = (await authority.live(database, CALL, customerId)).flatMap(({ rowId, endsAt, content }) =>
    content.verifiedBy === null || endsAt === null || endsAt <= now
      ? []
      : [{ content, call: { callId: rowId, agentId: asId(content.agentId), by: content.verifiedBy, endsAt } }],
  );
  if (calls.length === 0 || (await isLocked(context, customerId))) return [];
  const stands = await Promise.all(calls.map(({ content }) => speaksForAll(context, { customerId, content })));
  return calls.filter((_, at) => stands[at]).map(({ call }) => call);
}

/** A row of the customer that is written beside a request of theirs, in the same change. */
export interface ShownByCall {
  /** The kind of row that it reads. */
  readonly reads: string;
  /** Under the lock of the customer's rows. Null: by then the call is over, or it has shown too much already. */
  row(live: LiveRows): RowChange | null;
}

/** INVARIANT: a request that rests on a call is named by it, so that neither can be read without the other. */
export function showsRequest({ clock }: Pick<CallersContext, "clock">, callId: Uuid, requestId: Uuid): ShownByCall {
  return {
    reads: CALL.kind,
    row: (live) => {
      const row = live.get(CALL, callId, clock.now());
      if (row === null || row.content.verifiedBy === null || row.content.requests.length >= REQUESTS_MAX) return null;
      return putRow(CALL, { ...row, content: { ...row.content, requests: [...row.content.requests, requestId] } });
    },
  };
}
