// Out of the queue to a receiver: what an entry says, signed, once for each row; what fails waits or becomes a dead letter.
import { Agent } from "node:https";
import { happeningOf } from "../events/happening.ts";
import { post } from "../events/post.ts";
import { AppError } from "../kernel/app-error.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { TailEntry } from "../ledger/ledger.ts";
import { cloudEvent, MEDIA_TYPE } from "./cloud-event.ts";
import type { DownstreamContext } from "./context.ts";
import { type DeliveryRow, type Settled, settleDeliveries, takeDue } from "./delivery-store.ts";
import { checkedDestination, lookupPublic } from "./destination.ts";
import { eventTypeOf } from "./told-of.ts";
import { isFor } from "./fan-out.ts";
import { signedHeaders } from "./signing.ts";
import { stateOf, type Subscription } from "./subscription-row.ts";
import { pauseSubscription, readSubscription } from "./subscriptions.ts";

const BATCH = 64;
const CONNECTIONS_MAX = 8;
/** Beyond what all of a batch can take to fail. */
const HOLD_SECONDS_MIN = 60;
/** Entries this close together are read at once. */
const RUN_MAX = 64;
const GONE = 410;

/** Until nothing is due, everything fails, or it is to stop. Returns false where everything failed. */
export async function drain(context: DownstreamContext, webhookId: Uuid, signal: AbortSignal): Promise<boolean> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });
  const hangUp = (): void => agent.destroy();
  signal.addEventListener("abort", hangUp, { once: true });
  const holdSeconds = HOLD_SECONDS_MIN + (BATCH / CONNECTIONS_MAX) * (context.settings.stallMs / 1000);
  try {
    while (!signal.aborted) {
      const subscription = await readSubscription(context, webhookId);
      if (stateOf(subscription.content) !== "in-force") return true;
      const rows = await takeDue(context.database, webhookId, { limit: BATCH, holdSeconds });
      if (rows.length === 0) return true;
      const entries = await entriesOf(context, rows);
      const settled = await Promise.all(
        rows.map((row) => deliverOne({ context, subscription, agent }, row, entries.get(row.entryId))),
      );
      await settleDeliveries(context.database, webhookId, settled);
      if (settled.some(({ status }) => status === GONE)) await pauseGone(context, webhookId);
      if (settled.every(({ state }) => state !== "delivered")) return false;
    }
    return true;
  } finally {
    signal.removeEventListener("abort", hangUp);
    agent.destroy();
  }
}

/** Whoever answers that it is gone for good is asked no more (Standard Webhooks, "410 Gone"). */
async function pauseGone(context: DownstreamContext, webhookId: Uuid): Promise<void> {
  await pauseSubscription(context, { webhookId, isPaused: true }, context.access.system);
}

async function entriesOf({ ledger }: DownstreamContext, rows: readonly DeliveryRow[]): Promise<Map<string, TailEntry>> {
  const found = new Map<string, TailEntry>();
  const indexes = rows.map(({ index }) => index).toSorted((one, other) => one - other);
  let next = -1;
  for (const index of indexes) {
    if (index < next) continue;
    const last = indexes.findLast((each) => each < index + RUN_MAX) ?? index;
    for (const entry of await ledger.tail(index, last - index + 1)) found.set(entry.entryId, entry);
    next = last + 1;
  }
  return found;
}

interface Delivering {
  readonly context: DownstreamContext;
  readonly subscription: Subscription;
  readonly agent: Agent;
}

async function deliverOne(delivering: Delivering, row: DeliveryRow, entry: TailEntry | undefined): Promise<Settled> {
  const { settings, ledger } = delivering.context;
  const entryId = asId(row.entryId);
  const happening = entry === undefined ? null : happeningOf(entry);
  const type = happening === null || happening.withheld ? null : eventTypeOf(happening);
  // INVARIANT: the row is believed nothing: what is sent is the ledger's word, to whom it is for.
  if (happening === null || type === null || !isFor(delivering.subscription, type, happening))
    return { entryId, state: "dead", outcome: "not-genuine", status: null, waitSeconds: 0 };
  const { status, outcome } = await send(delivering, entryId, cloudEvent(happening, type, ledger.origin));
  if (outcome === "delivered") return { entryId, state: "delivered", outcome, status, waitSeconds: 0 };
  const wait = settings.scheduleSeconds[row.attempts - 1];
  const isOver = wait === undefined || status === GONE;
  // A part of it by chance, so that what failed together does not come back together.
  const waitSeconds = isOver ? 0 : wait * (1 + Math.random() / 10);
  return { entryId, state: isOver ? "dead" : "waiting", outcome, status, waitSeconds };
}

async function send(
  { context: { settings, clock }, subscription: { content }, agent }: Delivering,
  id: Uuid,
  body: string,
): Promise<{ readonly status: number | null; readonly outcome: string }> {
  const { ca, isPrivateAllowed, stallMs } = settings;
  const sentAt = clock.now();
  const secrets = content.secrets.filter(({ until }) => until === null || new Date(until) > sentAt);
  const signed = signedHeaders(
    secrets.map(({ secret }) => secret),
    { id, sentAt, body },
  );
  try {
    const url = checkedDestination(content.url, isPrivateAllowed);
    const headers = { "content-type": MEDIA_TYPE, "user-agent": "uberrima", ...signed };
    const lookup = isPrivateAllowed ? {} : { lookup: lookupPublic };
    const { status } = await post({ url, agent, headers, body, ca, stallMs, ...lookup });
    return { status, outcome: status >= 200 && status < 300 ? "delivered" : "refused" };
  } catch (error) {
    return { status: null, outcome: codeOf(error) };
  }
}

/** The innermost code of ours: a look-up that was refused comes out of the connection. */
function codeOf(error: unknown): string {
  if (!(error instanceof AppError)) return "failed";
  return error.cause instanceof AppError ? error.cause.code : error.code;
}
