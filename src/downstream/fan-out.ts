// From the ledger's stream into the queue: an entry that a webhook is for is a delivery that waits.
import { startStream, type Happening, type Sink, type Stream } from "../events/stream.ts";
import type { DownstreamContext } from "./context.ts";
import { insertDeliveries, type NewDelivery } from "./delivery-store.ts";
import { type EventType, eventTypeOf } from "./told-of.ts";
import { indexAt } from "./find-index.ts";
import { stateOf, type Subscription } from "./subscription-row.ts";
import { listSubscriptions } from "./subscriptions.ts";

const LEASE_SECONDS = 30;
const EVERY_MS = 500;

interface Queued {
  readonly happening: Happening;
  readonly index: number;
}

/** Runs while somebody is to be told; the stream's place is kept in between. */
export function startFanOut(context: DownstreamContext): Stream {
  const { database, keys, ledger, onFailure } = context;
  return startStream<Queued>({
    name: "downstream",
    // INVARIANT: what is withheld goes to no other system.
    cleared: false,
    sink: queueSink(context),
    database,
    keys,
    ledger,
    eventOf: (happening, { index }) => ({ happening, index }),
    first: async () => ({ position: (await earliest(context)) - 1, events: 0 }),
    leaseSeconds: LEASE_SECONDS,
    everyMs: EVERY_MS,
    onFailure,
    onForged: () => onFailure(new Error("the place of the stream to webhooks does not verify: it begins anew")),
  });
}

function queueSink(context: DownstreamContext): Sink<Queued> {
  return {
    confirmAfterMs: 0,
    overlapEntries: 0,
    async deliver(events) {
      const subscriptions = await listSubscriptions(context);
      const rows = events.flatMap(({ happening, index }): NewDelivery[] => {
        const type = eventTypeOf(happening);
        if (type === null) return [];
        const told = subscriptions.filter((one) => stateOf(one.content) === "in-force" && isFor(one, type, happening));
        return told.map(({ rowId }) => ({ webhookId: rowId, entryId: happening.entryId, index, type }));
      });
      await insertDeliveries(context.database, rows, false);
    },
    // The commit was it.
    async confirm() {},
    abandon() {},
  };
}

/** Whether a webhook is to be told of it at all. */
export function isFor({ content }: Subscription, type: EventType, { at }: Happening): boolean {
  const { approvedAt, types } = content;
  return approvedAt !== null && types.includes(type) && at !== null && at >= Math.floor(Date.parse(approvedAt) / 1000);
}

/** Nobody is told of what lies before the first approval. */
async function earliest(context: DownstreamContext): Promise<number> {
  const times = (await listSubscriptions(context)).flatMap(({ content }) => content.approvedAt ?? []);
  return times.length === 0 ? 0 : indexAt(context.ledger, new Date(times.toSorted()[0]!));
}
