// Webhooks asked for by one administrator, approved by another person, paused, given another secret, ended.
import { AccessError, type Action, type Actor, type AlsoWrite } from "../access/access.ts";
import { putRow, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { DownstreamContext } from "./context.ts";
import { checkedDestination } from "./destination.ts";
import { DownstreamError } from "./errors.ts";
import type { EventType } from "./told-of.ts";
import { newSecret } from "./signing.ts";
import {
  faceOf,
  stateOf,
  SUBSCRIPTION,
  type Subscription,
  type SubscriptionContent,
  type SubscriptionFace,
  WEBHOOKS,
} from "./subscription-row.ts";

export interface SubscriptionRequest {
  readonly name: string;
  readonly url: string;
  readonly types: readonly EventType[];
}

/** The secret is shown once and to nobody else. */
export interface MadeSubscription {
  readonly webhook: SubscriptionFace;
  readonly secret: string;
}

const SUBSCRIPTIONS_MAX = 50;
const SECRETS_MAX = 3;
/** How long a replaced secret goes on signing, for receivers to follow. */
const OVERLAP_MS = 24 * 3_600_000;

/** Sends nothing yet. Throws DownstreamError `bad-destination`, `private-destination`, `too-many-webhooks`. */
export async function requestSubscription(
  context: DownstreamContext,
  asked: SubscriptionRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<MadeSubscription> {
  const { href } = checkedDestination(asked.url, context.settings.isPrivateAllowed);
  const [rowId, secret] = [newId(), newSecret()];
  const content: SubscriptionContent = {
    name: asked.name,
    url: href,
    types: [...new Set(asked.types)],
    secrets: [{ secret, until: null }],
    requestedBy: actor.principalId,
    requestedAt: context.clock.now().toISOString(),
    approvedBy: null,
    approvedAt: null,
    pausedAt: null,
  };
  await write(context, { action: "webhook.request", actor, also, webhookId: rowId }, (rows) => {
    if (rows.length >= SUBSCRIPTIONS_MAX) throw new DownstreamError("too-many-webhooks");
    return putRow(SUBSCRIPTION, { rowId, content });
  });
  return { webhook: await showSubscription(context, rowId), secret };
}

/** Throws AccessError `own-authority` (recorded) for whoever asked for it, as whatever principal of theirs. */
export async function approveSubscription(
  context: DownstreamContext,
  webhookId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<SubscriptionFace> {
  const { content: asked } = await readSubscription(context, webhookId);
  const isSame =
    asked.requestedBy === actor.principalId || (await context.areOnePerson(asked.requestedBy, actor.principalId));
  return change(context, { action: "webhook.approve", actor, also, webhookId }, (content) => {
    // INVARIANT: who requests cannot approve (architecture, promise 6). Thrown here, so that it is an entry.
    if (isSame) throw new AccessError("own-authority");
    if (content.approvedBy !== null) throw new DownstreamError("wrong-state");
    return { ...content, approvedBy: actor.principalId, approvedAt: context.clock.now().toISOString() };
  });
}

/** Paused or going on. The queue keeps what stands in it; what happens meanwhile is not queued, but can be replayed. */
export async function pauseSubscription(
  context: DownstreamContext,
  { webhookId, isPaused }: { readonly webhookId: Uuid; readonly isPaused: boolean },
  actor: Actor,
  also?: AlsoWrite,
): Promise<SubscriptionFace> {
  return change(context, { action: "webhook.pause", actor, also, webhookId }, (content) => {
    if (stateOf(content) === "requested") throw new DownstreamError("wrong-state");
    const pausedAt = isPaused ? (content.pausedAt ?? context.clock.now().toISOString()) : null;
    return { ...content, pausedAt };
  });
}

export async function renewSecret(
  context: DownstreamContext,
  webhookId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<MadeSubscription> {
  const secret = newSecret();
  const webhook = await change(context, { action: "webhook.renew-secret", actor, also, webhookId }, (content) => {
    const until = new Date(context.clock.now().getTime() + OVERLAP_MS).toISOString();
    const older = content.secrets.map((each) => ({ ...each, until: each.until ?? until }));
    return { ...content, secrets: [{ secret, until: null }, ...older].slice(0, SECRETS_MAX) };
  });
  return { webhook, secret };
}

export async function endSubscription(
  context: DownstreamContext,
  webhookId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await write(context, { action: "webhook.end", actor, also, webhookId }, (rows) => ({
    end: rowOf(rows, webhookId).rowId,
  }));
}

export function listSubscriptions({ authority, database }: DownstreamContext): Promise<readonly Subscription[]> {
  return authority.live(database, SUBSCRIPTION, WEBHOOKS);
}

/** Throws DownstreamError `unknown-webhook`. */
export async function readSubscription(context: DownstreamContext, webhookId: Uuid): Promise<Subscription> {
  return rowOf(await listSubscriptions(context), webhookId);
}

export async function showSubscription(context: DownstreamContext, webhookId: Uuid): Promise<SubscriptionFace> {
  return faceOf(await readSubscription(context, webhookId));
}

interface By {
  readonly action: Extract<Action, `webhook.${string}`>;
  readonly actor: Actor;
  readonly webhookId: Uuid;
  readonly also?: AlsoWrite | undefined;
}

async function change(
  context: DownstreamContext,
  by: By,
  make: (content: SubscriptionContent) => SubscriptionContent,
): Promise<SubscriptionFace> {
  await write(context, by, (rows) => {
    const row = rowOf(rows, by.webhookId);
    return putRow(SUBSCRIPTION, { ...row, content: make(row.content) });
  });
  return showSubscription(context, by.webhookId);
}

async function write(
  { access, authority, clock }: DownstreamContext,
  { webhookId, ...by }: By,
  make: (rows: readonly Subscription[]) => RowChange,
): Promise<void> {
  await access.write({ kind: "webhook", targets: [webhookId], ...by }, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: WEBHOOKS,
      act,
      reads: [SUBSCRIPTION.kind],
      make: (live) => [make(live.of(SUBSCRIPTION, clock.now()))],
    });
    return { result: null, written, detail: { webhook: webhookId }, ids: [webhookId] };
  });
}

function rowOf(rows: readonly Subscription[], webhookId: Uuid): Subscription {
  const found = rows.find(({ rowId }) => rowId === webhookId);
  if (found === undefined) throw new DownstreamError("unknown-webhook");
  return found;
}
