// Who writes, as the vault wants to know it, with the idempotency key's row among the writes.
import type { Authenticated } from "../../access/access.ts";
import type { WriteActor } from "../../vault/vault.ts";
import type { Also } from "../idempotency.ts";

export function writeActor(principal: Authenticated, also?: Also): WriteActor {
  const { principalId, revision, purposes } = principal;
  const [only] = purposes;
  return {
    actorId: principalId,
    actorRevision: revision,
    // A client with one purpose writes for it; the interface asks no other to say.
    purpose: purposes.length === 1 && only !== undefined ? only : null,
    basis: "role-duty",
    ...(also === undefined ? {} : { also }),
  };
}
