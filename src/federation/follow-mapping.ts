// Makes a person's principal what their groups say: joiners get one, movers another, leavers lose theirs for good.
import type { Actor } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { idFromDigest } from "../kernel/ids.ts";
import type { FederationContext } from "./context.ts";
import { type MappedGroup, mappedGroup } from "./mapping.ts";
import { type Person, type PersonContent, principalOf } from "./person-row.ts";

export type Followed = Pick<PersonContent, "principalId" | "mapped" | "resting">;

/**
 * INVARIANT: rights end before others begin, and the row that names the new principal is written by the caller afterwards: a crash in between leaves
 * somebody with too little, never with both. A mover's old principal is revoked with its sessions and assignments; nothing goes along.
 */
export async function followMapping(
  context: FederationContext,
  before: Person | null,
  wanted: PersonContent,
  actor: Actor,
): Promise<Followed> {
  const held = before === null ? null : principalOf(before);
  const group = wanted.active ? mappedGroup(context.federation, wanted.groups) : null;
  const mayKeep = wanted.active && (group === null || wanted.mapped === group[0]);
  if (held !== null && mayKeep) {
    const resting = group === null;
    await rest(context, held, { resting, rested: before?.content.resting === true }, actor);
    return { principalId: held, mapped: wanted.mapped, resting };
  }
  if (held !== null) await revoke(context, held, actor);
  if (group === null) return { principalId: null, mapped: null, resting: false };
  return { principalId: await join(context, wanted, group[1], actor), mapped: group[0], resting: false };
}

interface Rest {
  readonly resting: boolean;
  readonly rested: boolean;
}

/** Whoever was suspended or sent on leave by people here is not brought back by the provider. */
async function rest(
  { access }: FederationContext,
  principalId: Uuid,
  { resting, rested }: Rest,
  actor: Actor,
): Promise<void> {
  const status = (await access.describePrincipal(principalId))?.status;
  if (resting && status === "active") await access.setClientStatus({ principalId, action: "staff.leave" }, actor);
  if (!resting && rested && status === "on-leave")
    await access.setClientStatus({ principalId, action: "staff.return" }, actor);
}

async function revoke(context: FederationContext, principalId: Uuid, actor: Actor): Promise<void> {
  const { access, sessions } = context;
  const status = (await access.describePrincipal(principalId))?.status;
  if (status !== "revoked") await access.setClientStatus({ principalId, action: "client.revoke" }, actor);
  await sessions.end(principalId, { allBut: null }, actor);
}

function join(context: FederationContext, person: PersonContent, group: MappedGroup, actor: Actor): Promise<Uuid> {
  const { role, purposes, rowScope, teams, entities, lines, classes } = group;
  const name = person.displayName || `${person.givenName} ${person.familyName}`.trim() || person.userName;
  return context.access.createStaff(
    {
      name,
      role,
      purposes,
      rowScope,
      groups: teams.map((team) => idFromDigest(context.keys.keyedDigest("group", team))),
      entities,
      lines,
      classCeiling: classes,
      expiresAt: null,
    },
    actor,
  );
}
