// Teams: named groups of principals. What is assigned to one is in hand of whoever belongs to it, from the next request on.
import type { Actor, AlsoWrite } from "../access/access.ts";
import { type PageOf, putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { idFromDigest } from "../kernel/ids.ts";
import type { GrantsContext } from "./context.ts";
import { GrantError } from "./errors.ts";
import { TEAM, type TeamContent } from "./rows.ts";

export interface TeamChange {
  readonly team: string;
  readonly principalId: Uuid;
  readonly change: "add" | "remove";
}

/** Teams are groups like books and blocks: known by a keyed id of their name. */
function teamId({ keys }: Pick<GrantsContext, "keys">, name: string): Uuid {
  return idFromDigest(keys.keyedDigest("group", name));
}

/** Returns the team's id. Throws GrantError `team-exists`, AccessError `not-permitted`. */
export async function createTeam(context: GrantsContext, name: string, actor: Actor, also?: AlsoWrite): Promise<Uuid> {
  const { access, authority, clock } = context;
  const ownerId = teamId(context, name);
  const attempt = { kind: "principal", action: "team.change", actor, targets: [], also } as const;
  return access.write(attempt, async ({ tx, act }) => {
    const now = clock.now();
    const written = await authority.change(tx, {
      ownerId,
      act,
      reads: [TEAM.kind],
      make: (live) => {
        if (live.of(TEAM, now).length > 0) throw new GrantError("team-exists");
        return [putRow(TEAM, { rowId: ownerId, content: { name, madeAt: now.toISOString() } })];
      },
    });
    return { result: ownerId, written, ids: [ownerId], detail: { team: ownerId } };
  });
}

/** Effective at the next request. Throws GrantError `unknown-team`, AccessError `not-permitted`, `own-authority` (recorded), `unknown-client`. */
export async function changeTeam(
  context: GrantsContext,
  change: TeamChange,
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { access, authority, database } = context;
  const groupId = teamId(context, change.team);
  if ((await authority.live(database, TEAM, groupId)).length === 0) throw new GrantError("unknown-team");
  const isAdded = change.change === "add";
  await access.changeMembership({ principalId: change.principalId, groupId, isMember: isAdded }, actor, also);
  return change.principalId;
}

export function listTeams(
  { authority, database }: GrantsContext,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<PageOf<TeamContent>> {
  return authority.page(database, TEAM, { state: "live", ...page });
}
