// Asking for more than one's own: to be elevated for hours, or to see what needs two persons' approval. Nothing is lent until others approve.
import { type Actor, type AlsoWrite, type Authenticated, checkedScope, type Scope } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { DataClass, Purpose, Role } from "../kernel/vocabulary.ts";
import { changeOwn } from "./change-own.ts";
import type { GrantsContext } from "./context.ts";
import { GrantError } from "./errors.ts";
import { grantLookup } from "./find-grant.ts";
import { GRANT, type ElevationContent, type GrantContent, type TwoPersonContent } from "./rows.ts";

export interface ElevationRequest {
  readonly role?: Role | undefined;
  readonly purposes?: readonly Purpose[] | undefined;
  readonly rowScope?: Scope["rowScope"] | undefined;
  readonly groups?: readonly Uuid[] | undefined;
  readonly classCeiling?: readonly DataClass[] | undefined;
  readonly reason: string;
  readonly hours: number;
}

export interface TwoPersonRequest {
  readonly customerId: Uuid;
  readonly classes: readonly DataClass[];
  readonly purpose: Purpose;
  readonly reason: string;
  readonly hours: number;
}

const HOUR_MS = 3_600_000;

/**
 * Returns the id. Throws GrantError `nothing-lent`, `not-elevatable`, `too-long`, `too-many`, AccessError `not-permitted`, `stale-actor`, and as for a client's
 * scope where the role may not have what is asked for.
 */
export async function requestElevation(
  context: GrantsContext,
  request: ElevationRequest,
  actor: Authenticated,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { hoursMax, waitingHours, openMax } = context.rules.elevation;
  if (request.hours > hoursMax) throw new GrantError("too-long");
  const content: ElevationContent = {
    form: "elevation",
    ...asked(context, request),
    hours: request.hours,
    lends: lent(context, request, actor),
  };
  return put(context, content, { actor, also, waitingHours, openMax });
}

/** As `requestElevation`; `not-elevatable` for a purpose that is not the asker's. */
export async function requestApproval(
  context: GrantsContext,
  request: TwoPersonRequest,
  actor: Authenticated,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { hoursMax, waitingHours, openMax } = context.rules.twoPerson;
  const { customerId, purpose, hours } = request;
  if (hours > hoursMax) throw new GrantError("too-long");
  if (!actor.purposes.includes(purpose))
    throw new GrantError("not-elevatable", "you are not registered for this purpose");
  const classes = [...new Set(request.classes)].sort();
  const content: TwoPersonContent = {
    form: "two-person",
    ...asked(context, request),
    hours,
    customerId,
    classes,
    purpose,
  };
  return put(context, content, { actor, also, waitingHours, openMax });
}

function asked({ clock }: GrantsContext, { reason }: { readonly reason: string }) {
  return { reason, requestedAt: clock.now().toISOString(), untilAt: null, endedBy: null, decisions: [] };
}

/** The whole of what would decide in place of the asker's own, within what the role lent may have. */
function lent(
  { access, clock, rules }: GrantsContext,
  request: ElevationRequest,
  actor: Authenticated,
): ElevationContent["lends"] {
  const { role, purposes, rowScope, groups, classCeiling } = request;
  if ([role, purposes, rowScope, groups, classCeiling].every((each) => each === undefined))
    throw new GrantError("nothing-lent");
  const lendable = rules.elevation.roles[actor.role] ?? [];
  if (lendable.length === 0 || (role !== undefined && role !== actor.role && !lendable.includes(role)))
    throw new GrantError("not-elevatable");
  // What another role is for must be said.
  if (role !== undefined && role !== actor.role && purposes === undefined) throw new GrantError("nothing-lent");
  const wanted: Scope = {
    purposes: purposes ?? actor.purposes,
    rowScope: rowScope ?? actor.rowScope,
    groups: groups ?? actor.groups,
    entities: actor.entities,
    lines: actor.lines,
    classCeiling: classCeiling ?? actor.classCeiling,
    expiresAt: new Date(clock.now().getTime() + request.hours * HOUR_MS),
  };
  const scope = checkedScope(access.roles, role ?? actor.role, wanted, clock.now());
  return {
    role: role ?? actor.role,
    purposes: [...scope.purposes],
    rowScope: scope.rowScope,
    groups: [...scope.groups],
    classCeiling: scope.classCeiling === null ? null : [...scope.classCeiling],
  };
}

interface Putting {
  readonly actor: Actor;
  readonly also: AlsoWrite | undefined;
  readonly waitingHours: number;
  readonly openMax: number;
}

function put(
  context: GrantsContext,
  content: GrantContent,
  { actor, also, waitingHours, openMax }: Putting,
): Promise<Uuid> {
  const { access, clock } = context;
  const ownerId = actor.principalId;
  const attempt = { kind: "grant", action: "grant.request", actor, targets: [ownerId], also } as const;
  return access.write(attempt, async (writing) => {
    const now = clock.now();
    const grantId = newId();
    const endsAt = new Date(now.getTime() + waitingHours * HOUR_MS);
    const row = { rowId: grantId, lookup: grantLookup(context, grantId), endsAt, content };
    const written = await changeOwn(context, writing, ownerId, (live) => {
      const open = live.of(GRANT, now).filter((each) => each.content.form === content.form);
      if (open.length >= openMax) throw new GrantError("too-many");
      return [putRow(GRANT, row)];
    });
    return {
      result: grantId,
      written,
      ids: [grantId],
      detail: { grant: described(grantId, content) },
      ...aboutOf(content),
    };
  });
}

/** What an auditor reads later. */
export function described(grantId: Uuid, content: GrantContent) {
  return { id: grantId, ...content };
}

/** Whose file a grant is about. */
export function aboutOf(content: GrantContent): { readonly customers?: readonly Uuid[] } {
  return content.form === "two-person" ? { customers: [content.customerId] } : {};
}
