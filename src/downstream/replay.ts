// Once more: dead letters, some deliveries, or everything since a time, which is read from the ledger and not from the queue.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { happeningOf } from "../events/happening.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DownstreamContext } from "./context.ts";
import { insertDeliveries, type NewDelivery, reviveDead } from "./delivery-store.ts";
import { DownstreamError } from "./errors.ts";
import { eventTypeOf } from "./told-of.ts";
import { isFor } from "./fan-out.ts";
import { indexAt } from "./find-index.ts";
import type { Subscription } from "./subscription-row.ts";
import { readSubscription } from "./subscriptions.ts";

export type Replaying =
  | { readonly what: "dead" }
  | { readonly what: "entries"; readonly entryIds: readonly Uuid[] }
  | { readonly what: "since"; readonly since: Date };

const EVENTS_MAX = 10_000;
const PAGE = 256;

/** Returns how many wait again. Throws DownstreamError `unknown-webhook`, `too-many-events`. */
export async function replay(
  context: DownstreamContext,
  { webhookId, replaying }: { readonly webhookId: Uuid; readonly replaying: Replaying },
  actor: Actor,
  also?: AlsoWrite,
): Promise<number> {
  const subscription = await readSubscription(context, webhookId);
  const rows = replaying.what === "since" ? await eventsSince(context, subscription, replaying.since) : [];
  const attempt = { kind: "webhook", action: "webhook.replay", actor, targets: [webhookId], also } as const;
  return context.access.write(attempt, async ({ tx }) => {
    const entryIds = replaying.what === "entries" ? replaying.entryIds : null;
    const revived = replaying.what === "since" ? rows.length : await reviveDead(tx, webhookId, entryIds);
    await insertDeliveries(tx, rows, true);
    const detail = { webhook: webhookId, what: replaying.what, events: revived };
    return { result: revived, written: [], detail, ids: [webhookId] };
  });
}

async function eventsSince(
  { ledger }: DownstreamContext,
  subscription: Subscription,
  since: Date,
): Promise<NewDelivery[]> {
  const rows: NewDelivery[] = [];
  for (let index = await indexAt(ledger, since); ;) {
    const entries = await ledger.tail(index, PAGE);
    for (const entry of entries) {
      const happening = happeningOf(entry);
      const type = happening.withheld ? null : eventTypeOf(happening);
      const isSince = happening.at !== null && happening.at >= Math.floor(since.getTime() / 1000);
      if (type === null || !isSince || !isFor(subscription, type, happening)) continue;
      rows.push({ webhookId: subscription.rowId, entryId: entry.entryId, index: entry.index, type });
      if (rows.length > EVENTS_MAX) throw new DownstreamError("too-many-events");
    }
    const last = entries.at(-1);
    if (last === undefined || entries.length < PAGE) return rows;
    index = last.index + 1;
  }
}
