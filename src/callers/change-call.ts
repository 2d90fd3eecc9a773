// Every change of a call under way: found under its customer's lock, the agent's own, one revision further.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Transaction } from "../postgres/database.ts";
import { CALL, type CallContent } from "./call-row.ts";
import type { CallersContext } from "./context.ts";
import { CallersError } from "./errors.ts";
import { CALL_MS } from "./start-call.ts";

export interface AtCall {
  readonly customerId: Uuid;
  readonly callId: Uuid;
}

export interface CallChange<Result> {
  readonly at: AtCall;
  readonly actor: Actor;
  readonly action: Action;
  readonly also?: AlsoWrite | undefined;
  /** What it becomes; `isVerified` gives it its minutes anew. Called under the lock, with all calls about the customer. */
  readonly make: (
    row: Row<CallContent>,
    all: readonly Row<CallContent>[],
  ) => { readonly content: CallContent; readonly result: Result };
  /** After the change, in its transaction. */
  readonly afterwards?: (tx: Transaction, result: Result) => Promise<unknown>;
  /** Whoever else than the agent may do it: the one who must not be the agent. */
  readonly isByAnother?: boolean;
}

/** Throws CallersError `unknown-call`, for a call of another agent too, `own-call`, and whatever `make` throws. */
export function changeCall<Result>(context: CallersContext, change: CallChange<Result>): Promise<Result> {
  const { access, authority, clock } = context;
  const { at, actor, action, also } = change;
  const attempt = { kind: "caller-check", action, actor, targets: [at.customerId], also } as const;
  return access.write(attempt, async ({ tx, act }) => {
    const made: { result: Result; verifiedBy: string | null }[] = [];
    const now = clock.now();
    const written = await authority.change(tx, {
      ownerId: at.customerId,
      act,
      reads: [CALL.kind],
      make: async (live) => {
        const all = live.of(CALL, now);
        const row = callOf(all, change);
        if (change.isByAnother === true && (await access.isActor(tx, actor, [row.content.agentId])))
          throw new CallersError("own-call");
        const { content, result } = change.make(row, all);
        made.push({ result, verifiedBy: content.verifiedBy });
        const isNew = content.verifiedBy !== null && row.content.verifiedBy === null;
        const endsAt = isNew ? new Date(now.getTime() + CALL_MS) : row.endsAt;
        return [putRow(CALL, { ...row, endsAt, content })];
      },
    });
    const [{ result, verifiedBy }] = made as [(typeof made)[number]];
    await change.afterwards?.(tx, result);
    const detail: { [key: string]: Json } = { call: at.callId, verifiedBy };
    return { result, written, customers: [at.customerId], detail, ids: [at.callId] };
  });
}

function callOf(
  calls: readonly Row<CallContent>[],
  { at, actor, isByAnother }: Pick<CallChange<never>, "at" | "actor" | "isByAnother">,
): Row<CallContent> {
  const row = calls.find(({ rowId }) => rowId === at.callId);
  if (row === undefined) throw new CallersError("unknown-call");
  if (isByAnother !== true && row.content.agentId !== actor.principalId) throw new CallersError("unknown-call");
  return row;
}
