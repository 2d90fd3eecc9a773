// What waits for somebody about customers: changes, call-backs, authorities to act, alerts, catastrophe modes, erasures, keys.
import type { Authenticated } from "../access/access.ts";
import { asId } from "../kernel/ids.ts";
import type { Source, WorkParts } from "./context.ts";
import { instantOf, type Waiting, waits } from "./waiting.ts";

export const onCustomers: readonly Source[] = [
  { needs: ["change.list"], read: changes },
  { needs: ["change.vouch"], read: vouchings },
  { needs: ["caller.confirm"], read: callBacks },
  { needs: ["representation.approve"], read: representations },
  { needs: ["alert.decide"], read: alerts },
  { needs: ["catastrophe.approve"], read: catastrophes },
  { needs: ["erasure.request", "key.rotate"], read: erasures },
  { needs: ["key.rotate"], read: keys },
];

/** Of the customers in hand: what somebody asked to be changed and has not taken effect. */
async function changes(parts: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const customers = await inHand(parts, asker, limit);
  if (customers.length === 0) return [];
  const waiting = await parts.changes.listOf(customers);
  return waiting.map(({ rowId: id, ownerId: customerId, content }) => {
    const isConfirmed = !content.needsConfirmation || content.confirmedAt !== null;
    const dueAt = instantOf(isConfirmed ? content.effectiveAt : content.confirmBy);
    const what = isConfirmed ? "takes-effect" : "awaits-confirmation";
    return waits("change", what, { id, customerId, since: instantOf(content.askedAt), dueAt });
  });
}

/** First contacts that somebody else rests on a document. */
async function vouchings(parts: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const waiting = (await parts.changes.toVouchFor(limit)).filter(
    ({ content }) => content.askedBy !== asker.principalId,
  );
  // INVARIANT: of whose file is in other hands, nothing is told. To whoever holds it, the change is told of with the others.
  if (asker.rowScope !== "everything-masked") return [];
  return waiting.map(({ rowId: id, ownerId: customerId, content }) =>
    waits("change", "awaits-vouching", {
      id,
      customerId,
      since: instantOf(content.askedAt),
      dueAt: instantOf(content.confirmBy),
    }),
  );
}

async function inHand({ access }: WorkParts, asker: Authenticated, limit: number) {
  const { assignments } = await access.listAssigned([asker.principalId, ...asker.groups], { after: null, limit });
  return [...new Set(assignments.map(({ customerId }) => customerId))];
}

async function callBacks(parts: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const waiting = (await parts.callers.waiting(limit)).filter(({ content }) => content.agentId !== asker.principalId);
  // INVARIANT: that a customer is on the line is not told to whoever does not have them.
  const seesAll = asker.rowScope === "everything-masked";
  const known = seesAll || waiting.length === 0 ? [] : await inHand(parts, asker, limit);
  return waiting
    .filter(({ ownerId }) => seesAll || known.includes(ownerId))
    .map(({ rowId: id, ownerId: customerId, endsAt: dueAt, content }) =>
      waits("call-back", content.purpose, { id, customerId, principalId: asId(content.agentId), dueAt }),
    );
}

async function representations(parts: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const waiting = await parts.representations.waiting(limit);
  return waiting
    .filter(({ content }) => content.requestedBy !== asker.principalId)
    .map(({ rowId: id, ownerId: customerId, endsAt: dueAt, content }) =>
      waits("representation", content.kind, { id, customerId, since: instantOf(content.startsAt), dueAt }),
    );
}

async function alerts({ watch }: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const { items } = await watch.alerts.list({ state: "open", after: null, limit });
  return items
    .filter(({ principalId }) => principalId !== asker.principalId)
    .map(({ alertId: id, principalId, alert }) =>
      waits("alert", alert.theme, { id, principalId, since: instantOf(alert.openedAt) }),
    );
}

async function catastrophes({ watch }: WorkParts, asker: Authenticated): Promise<Waiting[]> {
  const modes = await watch.catastrophes.list();
  return modes
    .filter(({ approvedBy, requestedBy }) => approvedBy === null && requestedBy !== asker.principalId)
    .map(({ catastropheId: id, requestedAt, endsAt: dueAt }) =>
      waits("catastrophe", "request", { id, since: instantOf(requestedAt), dueAt }),
    );
}

/** The server finishes them by itself: a hint that one has not come to its end. Whose it is, only to whoever may ask for one. */
async function erasures(
  { access, keys: { unsweptErasures }, database }: WorkParts,
  asker: Authenticated,
  limit: number,
) {
  const isPrivacy = access.may(asker, "erasure.request");
  const open = await unsweptErasures(database, limit);
  return open
    .filter(({ state }) => state !== "final")
    .map(({ erasureId: id, customerId, state, requestedAt: since }) =>
      waits("erasure", state, { id, since, customerId: isPrivacy ? customerId : null }),
    );
}

/** Older versions that could be destroyed and still stand. */
async function keys(parts: WorkParts): Promise<Waiting[]> {
  const now = parts.clock.now();
  const retiring = await parts.keys.retiringVersions();
  return retiring
    .filter(({ retirableAt }) => retirableAt <= now)
    .map(({ domain, retirableAt }) => waits("key", domain, { since: retirableAt }));
}
