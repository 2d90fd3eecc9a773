// Puts a principal into a group (a team), or takes it out: what is assigned to the group is in its hand from the next request on, or no more.
import type { Uuid } from "../kernel/bytes.ts";
import { changePrincipal } from "./change-principal.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { refuseOwn, requireRight } from "./right.ts";
import type { Within } from "./within.ts";

export interface MembershipChange {
  readonly principalId: Uuid;
  readonly groupId: Uuid;
  readonly isMember: boolean;
}

const GROUPS_MAX = 1000;

/** Returns the new revision. Throws AccessError `not-permitted`, `own-authority`, `unknown-client`, `wrong-status`, `scope-incomplete`. */
export async function changeMembership(
  context: AccessContext,
  within: Within,
  { principalId, groupId, isMember }: MembershipChange,
): Promise<number> {
  requireRight(context, within.actor, "team.change");
  await refuseOwn(context, within, [principalId]);
  return changePrincipal(context, within, {
    principalId,
    action: "team.change",
    to: ({ status, rowScope, groups: before }) => {
      if (status === "revoked") throw new AccessError("wrong-status");
      const others = before.filter((each) => each !== groupId);
      const groups = isMember ? [...others, groupId].sort() : others;
      if (groups.length > GROUPS_MAX) throw new AccessError("too-many");
      // Rows by group need one, and those who reach none or all have none.
      if (rowScope === "none" || rowScope === "everything-masked" || (rowScope === "groups" && groups.length === 0))
        throw new AccessError("scope-incomplete");
      return { groups };
    },
  });
}
