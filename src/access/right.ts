// The two checks before every write of this domain: the actor has the right, and does not administer itself.
import type { Uuid } from "../kernel/bytes.ts";
import type { Action } from "./actions.ts";
import { mayDo } from "./administration.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { Actor } from "./principal.ts";

/** Throws AccessError `not-permitted`. */
export function requireRight(context: Pick<AccessContext, "rights">, actor: Actor, action: Action): void {
  if (!mayDo(context.rights, actor, action)) throw new AccessError("not-permitted");
}

/** Throws AccessError `own-authority` when the actor, or the client it acts through, is the target, or belongs to it. */
export function refuseOwn(actor: Actor, target: Uuid): void {
  if (actor.principalId === target || actor.via === target || actor.groups.includes(target))
    throw new AccessError("own-authority");
}
