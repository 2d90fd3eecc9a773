// Emergency access: opened by oneself at once, with a reason and a fresh factor; everybody who must know is told, and somebody else reviews it later.
import type { AlsoWrite, Actor, Authenticated } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { changeOwn } from "./change-own.ts";
import type { GrantsContext } from "./context.ts";
import { changeGrant } from "./decide-grant.ts";
import { GrantError } from "./errors.ts";
import { findGrant, grantLookup } from "./find-grant.ts";
import { requireIndependence } from "./independence.ts";
import { described } from "./request-grant.ts";
import { type BreakGlassContent, GRANT, type GrantContent, type GrantState, stateOf } from "./rows.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Those that wait for a review in time do not stop an emergency; more than these do. */
const UNREVIEWED_MAX = 10;

export interface Opening {
  readonly reason: string;
  readonly minutes: number;
}

/**
 * Returns the id. The entry is an alert. Throws GrantError `step-up-needed`, `review-overdue`, `already-open`, `too-long`, AccessError `not-permitted`,
 * `stale-actor`.
 */
export async function openBreakGlass(
  context: GrantsContext,
  opening: Opening,
  actor: Authenticated,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { access, clock, rules } = context;
  if (opening.minutes > rules.breakGlass.minutesMax) throw new GrantError("too-long");
  const principalId = actor.principalId;
  const grantId = newId();
  // INVARIANT: the act's own entry is the alert, so that there is no access without one.
  const attempt = { kind: "alert", action: "break-glass.open", actor, targets: [principalId], also } as const;
  const entryId = await access.write(attempt, async (writing) => {
    const now = clock.now();
    if (!isFresh(actor, now, rules.stepUp.freshSeconds)) throw new GrantError("step-up-needed");
    const content = opened(context, opening, now);
    const written = await changeOwn(context, writing, principalId, (live) => {
      const others = live.of(GRANT, now).filter((each) => each.content.form === "break-glass");
      if (others.some((each) => stateOf(each, now) === "in-force")) throw new GrantError("already-open");
      const waiting = others.filter((each) => stateOf(each, now) === "awaiting-review");
      if (waiting.length >= UNREVIEWED_MAX || waiting.some((each) => isOverdue(each.content, now)))
        throw new GrantError("review-overdue");
      return [putRow(GRANT, { rowId: grantId, lookup: grantLookup(context, grantId), endsAt: null, content })];
    });
    return {
      result: writing.act,
      written,
      ids: [grantId],
      detail: { alert: "break-glass", grant: described(grantId, content) },
    };
  });
  context.onAlert({ kind: "break-glass-opened", principalId, grantId, entryId });
  return grantId;
}

const isOverdue = (content: GrantContent, now: Date): boolean =>
  content.form === "break-glass" && new Date(content.reviewBy) <= now;

function opened({ rules }: GrantsContext, { reason, minutes }: Opening, now: Date): BreakGlassContent {
  const at = (ms: number): string => new Date(now.getTime() + ms).toISOString();
  return {
    form: "break-glass",
    reason,
    requestedAt: at(0),
    untilAt: at(minutes * MINUTE_MS),
    endedBy: null,
    decisions: [],
    reviewBy: at(rules.breakGlass.reviewHours * HOUR_MS),
    review: null,
  };
}

/** An API client proves itself by what only a machine holds. */
function isFresh({ kind, signIn }: Authenticated, now: Date, seconds: number): boolean {
  if (kind === "client") return true;
  return signIn?.strongAt != null && now.getTime() - signIn.strongAt.getTime() < seconds * 1000;
}

export interface Reviewing {
  readonly grantId: Uuid;
  readonly finding: "justified" | "unjustified";
  readonly note: string;
}

/** By somebody else, once it is over. Throws GrantError `unknown-grant`, `wrong-state`, AccessError `not-permitted`, `own-authority` (recorded). */
export async function reviewBreakGlass(
  context: GrantsContext,
  reviewing: Reviewing,
  actor: Actor,
  also?: AlsoWrite,
): Promise<GrantState> {
  const { grantId, finding, note } = reviewing;
  const found = await findGrant(context, context.database, grantId);
  const attempt = { kind: "grant", action: "break-glass.review", actor, targets: [found.ownerId], also } as const;
  return context.access.write(attempt, async (writing) => {
    await requireIndependence(context, writing.tx, actor, { holder: found.ownerId, before: [] });
    const now = context.clock.now();
    const changed = await changeGrant(context, writing, found, (row) => {
      if (row.content.form !== "break-glass" || stateOf(row, now) !== "awaiting-review")
        throw new GrantError("wrong-state");
      const review = { by: actor.principalId, at: now.toISOString(), finding, note };
      return { content: { ...row.content, review }, endsAt: now };
    });
    return { ...changed, result: stateOf(changed.row, now), ids: [grantId] };
  });
}
