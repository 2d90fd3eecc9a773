// What other systems are told of: subscriptions of two people, a queue out of the ledger, deliveries that are tried again, dead letters, replay.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Stream } from "../events/stream.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { DownstreamContext } from "./context.ts";
import { drain } from "./deliver.ts";
import {
  countDeliveries,
  type DeliveryFilter,
  type DeliveryRow,
  forgetOld,
  forgetWebhook,
  selectDeliveries,
} from "./delivery-store.ts";
import { startFanOut } from "./fan-out.ts";
import { replay, type Replaying } from "./replay.ts";
import { faceOf, stateOf, type SubscriptionFace } from "./subscription-row.ts";
import {
  approveSubscription,
  endSubscription,
  listSubscriptions,
  type MadeSubscription,
  pauseSubscription,
  readSubscription,
  renewSecret,
  requestSubscription,
  showSubscription,
  type SubscriptionRequest,
} from "./subscriptions.ts";

export { type DownstreamSettings, SCHEDULE_SECONDS } from "./context.ts";
export type { DownstreamErrorCode } from "./errors.ts";
export { EVENT_TYPES } from "./told-of.ts";
export type { MadeSubscription, Replaying, SubscriptionFace };

export interface Delivery extends Omit<DeliveryRow, "index" | "webhookId" | "entryId"> {
  readonly entryId: Uuid;
}

export interface DeliveryPage {
  readonly items: readonly Delivery[];
  readonly next: Uuid | null;
}

export interface ListedSubscription extends SubscriptionFace {
  readonly waiting: number;
  readonly dead: number;
}

/** Writes throw DownstreamError, AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Downstream {
  request(asked: SubscriptionRequest, actor: Actor, also?: AlsoWrite): Promise<MadeSubscription>;
  /** The second of two people. */
  approve(webhookId: Uuid, actor: Actor, also?: AlsoWrite): Promise<SubscriptionFace>;
  pause(
    pausing: { readonly webhookId: Uuid; readonly isPaused: boolean },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<SubscriptionFace>;
  renewSecret(webhookId: Uuid, actor: Actor, also?: AlsoWrite): Promise<MadeSubscription>;
  end(webhookId: Uuid, actor: Actor, also?: AlsoWrite): Promise<void>;
  show(webhookId: Uuid): Promise<SubscriptionFace>;
  /** The caller checks `webhook.list`, as for deliveries. */
  list(): Promise<readonly ListedSubscription[]>;
  deliveries(filter: DeliveryFilter): Promise<DeliveryPage>;
  replay(
    what: { readonly webhookId: Uuid; readonly replaying: Replaying },
    actor: Actor,
    also?: AlsoWrite,
  ): Promise<number>;
  /** In the background, again and again: keeps stream and deliveries going, and comes back at once. */
  look(): Promise<void>;
  /** "ok", or a warning: receivers that are away keep nobody from working. */
  readiness(): string;
  stop(): Promise<void>;
}

const PAUSE_MS_MAX = 30_000;
const PAUSE_MS_MIN = 250;

export function openDownstream(context: DownstreamContext): Downstream {
  const workers = startWorkers(context);
  return {
    request: (asked, actor, also) => requestSubscription(context, asked, actor, also),
    approve: (webhookId, actor, also) => approveSubscription(context, webhookId, actor, also),
    pause: (pausing, actor, also) => pauseSubscription(context, pausing, actor, also),
    renewSecret: (webhookId, actor, also) => renewSecret(context, webhookId, actor, also),
    end: async (webhookId, actor, also) => {
      await endSubscription(context, webhookId, actor, also);
      await forgetWebhook(context.database, webhookId);
    },
    show: (webhookId) => showSubscription(context, webhookId),
    list: () => listWithCounts(context),
    deliveries: (filter) => pageOf(context, filter),
    replay: (what, actor, also) => replay(context, what, actor, also),
    ...workers,
  };
}

async function listWithCounts(context: DownstreamContext): Promise<ListedSubscription[]> {
  const counts = await countDeliveries(context.database);
  const countOf = (webhookId: Uuid, state: string): number =>
    counts.find((one) => one.webhookId === webhookId && one.state === state)?.count ?? 0;
  return (await listSubscriptions(context)).map((row) => ({
    ...faceOf(row),
    waiting: countOf(row.rowId, "waiting"),
    dead: countOf(row.rowId, "dead"),
  }));
}

async function pageOf(context: DownstreamContext, filter: DeliveryFilter): Promise<DeliveryPage> {
  await readSubscription(context, filter.webhookId);
  const rows = await selectDeliveries(context.database, filter);
  const items = rows.map(({ entryId, index: _index, webhookId: _webhookId, ...shown }) => ({
    entryId: asId(entryId),
    ...shown,
  }));
  return { items, next: rows.length === filter.limit ? (items.at(-1)?.entryId ?? null) : null };
}

interface Worker {
  isBusy: boolean;
  failures: number;
  /** Not before then, in milliseconds of the process. */
  from: number;
}

/** From here on health speaks of what is not yet queued. */
const LAG_SECONDS_MAX = 60;

/** INVARIANT: one receiver's worker waits for nobody else's. */
function startWorkers(context: DownstreamContext): Pick<Downstream, "look" | "readiness" | "stop"> {
  const controller = new AbortController();
  const workers = new Map<Uuid, Worker>();
  const running = new Set<Promise<void>>();
  let stream: Stream | null = null;
  const work = async (webhookId: Uuid, worker: Worker): Promise<void> => {
    worker.isBusy = true;
    try {
      const isReached = await drain(context, webhookId, controller.signal);
      worker.failures = isReached ? 0 : worker.failures + 1;
    } catch (error) {
      worker.failures += 1;
      context.onFailure(error);
    }
    const pauseMs =
      worker.failures === 0 ? 0 : Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** Math.min(worker.failures, 10));
    worker.from = performance.now() + pauseMs;
    worker.isBusy = false;
  };
  return {
    async look() {
      const told = (await listSubscriptions(context)).filter(({ content }) => stateOf(content) === "in-force");
      if (controller.signal.aborted) return;
      if (told.length > 0) stream ??= startFanOut(context);
      else {
        await stream?.stop();
        stream = null;
      }
      for (const webhookId of workers.keys())
        if (!told.some(({ rowId }) => rowId === webhookId)) workers.delete(webhookId);
      for (const { rowId } of told) {
        const worker = workers.get(rowId) ?? { isBusy: false, failures: 0, from: 0 };
        workers.set(rowId, worker);
        if (worker.isBusy || worker.from > performance.now()) continue;
        const done = work(rowId, worker).finally(() => running.delete(done));
        running.add(done);
      }
      if (told.length > 0) await forgetOld(context.database);
    },
    readiness() {
      const away = [...workers.values()].filter(({ failures }) => failures > 2).length;
      if (away > 0) return `warning: ${away} webhooks do not get through`;
      const since = stream?.state().waitingSince ?? null;
      const lagSeconds = since === null ? 0 : Math.floor(context.clock.now().getTime() / 1000) - since;
      return lagSeconds <= LAG_SECONDS_MAX ? "ok" : `warning: what webhooks are to be told is ${lagSeconds} s behind`;
    },
    async stop() {
      controller.abort();
      await stream?.stop();
      await Promise.all(running);
    },
  };
}
