// What waits for somebody about colleagues and clients: grants, emergency accesses, resets, clients, reviews of access.
import type { Authenticated } from "../access/access.ts";
import { stateOf } from "../grants/grants.ts";
import type { Source, WorkParts } from "./context.ts";
import { instantOf, type Waiting, waits } from "./waiting.ts";

export const onPeople: readonly Source[] = [
  { needs: ["elevation.approve", "approval.approve", "break-glass.review"], read: grants },
  { needs: ["reset.approve", "reset.vouch"], read: resets },
  { needs: ["client.approve"], read: clients },
  { needs: ["staff.approve"], read: staff },
  { needs: ["review.decide"], read: reviews },
];

async function grants(parts: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const { access, clock } = parts;
  const { rows } = await parts.grants.list({ state: "live", after: null, limit });
  const now = clock.now();
  const others = rows.filter(({ ownerId }) => ownerId !== asker.principalId);
  return others.flatMap((row): Waiting[] => {
    const { rowId: id, ownerId: principalId, content } = row;
    const state = stateOf(row, now);
    const about = { id, principalId, since: instantOf(content.requestedAt) };
    if (content.form === "break-glass") {
      if (state !== "awaiting-review" || !access.may(asker, "break-glass.review")) return [];
      return [waits("break-glass", "emergency", { ...about, dueAt: instantOf(content.reviewBy) })];
    }
    const action = content.form === "elevation" ? "elevation.approve" : "approval.approve";
    const hasDecided = content.decisions.some(({ by }) => by === asker.principalId);
    if (state !== "requested" || hasDecided || !access.may(asker, action)) return [];
    const customerId = content.form === "two-person" ? content.customerId : null;
    return [waits("grant", content.form, { ...about, customerId, dueAt: row.endsAt })];
  });
}

async function resets({ access, signIns }: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const { principalId: self } = asker;
  const open = await signIns.staff.resetsToDecide(limit);
  return open
    .filter(({ reset: { ownerId, content }, supervisorId }) => {
      if (ownerId === self || content.askedBy === self) return false;
      return content.path === "supervisor"
        ? supervisorId === self && access.may(asker, "reset.vouch")
        : access.may(asker, "reset.approve");
    })
    .map(({ reset: { rowId: id, ownerId: principalId, endsAt: dueAt, content } }) =>
      waits("reset", content.path, { id, principalId, since: instantOf(content.askedAt), dueAt }),
    );
}

async function clients({ systems }: WorkParts, { principalId }: Authenticated, limit: number): Promise<Waiting[]> {
  const waiting = await systems.waiting(limit);
  return waiting
    .filter(
      ({ requestedBy, clientId }) => requestedBy !== null && requestedBy !== principalId && clientId !== principalId,
    )
    .map(({ clientId, what, since }) =>
      waits("client", what, { id: clientId, principalId: clientId, since: instantOf(since) }),
    );
}

async function staff({ signIns }: WorkParts, { principalId: self }: Authenticated, limit: number): Promise<Waiting[]> {
  const waiting = await signIns.staff.waiting(limit);
  return waiting
    .filter(({ requestedBy, principalId }) => requestedBy !== null && requestedBy !== self && principalId !== self)
    .map(({ principalId }) => waits("staff", "staff", { id: principalId, principalId }));
}

async function reviews(parts: WorkParts, { principalId }: Authenticated, limit: number): Promise<Waiting[]> {
  const waiting = await parts.reviews.waiting(principalId, limit);
  return waiting.map(({ reviewId, review: { startedAt, dueAt }, lines }) =>
    waits("review", "lines", { id: reviewId, since: instantOf(startedAt), dueAt: instantOf(dueAt), count: lines }),
  );
}
