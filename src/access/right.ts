// The two checks before every write of this domain: the actor has the right, and does not administer itself, as whatever principal of theirs.
import { samePersons } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import type { Action } from "./actions.ts";
import { mayDo } from "./administration.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { Actor } from "./principal.ts";
import type { Within } from "./within.ts";

/** Throws AccessError `not-permitted`. */
export function requireRight(context: Pick<AccessContext, "rights">, actor: Actor, action: Action): void {
  if (!mayDo(context.rights, actor, action)) throw new AccessError("not-permitted");
}

/**
 * Throws AccessError `own-authority` when the actor, or the client it acts through, is a target, or belongs to it, or is one person with it; AuthorityError
 * `forged-authority`.
 */
export async function refuseOwn(
  context: Pick<AccessContext, "personnel">,
  { tx, actor }: Pick<Within, "tx" | "actor">,
  targets: readonly Uuid[],
): Promise<void> {
  if (targets.some((target) => actor.groups.includes(target))) throw new AccessError("own-authority");
  if (await isActor(context, tx, actor, targets)) throw new AccessError("own-authority");
}

/**
 * Whether the actor, or the client through which they act, is one of these principals, or one person with one of them. INVARIANT: every rule that asks for
 * two people asks this, and not whether two ids are the same. Throws AuthorityError `forged-authority`.
 */
export async function isActor(
  { personnel }: Pick<AccessContext, "personnel">,
  on: Querier,
  { principalId, kind, via }: Pick<Actor, "principalId" | "kind" | "via">,
  ids: readonly string[],
): Promise<boolean> {
  // What a machine asked for it does not approve in the name of a person who signed in to it.
  if (via !== undefined && ids.includes(via)) return true;
  // The server is nobody else, and does what it was told or what the rules say.
  if (kind === "system") return ids.includes(principalId);
  return (
    (
      await samePersons(
        personnel,
        on,
        principalId,
        ids.flatMap((id) => parseId(id) ?? []),
      )
    ).size > 0
  );
}
