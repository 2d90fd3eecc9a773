// One change of a request: the right, the row, its place in the queue and the ledger's entry, in one transaction.
import type { Action, AlsoWrite, Authenticated, DisputeChange } from "../access/access.ts";
import { putRow, type RowChange, type WrittenAuthority } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Transaction } from "../postgres/database.ts";
import { type Beside, TELLING } from "../tellings/tellings.ts";
import type { Alongside, RequestsContext } from "./context.ts";
import { RequestsError } from "./errors.ts";
import { queueRowOf, verifiedRow, withMac } from "./queue-row.ts";
import { putQueueRow, selectQueueRow } from "./queue-store.ts";
import { nextReminder } from "../clocks/clocks.ts";
import { MESSAGE, type MessageContent, REQUEST, type RequestContent, type RequestRow } from "./request-row.ts";
import { settled } from "./standing.ts";

export interface At {
  readonly customerId: Uuid;
  readonly requestId: Uuid;
}

export interface Changing extends At {
  readonly asker: Pick<Authenticated, "principalId"> & Parameters<RequestsContext["access"]["write"]>[0]["actor"];
  readonly action: Action;
  /** What was done, in the entry. */
  readonly step: string;
  readonly also?: AlsoWrite | undefined;
  /** By the customer themselves. */
  readonly isOwn?: true;
  /** Added beside it. */
  readonly message?: { readonly rowId: Uuid; readonly content: MessageContent };
  /** In the sealed state of the customer, by the same act. */
  readonly dispute?: DisputeChange;
  /** Further rows of the customer. */
  readonly beside?: Beside;
  /** Tellings that nobody is to be told of any more, as far as they are open. */
  readonly drops?: readonly Uuid[];
  readonly detail?: { readonly [key: string]: Json };
  /** The call that shows who asked. */
  readonly alongside?: Alongside | undefined;
}

/** Throws RequestsError `unknown-request` and whatever `make` throws, AccessError `not-permitted` (recorded). */
export async function changeRequest(
  context: RequestsContext,
  changing: Changing,
  make: (row: RequestRow) => RequestContent,
): Promise<void> {
  const { access } = context;
  const {
    asker,
    action,
    customerId,
    requestId,
    step,
    also,
    isOwn,
    message,
    dispute,
    beside,
    detail,
    drops = [],
    alongside,
  } = changing;
  const targets = isOwn === true ? [asker.principalId] : [customerId];
  const attempt = { kind: "right", action, actor: asker, targets, also, ...(isOwn === undefined ? {} : { isOwn }) };
  await access.write({ ...attempt, kind: "right" }, async ({ tx, act, changeDisputes }) => {
    const moved = dispute === undefined ? [] : [await changeDisputes(customerId, dispute)];
    const said = message === undefined ? [] : [putRow(MESSAGE, { ...message, lookup: null })];
    const rows = [...said, ...(beside?.rows ?? [])];
    const written = await changeRow(context, tx, { customerId, requestId, act, rows, drops, alongside }, make);
    for (const tellingId of drops) await context.tellings.forget(tx, tellingId);
    await beside?.index(tx);
    return {
      result: null,
      written: [...moved, ...written],
      customers: [customerId],
      detail: { request: requestId, step, ...detail },
      ids: [requestId],
    };
  });
}

interface Within extends At {
  /** The entry that names what is written here. */
  readonly act: Uuid;
  /** Further rows of the customer, by the same change: a second one in a transaction would be read as rolled back until it is committed. */
  readonly rows?: readonly RowChange[] | undefined;
  readonly drops?: readonly Uuid[];
  readonly alongside?: Alongside | undefined;
}

/** Within a transaction of whoever writes more by the same act. Throws RequestsError `unknown-request`, `call-needed` and whatever `make` throws. */
export async function changeRow(
  context: RequestsContext,
  tx: Transaction,
  { customerId, requestId, act, rows = [], drops = [], alongside }: Within,
  make: (row: RequestRow) => RequestContent,
): Promise<WrittenAuthority[]> {
  const { authority, clock, clocks } = context;
  const changed: RequestRow[] = [];
  const written = await authority.change(tx, {
    ownerId: customerId,
    act,
    reads: [
      REQUEST.kind,
      ...(drops.length === 0 ? [] : [TELLING.kind]),
      ...(alongside === undefined ? [] : [alongside.reads]),
    ],
    make: (live): RowChange[] => {
      const row = live.of(REQUEST, clock.now()).find(({ rowId }) => rowId === requestId);
      if (row === undefined) throw new RequestsError("unknown-request");
      const content = settled(clocks, make(row), clock.now());
      changed.push({ ...row, content, revision: row.revision + 1 });
      const dropped = drops.filter((id) => live.get(TELLING, id, clock.now())?.content.told === null);
      const beside = alongside?.row(live);
      if (beside === null) throw new RequestsError("call-needed");
      const named = beside === undefined ? [] : [beside];
      return [putRow(REQUEST, { ...row, content }), ...named, ...rows, ...dropped.map((end) => ({ end }))];
    },
  });
  for (const row of changed) await queue(context, tx, row);
  return written;
}

/** Puts the request where it now stands in the queue. A letter that is due goes out all the same, unless the day itself has moved. */
export async function queue(context: RequestsContext, tx: Transaction, row: RequestRow): Promise<void> {
  const { keys, clock } = context;
  const stored = await selectQueueRow(tx, row.rowId, true);
  const before = stored === null ? null : verifiedRow(keys, stored);
  const dueBefore = new Date(row.content.due.before);
  const isSame = before !== null && before.dueBefore.getTime() === dueBefore.getTime();
  const remindAt = isSame ? before.remindAt : nextReminder(dueBefore, clock.now());
  await putQueueRow(tx, withMac(keys, queueRowOf(row, remindAt)));
}

export function lookupOf({ keys }: Pick<RequestsContext, "keys">, requestId: Uuid): Token {
  return keys.keyedDigest("rights-request", requestId);
}

/** For staff. Throws RequestsError `unknown-request`. */
export async function findRequest(context: RequestsContext, requestId: Uuid): Promise<RequestRow> {
  const row = await getRequestById(context, requestId);
  if (row === null) throw new RequestsError("unknown-request");
  return row;
}

export function getRequestById(context: RequestsContext, requestId: Uuid): Promise<RequestRow | null> {
  return context.authority.find(context.database, REQUEST, lookupOf(context, requestId));
}

/** Of one customer. Throws RequestsError `unknown-request`. */
export async function getRequest({ authority, database }: RequestsContext, at: At): Promise<RequestRow> {
  const row = await authority.get(database, REQUEST, { ownerId: at.customerId, rowId: at.requestId });
  if (row === null) throw new RequestsError("unknown-request");
  return row;
}
