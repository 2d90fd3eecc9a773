// The queue as those who work on it see it, and what keeps it true to the requests.
import { asId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { versionOfMac } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import type { At } from "./change-request.ts";
import type { QueueFault, RequestsContext } from "./context.ts";
import { type QueueRow, queueRowOf, saysTheSame, type StoredQueueRow, verifiedRow, withMac } from "./queue-row.ts";
import {
  countQueue,
  deleteQueueRow,
  isVersionInQueue,
  putQueueRow,
  type QueueAsk,
  type RawQueueRow,
  selectQueue,
  selectQueueRange,
  selectQueueRow,
  selectQueueRows,
  selectUnderWay,
} from "./queue-store.ts";
import { nextReminder } from "../clocks/clocks.ts";
import { REQUEST, type RequestRow } from "./request-row.ts";

export interface QueuePage {
  readonly items: readonly QueueRow[];
  /** Rows that do not verify: that they are there is shown, what they say is not. */
  readonly unverified: readonly string[];
  readonly next: { readonly dueBefore: Date; readonly requestId: Uuid } | null;
}

export async function readQueue(context: RequestsContext, ask: QueueAsk): Promise<QueuePage> {
  const { database, keys, onAnomaly } = context;
  const rows = await selectQueue(database, ask);
  const items: QueueRow[] = [];
  const unverified: string[] = [];
  for (const row of rows) {
    const verified = verifiedRow(keys, row);
    if (verified !== null) items.push(verified);
    else {
      unverified.push(row.request_id);
      onAnomaly({ row: "right", code: "forged", id: row.request_id });
    }
  }
  const last = rows.length === ask.limit ? rows.at(-1) : undefined;
  return {
    items,
    unverified,
    next: last === undefined ? null : { dueBefore: last.due_before, requestId: asId(last.request_id) },
  };
}

/** In one statement: what the queue's rows do not say. */
export async function dueDays(
  { authority, clock, database }: RequestsContext,
  rows: readonly Pick<QueueRow, "customerId">[],
): Promise<ReadonlyMap<Uuid, string>> {
  const customers = [...new Set(rows.map(({ customerId }) => customerId))];
  const found = await authority.liveOfMany(database, [REQUEST], customers);
  const requests = [...found.values()].flatMap((live) => live?.of(REQUEST, clock.now()) ?? []);
  return new Map(requests.map(({ rowId, content }) => [rowId, content.due.on]));
}

/** What was granted and is not done; some at a time. Which they are is what their own rows say. */
export async function underWay({ database }: RequestsContext): Promise<readonly At[]> {
  const rows = await selectUnderWay(database, UNDER_WAY_MAX);
  return rows.map((row) => ({ customerId: asId(String(row.customer_id)), requestId: asId(row.request_id) }));
}

/** More than that is told as that many. */
const COUNTED_MAX = 10_000;

export function countOpen({ database, clock }: RequestsContext) {
  return countQueue(database, clock.now(), COUNTED_MAX);
}

export interface QueueFinding {
  readonly code: QueueFault;
  readonly requestId: string;
  readonly customerId: Uuid | null;
}

const PAGE = 500;
const UNDER_WAY_MAX = 200;

/** Every row of the queue against the request it is of. */
export async function* verifyQueue(context: RequestsContext): AsyncGenerator<QueueFinding, void, undefined> {
  const { authority, database, keys } = context;
  const known = new Set<string>();
  for (let after: Uuid | null = null, isLast = false; !isLast;) {
    const page: Awaited<ReturnType<typeof authority.page<RequestRow["content"]>>> = await authority.page(
      database,
      REQUEST,
      {
        state: "live",
        after,
        limit: PAGE,
      },
    );
    const rows = await queueRows(context, page.rows);
    for (const id of page.unverified) known.add(id);
    for (const row of page.rows) {
      known.add(row.rowId);
      const fault = faultOf(keys, row, rows.get(row.rowId));
      // Read again, since either may have been changed since.
      if (fault === null || (await stillFaulty(context, row)) === null) continue;
      yield { code: fault, requestId: row.rowId, customerId: row.ownerId };
    }
    after = page.next;
    isLast = after === null;
  }
  yield* strangers(context, known);
}

async function* strangers(
  context: RequestsContext,
  known: ReadonlySet<string>,
): AsyncGenerator<QueueFinding, void, undefined> {
  for (let after: Uuid | null = null, isLast = false; !isLast;) {
    const page: readonly RawQueueRow[] = await selectQueueRange(context.database, after, PAGE);
    for (const { request_id: id, customer_id: owner } of page) {
      if (known.has(id)) continue;
      const at = { ownerId: asId(String(owner)), rowId: asId(id) };
      if ((await context.authority.get(context.database, REQUEST, at).catch(() => null)) !== null) continue;
      yield { code: "extra", requestId: id, customerId: null };
    }
    const last = page.at(-1);
    isLast = page.length < PAGE || last === undefined;
    after = last === undefined ? null : asId(last.request_id);
  }
}

async function queueRows(
  { database }: RequestsContext,
  rows: readonly RequestRow[],
): Promise<ReadonlyMap<string, RawQueueRow>> {
  const found = await selectQueueRows(
    database,
    rows.map(({ rowId }) => rowId),
  );
  return new Map(found.map((row) => [row.request_id, row]));
}

async function stillFaulty(context: RequestsContext, { ownerId, rowId }: RequestRow): Promise<QueueFault | null> {
  const { authority, database, keys } = context;
  // The queue first: written together, it is no newer than what is read of the request after it.
  const stored = await selectQueueRow(database, rowId);
  const row = await authority.get(database, REQUEST, { ownerId, rowId });
  return row === null ? null : faultOf(keys, row, stored ?? undefined);
}

function faultOf(keys: RequestsContext["keys"], row: RequestRow, stored: RawQueueRow | undefined): QueueFault | null {
  if (stored === undefined) return "missing";
  const verified = verifiedRow(keys, stored);
  if (verified === null) return "forged";
  if (verified.revision < row.revision) return "aged";
  return verified.revision > row.revision || saysTheSame(queueRowOf(row, verified.remindAt), verified)
    ? null
    : "forged";
}

/** One page of the walk: what is missing, old or not ours is made again and reported, so that nothing is hidden for long. */
export async function mendQueue(
  context: RequestsContext,
  after: Uuid | null,
  onRow: (row: RequestRow) => Promise<void>,
): Promise<Uuid | null> {
  const { authority, database, keys, onAnomaly } = context;
  const page = await authority.page(database, REQUEST, { state: "live", after, limit: PAGE });
  const rows = await queueRows(context, page.rows);
  for (const row of page.rows) {
    if (faultOf(keys, row, rows.get(row.rowId)) !== null) {
      const fault = await stillFaulty(context, row);
      if (fault !== null) {
        onAnomaly({ row: "right", code: fault, id: row.rowId });
        await database.transaction((tx) => mend(context, tx, row));
      }
    }
    await onRow(row);
  }
  return page.next;
}

/** Whoever changes the request meanwhile writes a higher revision, over which this one is not put. */
async function mend(context: RequestsContext, tx: Transaction, { ownerId, rowId }: RequestRow): Promise<void> {
  const { authority, clock, keys } = context;
  await selectQueueRow(tx, rowId, true);
  const row = await authority.get(tx, REQUEST, { ownerId, rowId });
  if (row === null) return;
  await deleteQueueRow(tx, rowId);
  const remindAt = nextReminder(new Date(row.content.due.before), new Date(clock.now().getTime() - 1));
  await putQueueRow(tx, withMac(keys, queueRowOf(row, remindAt)));
}

/** After the authority key was rotated. */
export async function renewQueueMacs({
  database,
  keys,
}: RequestsContext): Promise<{ renewed: number; forged: number }> {
  const newest = versionOfMac(keys.authorityMac(["uberrima/newest-version"]));
  const tally = { renewed: 0, forged: 0 };
  for (let after: Uuid | null = null, isLast = false; !isLast;) {
    const page: readonly RawQueueRow[] = await selectQueueRange(database, after, PAGE);
    for (const { request_id: id, mac } of page) {
      if (versionOfMac(mac) === newest) continue;
      await database.transaction(async (tx) => {
        const stored = await selectQueueRow(tx, asId(id), true);
        const verified: StoredQueueRow | null = stored === null ? null : verifiedRow(keys, stored);
        if (stored !== null && verified === null) tally.forged += 1;
        if (verified === null) return;
        await putQueueRow(tx, withMac(keys, verified));
        tally.renewed += 1;
      });
    }
    const last = page.at(-1);
    isLast = page.length < PAGE || last === undefined;
    after = last === undefined ? null : asId(last.request_id);
  }
  return tally;
}

export function isQueueVersionUsed({ database }: RequestsContext, version: number): Promise<boolean> {
  return isVersionInQueue(database, version);
}

/** Puts rows into the queue without their requests: for benchmarks, to which a hundred thousand requests would take hours. */
export async function seedQueue(
  { database, keys }: Pick<RequestsContext, "database" | "keys">,
  rows: readonly QueueRow[],
): Promise<void> {
  await database.transaction(async (tx) => {
    for (const row of rows) await putQueueRow(tx, withMac(keys, row));
  });
}
