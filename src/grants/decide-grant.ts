// Approving, denying and ending grants: always somebody else's, but for ending, which everybody may with their own.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { changeOwn } from "./change-own.ts";
import type { GrantsContext } from "./context.ts";
import { GrantError } from "./errors.ts";
import { findGrant } from "./find-grant.ts";
import { requireIndependence } from "./independence.ts";
import { aboutOf, described } from "./request-grant.ts";
import { GRANT, type GrantContent, stateOf, type GrantState } from "./rows.ts";

export interface Deciding {
  readonly grantId: Uuid;
  readonly approves: boolean;
  readonly note: string | null;
}

const HOUR_MS = 3_600_000;
const APPROVERS: Readonly<Record<"elevation" | "two-person", number>> = { elevation: 1, "two-person": 2 };
const RIGHTS = { elevation: "elevation.approve", "two-person": "approval.approve" } as const satisfies Record<
  string,
  Action
>;

/**
 * One denial ends it; it is in force once enough have approved. Returns the state it is in now. Throws GrantError `unknown-grant`, `wrong-state`, AccessError
 * `not-permitted` and `own-authority` (both recorded), `stale-actor`.
 */
export async function decideGrant(
  context: GrantsContext,
  deciding: Deciding,
  actor: Actor,
  also?: AlsoWrite,
): Promise<GrantState> {
  const { access, clock } = context;
  const found = await findGrant(context, context.database, deciding.grantId);
  const { form } = found.content;
  if (form === "break-glass") throw new GrantError("wrong-state", "an emergency access is not approved but reviewed");
  const attempt = { kind: "grant", action: RIGHTS[form], actor, targets: [found.ownerId], also } as const;
  return access.write(attempt, async (writing) => {
    const before = found.content.decisions.map(({ by }) => by);
    await requireIndependence(context, writing.tx, actor, { holder: found.ownerId, before });
    const now = clock.now();
    const changed = await changeGrant(context, writing, found, (row) => {
      // Whoever decided meanwhile was not asked about above.
      if (stateOf(row, now) !== "requested" || row.content.decisions.length !== before.length)
        throw new GrantError("wrong-state");
      return decided(row, deciding, actor, now);
    });
    const { grantId } = deciding;
    return { ...changed, result: stateOf(changed.row, now), ids: [grantId] };
  });
}

type Changed = { readonly content: GrantContent; readonly endsAt: Date | null };

function decided(row: Row<GrantContent>, { approves, note }: Deciding, { principalId }: Actor, now: Date): Changed {
  const { content } = row;
  if (content.form === "break-glass") throw new GrantError("wrong-state");
  const decisions = [...content.decisions, { by: principalId, at: now.toISOString(), approves, note }];
  if (!approves) return { content: { ...content, decisions }, endsAt: now };
  if (decisions.length < APPROVERS[content.form]) return { content: { ...content, decisions }, endsAt: row.endsAt };
  const untilAt = new Date(now.getTime() + content.hours * HOUR_MS);
  return { content: { ...content, decisions, untilAt: untilAt.toISOString() }, endsAt: untilAt };
}

/** Everybody ends their own; those of others whoever may. Throws GrantError `unknown-grant`, `wrong-state`. */
export async function endGrant(
  context: GrantsContext,
  grantId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<GrantState> {
  const { access, clock } = context;
  const found = await findGrant(context, context.database, grantId);
  const isOwn = found.ownerId === actor.principalId ? ({ isOwn: true } as const) : {};
  const attempt = { kind: "grant", action: "grant.end", actor, targets: [found.ownerId], also, ...isOwn } as const;
  return access.write(attempt, async (writing) => {
    const now = clock.now();
    const changed = await changeGrant(context, writing, found, (row) => {
      const state = stateOf(row, now);
      if (state !== "requested" && state !== "in-force") throw new GrantError("wrong-state");
      // An emergency access that ends early is reviewed all the same.
      const endsAt = row.content.form === "break-glass" ? row.endsAt : now;
      return { content: { ...row.content, endedBy: actor.principalId }, endsAt };
    });
    return { ...changed, result: stateOf(changed.row, now), ids: [grantId] };
  });
}

/** Changes one grant under its holder's lock. */
export async function changeGrant(
  context: GrantsContext,
  writing: Parameters<typeof changeOwn>[1],
  { ownerId, rowId }: Row<GrantContent>,
  to: (row: Row<GrantContent>) => Changed,
) {
  let after: Row<GrantContent> | null = null;
  const written = await changeOwn(context, writing, ownerId, (live) => {
    const row = live.of(GRANT, context.clock.now()).find((each) => each.rowId === rowId);
    if (row === undefined) throw new GrantError("unknown-grant");
    after = { ...row, ...to(row) };
    return [putRow(GRANT, after)];
  });
  const row = after as Row<GrantContent> | null;
  if (row === null) throw new GrantError("unknown-grant");
  return { row, written, detail: { holder: ownerId, grant: described(rowId, row.content) }, ...aboutOf(row.content) };
}
