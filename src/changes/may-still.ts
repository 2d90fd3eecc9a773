// Whether somebody may make a change, asked when it is asked for and anew when it is to take effect: days lie between the two.
import { activeFlags, type Authenticated, isProtected, protectedSince } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { ChangeContent } from "./change-row.ts";
import type { ChangesContext } from "./context.ts";

type Asker = Pick<Authenticated, "principalId" | "role" | "customerId" | "groups">;
/** The revision is null for the server, whose acts rest on nobody's being in force. */
export type AskerNow = Asker & { readonly revision: number | null };

/** What a customer's own request was granted on is the customer's, and the server's to bring about: it does not end with the absence of whoever granted it. */
export function forOwnRequest({ access: { system } }: ChangesContext, customerId: Uuid): AskerNow {
  return { principalId: system.principalId, role: "policyholder", customerId, groups: [], revision: null };
}

/**
 * A flag stands against it: a protection order or a restriction. True as well where the flags cannot be believed, and of what was asked for as the customer before
 * an order: whoever they are protected from may have asked.
 */
export async function isForbidden(
  context: ChangesContext,
  customerId: Uuid,
  asker: Asker,
  askedAt: Date = context.clock.now(),
): Promise<boolean> {
  const now = context.clock.now();
  const state = (await context.access.authoritiesOf([customerId])).get(customerId)?.state;
  if (state == null) return true;
  const since = protectedSince(state, now);
  if (asker.role === "policyholder" && since !== null && askedAt < since) return true;
  return activeFlags(state, now).some((flag) => {
    const exempt: readonly string[] | undefined = context.rules.standsAgainst[flag];
    if (exempt === undefined) return false;
    return !exempt.includes(asker.role) || (asker.customerId !== null && asker.customerId !== customerId);
  });
}

/** True as well where the flags cannot be believed. */
export async function isUnderOrder({ access, clock }: ChangesContext, customerId: Uuid): Promise<boolean> {
  return isProtected((await access.authoritiesOf([customerId])).get(customerId)?.state, clock.now());
}

/** Whether all that the asker has of the customer now is a call. */
export async function isOnCall(context: ChangesContext, customerId: Uuid, asker: Asker): Promise<boolean> {
  const now = context.clock.now();
  const open = (await context.access.authoritiesOf([customerId])).get(customerId)?.open ?? [];
  const held = open.filter(
    ({ assigneeId, startsAt, endsAt }) =>
      (assigneeId === asker.principalId || asker.groups.includes(assigneeId)) &&
      startsAt <= now &&
      (endsAt === null || now < endsAt),
  );
  return held.length > 0 && held.every(({ kind }) => kind === "call");
}

/** The asker as they are now; null when they, or the client they acted through, lack anything that the change was asked for with. */
export async function askerNow(
  context: ChangesContext,
  customerId: Uuid,
  content: ChangeContent,
): Promise<AskerNow | null> {
  const { access } = context;
  if (content.serves !== null) return forOwnRequest(context, customerId);
  const asker = await access.reread(asId(content.askedBy));
  const through = content.via === null ? asker : await access.reread(asId(content.via));
  if (asker === null || through === null) return null;
  const action = actionOf(content);
  if (!access.may(asker, action)) return null;
  if (content.purpose !== null && ![asker, through].every(({ purposes }) => purposes.includes(content.purpose!)))
    return null;
  return (await hasUnit(context, customerId, content, [asker, through])) ? asker : null;
}

export function actionOf({ expectedRevision }: Pick<ChangeContent, "expectedRevision">) {
  return expectedRevision === null ? "customer.create" : "customer.correct";
}

/** Entity and line always; the rows as well, but for those who had the customer on the telephone. */
async function hasUnit(
  { vault, gate }: ChangesContext,
  customerId: Uuid,
  content: ChangeContent,
  both: readonly [asker: Authenticated, through: Authenticated],
): Promise<boolean> {
  const unitId = asId(content.unitId);
  const unit = await vault.loadUnit({ customerId, unitId });
  if (unit === null) return false;
  const { entity, line } = unit.header;
  if (!both.every(({ entities, lines }) => entities.includes(entity) && lines.includes(line))) return false;
  return content.onCall || (await gate.hasInHand(both[0], customerId, unitId));
}
