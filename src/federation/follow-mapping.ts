// Makes a person's principal what their groups say: joiners get one, movers another, leavers lose theirs for good.
import type { Actor } from "../access/access.ts";
import { PERSONNEL, type Personnel, putRow, UNKNOWN_PERSON } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { idFromDigest, newId } from "../kernel/ids.ts";
import type { FederationContext } from "./context.ts";
import { type MappedGroup, mappedGroup } from "./mapping.ts";
import { type Person, type PersonContent, principalOf } from "./person-row.ts";

export interface Following {
  readonly personId: Uuid;
  /** As the directory had them. */
  readonly before: Person | null;
}

export type Followed = Pick<PersonContent, "principalId" | "mapped" | "resting">;

/**
 * INVARIANT: rights end before others begin, and the row that names the new principal is written by the caller afterwards: a crash in between leaves
 * somebody with too little, never with both. A mover's old principal is revoked with its sessions and assignments; nothing goes along.
 */
export async function followMapping(
  context: FederationContext,
  { personId, before }: Following,
  wanted: PersonContent,
  actor: Actor,
): Promise<Followed> {
  const held = before === null ? null : principalOf(before);
  const group = wanted.active ? mappedGroup(context.federation, wanted.groups) : null;
  // Whoever still waits for a second person rests by being asked for no more, lest an approval bring them in without a group.
  const mayKeep = wanted.active && (group === null ? !(await isPending(context, held)) : wanted.mapped === group[0]);
  if (held !== null && mayKeep) {
    const resting = group === null;
    await rest(context, held, { resting, rested: before?.content.resting === true }, actor);
    return { principalId: held, mapped: wanted.mapped, resting };
  }
  if (held !== null) await revoke(context, held, actor);
  if (group === null) return { principalId: null, mapped: null, resting: false };
  const joining = { personId, earlier: held, group: group[1] };
  return { principalId: await join(context, wanted, joining, actor), mapped: group[0], resting: false };
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

async function isPending({ access }: FederationContext, principalId: Uuid | null): Promise<boolean> {
  return principalId !== null && (await access.describePrincipal(principalId))?.status === "pending";
}

interface Joining {
  readonly personId: Uuid;
  /** Whom they acted as before. */
  readonly earlier: Uuid | null;
  readonly group: MappedGroup;
}

/** INVARIANT: in a role that takes a second person nobody has a right before one approved, whoever asked: people here, or the directory. */
async function join(
  context: FederationContext,
  person: PersonContent,
  { personId, earlier, group }: Joining,
  actor: Actor,
): Promise<Uuid> {
  const { access, authority, keys } = context;
  const { role, purposes, rowScope, teams, entities, lines, classes } = group;
  const name = person.displayName || `${person.givenName} ${person.familyName}`.trim() || person.userName;
  const registration = context.registration(role, actor.principalId);
  const known = await knownAs(context, personId, earlier);
  const request = {
    name,
    role,
    purposes,
    rowScope,
    groups: teams.map((team) => idFromDigest(keys.keyedDigest("group", team))),
    entities,
    lines,
    classCeiling: classes,
    expiresAt: null,
    isPending: registration !== null,
  };
  return access.createStaff(request, actor, undefined, ({ tx, act }, ownerId) =>
    authority.change(tx, {
      ownerId,
      act,
      reads: [],
      make: () => [
        putRow(PERSONNEL, { rowId: newId(), content: known }),
        ...(registration === null ? [] : [registration]),
      ],
    }),
  );
}

/** One person whatever they act as, so that a mover approves nothing that they asked for before. */
async function knownAs(
  { authority, database, keys }: FederationContext,
  personId: Uuid,
  earlier: Uuid | null,
): Promise<Personnel> {
  const directory = Buffer.from(keys.keyedDigest("directory-person", personId)).toString("hex");
  const [before] = earlier === null ? [] : await authority.live(database, PERSONNEL, earlier);
  return { ...(before?.content ?? UNKNOWN_PERSON), directory };
}
