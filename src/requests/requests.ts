// Customers' requests under their rights: taken in, known by whom, worked on, decided, appealed, and never overdue in silence.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Clocks } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { carryOut, carryOutAll, follow, lookAtCopy } from "./carry-out.ts";
import { type Claimed, claimCode, claimed } from "./claim.ts";
import { type At, findRequest, getRequest } from "./change-request.ts";
import type { Customer, RequestsContext } from "./context.ts";
import { type AppealDeciding, decideAppeal, decideRequest, type Deciding } from "./decide.ts";
import { statementsOf } from "./dispute.ts";
import type { SealedStatement } from "../disclosure/disclosure.ts";
import { type Tried, tryIdentity } from "./identity.ts";
import { type Intake, takeIn } from "./intake.ts";
import { type OwnStep, takeOwnStep } from "./own-steps.ts";
import {
  countOpen,
  dueDays,
  isQueueVersionUsed,
  mendQueue,
  type QueueFinding,
  type QueuePage,
  readQueue,
  underWay,
  renewQueueMacs,
  verifyQueue,
} from "./queue.ts";
import type { QueueRow } from "./queue-row.ts";
import type { QueueAsk } from "./queue-store.ts";
import type { Served } from "../tellings/tellings.ts";
import { readRequest, type ReadRequest } from "./read-request.ts";
import { sendReminders } from "./reminders.ts";
import { faceOf, REQUEST, type RequestFace } from "./request-row.ts";
import { letterOf, type RequestLetter } from "./letter.ts";
import { isRestrictionDue, keepRestriction } from "./restrict.ts";
import { type Step, takeStep } from "./steps.ts";
import { besideTelling } from "./told.ts";

export type { Customer, Reminder, RequestsContext } from "./context.ts";
export type { RequestsErrorCode } from "./errors.ts";
export type { QueueRow } from "./queue-row.ts";
export type { QueueFinding, QueuePage } from "./queue.ts";
export type { ReadRequest } from "./read-request.ts";
export type { RequestFace } from "./request-row.ts";
export type { Claimed } from "./claim.ts";
export type { OwnStep } from "./own-steps.ts";
export type { Step } from "./steps.ts";
export type { Deed, Obstacle } from "./deed-row.ts";
export type { Along, Deeds } from "./deeds.ts";
export { changeValues } from "./correct.ts";
export { currentDeeds } from "./deed-row.ts";
export { askedAbout } from "./asked-about.ts";
export { seedQueue } from "./queue.ts";
export { daysUntil } from "./standing.ts";

/** Writes throw RequestsError and AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Requests {
  readonly clocks: Clocks;
  /** What is written of a request by the commit that says that somebody was told. */
  readonly served: Served;
  /** By the customer, or for one: `channel` says which. */
  takeIn(asker: Authenticated, asked: Intake, also?: AlsoWrite): Promise<RequestFace>;
  /** What a letter to somebody who wants letters says of it now. */
  letterOf(
    at: { readonly customerId: Uuid; readonly requestId: Uuid },
    language: "en" | "es" | "de",
  ): Promise<RequestLetter | null>;
  faceOf(at: { readonly customerId: Uuid; readonly requestId: Uuid }): Promise<RequestFace>;
  /** For staff, who know the request's id alone. */
  find(requestId: Uuid): Promise<RequestFace>;
  /** What the customer says of fields that they dispute, sealed: for the gate. */
  statementsOf(customerId: Uuid): Promise<readonly SealedStatement[]>;
  queue(ask: QueueAsk): Promise<QueuePage>;
  /** Of rows of the queue, by request: the day at whose end each is due, as its law counts days. None of those whose rows do not verify. */
  dueDays(rows: readonly Pick<QueueRow, "customerId">[]): Promise<ReadonlyMap<Uuid, string>>;
  counts(): Promise<{ readonly open: number; readonly overdue: number }>;
  ofCustomer(customerId: Uuid): Promise<readonly RequestFace[]>;
  /** Words are opened, by an entry, or left: null then. */
  read(asker: Authenticated, requestId: Uuid, words: "opened" | "left"): Promise<ReadRequest>;
  readOwn(asker: Customer, requestId: Uuid, words: "opened" | "left"): Promise<ReadRequest>;
  /** For whoever asked for an erasure: keeps it, and has the certificate by it once they cannot sign in any more. */
  claimCode(requestId: Uuid): string;
  /** Null for whatever is no such code. */
  claimed(code: string): Promise<Claimed | null>;
  step(asker: Authenticated, requestId: Uuid, step: Step, also?: AlsoWrite): Promise<RequestFace>;
  ownStep(asker: Customer, requestId: Uuid, step: OwnStep, also?: AlsoWrite): Promise<RequestFace>;
  identity(asker: Authenticated, tried: Tried, also?: AlsoWrite): Promise<RequestFace>;
  decide(asker: Authenticated, deciding: Deciding, also?: AlsoWrite): Promise<RequestFace>;
  decideAppeal(asker: Authenticated, deciding: AppealDeciding, also?: AlsoWrite): Promise<RequestFace>;
  /** The customer has their copy: what it answers is done. */
  copyFetched(at: { readonly customerId: Uuid; readonly requestId: Uuid }): Promise<void>;
  /** For the background: what was granted, letters that are due, and now and then a walk over all. */
  look(signal: AbortSignal): Promise<void>;
  verify(): AsyncGenerator<QueueFinding, void, undefined>;
  renewMacs(): Promise<{ readonly renewed: number; readonly forged: number }>;
  isVersionUsed(version: number): Promise<boolean>;
}

const WALK_EVERY_MS = 10 * 60_000;

export function openRequests(context: RequestsContext): Requests {
  const { authority, database } = context;
  const find = async (requestId: Uuid): Promise<RequestFace> => faceOf(await findRequest(context, requestId));
  /** What follows from a change at once; a face of how it then stands. */
  const followed = async (at: At): Promise<RequestFace> => {
    const { content } = await getRequest(context, at);
    if (isRestrictionDue(content)) await keepRestriction(context, at);
    await carryOut(context, at, "quick");
    return faceOf(await getRequest(context, at));
  };
  const after = async (requestId: Uuid, work: Promise<void>): Promise<RequestFace> => {
    await work;
    return followed(await find(requestId));
  };
  const walkOn = walker(context);
  return {
    clocks: context.clocks,
    served: { reads: [REQUEST.kind], beside: besideTelling(context) },
    takeIn: async (asker, asked, also) => {
      const requestId = await takeIn(context, asker, asked, also);
      const face = await followed({ customerId: asked.customerId, requestId });
      await context.tell({ customerId: asked.customerId, requestId, place: asked.place }, "right-received");
      return face;
    },
    letterOf: (at, language) => letterOf(context, at, language),
    faceOf: async (at) => faceOf(await getRequest(context, at)),
    find,
    statementsOf: (customerId) => statementsOf(context, customerId),
    queue: (ask) => readQueue(context, ask),
    dueDays: (rows) => dueDays(context, rows),
    counts: () => countOpen(context),
    ofCustomer: async (customerId) =>
      (await authority.live(database, REQUEST, customerId)).toReversed().map((row) => faceOf(row)),
    read: async (asker, requestId, words) => readRequest(context, asker, await findRequest(context, requestId), words),
    readOwn: async (asker, requestId, words) =>
      readRequest(context, asker, await getRequest(context, { customerId: asker.customerId, requestId }), words),
    claimCode: (requestId) => claimCode(context, requestId),
    claimed: (code) => claimed(context, code),
    step: (asker, requestId, step, also) => after(requestId, takeStep(context, asker, { requestId, step, also })),
    ownStep: async (asker, requestId, step, also) => {
      await takeOwnStep(context, asker, { requestId, step, also });
      return followed({ customerId: asker.customerId, requestId });
    },
    identity: (asker, tried, also) => after(tried.requestId, tryIdentity(context, asker, tried, also)),
    decide: (asker, deciding, also) => after(deciding.requestId, decideRequest(context, asker, deciding, also)),
    decideAppeal: (asker, deciding, also) => after(deciding.requestId, decideAppeal(context, asker, deciding, also)),
    copyFetched: async (at) => lookAtCopy(context, await getRequest(context, at)),
    look: async (signal) => {
      await carryOutAll(context, await underWay(context), signal);
      while ((await sendReminders(context, signal)) > 0) signal.throwIfAborted();
      await walkOn();
    },
    verify: () => verifyQueue(context),
    renewMacs: () => renewQueueMacs(context),
    isVersionUsed: (version) => isQueueVersionUsed(context, version),
  };
}

/** Goes over all requests, a page each time it is called, and rests between two rounds. */
function walker(context: RequestsContext): () => Promise<void> {
  const { clock } = context;
  let walk: { after: Uuid | null; readonly from: number } | null = null;
  let walkedAt = clock.now().getTime();
  return async () => {
    if (walk === null && clock.now().getTime() - walkedAt < WALK_EVERY_MS) return;
    const under = (walk ??= { after: null, from: clock.now().getTime() });
    under.after = await mendQueue(context, under.after, async (row) => {
      const at = { customerId: row.ownerId, requestId: row.rowId };
      if (isRestrictionDue(row.content)) await keepRestriction(context, at);
      // What a queue that was changed behind our back does not tell of; and copies of whose fetching nothing was heard.
      if (row.content.state === "fulfilling") await carryOut(context, at, "all");
      await follow(context, at);
    });
    if (under.after === null && walk === under) [walkedAt, walk] = [under.from, null];
  };
}
