// Who writes, as the vault wants to know it, with the idempotency key's row among the writes.
import { viaOf, type Authenticated } from "../../access/access.ts";
import type { Purpose } from "../../kernel/vocabulary.ts";
import type { WriteActor } from "../../vault/vault.ts";
import type { Also } from "../idempotency.ts";

export function writeActor(principal: Authenticated, also?: Also): WriteActor {
  const { principalId, revision } = principal;
  return {
    actorId: principalId,
    actorRevision: revision,
    ...viaOf(principal),
    purpose: onlyPurpose(principal),
    basis: "role-duty",
    ...(also === undefined ? {} : { also }),
  };
}

/** A client with one purpose acts for it; where the interface asks for none, the others' is not known. */
export function onlyPurpose({ purposes }: Pick<Authenticated, "purposes">): Purpose | null {
  const [only] = purposes;
  return purposes.length === 1 && only !== undefined ? only : null;
}
