// Moves a principal's revision where something else that its decisions rest on was changed, so that no decision taken before goes out after.
import type { Uuid } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import { contentDigest, type WrittenRow } from "./act.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { Actor } from "./principal.ts";
import { principalContent, principalParts } from "./principal-row.ts";
import { lockPrincipal, updatePrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";

export interface Move {
  readonly principalId: Uuid;
  readonly act: Uuid;
}

/**
 * Nothing else of the principal changes. Call it before anything else is locked, and for several in order of their ids. Throws AccessError
 * `unknown-client`, `forged-authority`, and `stale-actor` where the actor moves itself and was changed since it authenticated.
 */
export async function movePrincipal(
  context: AccessContext,
  tx: Transaction,
  actor: Actor,
  { principalId, act }: Move,
): Promise<WrittenRow> {
  const row = await lockPrincipal(tx, principalId);
  if (row === null || row["kind"] === "system") throw new AccessError("unknown-client");
  const before = lockedPrincipal(context, row);
  if (before === null) throw new AccessError("forged-authority");
  if (actor.principalId === principalId && actor.revision !== before.revision) throw new AccessError("stale-actor");
  const after = { ...before, revision: before.revision + 1, act };
  await updatePrincipal(tx, after, context.keys.authorityMac(principalParts(after)));
  return {
    row: "principal",
    id: principalId,
    revision: after.revision,
    digest: contentDigest(principalContent(after)),
  };
}
