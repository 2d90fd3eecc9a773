// Checks who is to get an assignment. An id that is no principal's is taken for a group's.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { listedPrincipal } from "./read-principal.ts";
import { selectPrincipalsById } from "./principal-store.ts";

/** Throws AccessError `wrong-status` for a revoked client, `forged-authority` for a principal that does not verify. */
export async function checkAssignees(context: AccessContext, on: Querier, assigneeIds: readonly Uuid[]): Promise<void> {
  for (const row of await selectPrincipalsById(on, assigneeIds)) {
    const principal = await listedPrincipal(context, on, row);
    if (principal === null) throw new AccessError("forged-authority");
    const works = principal.kind === "client" || principal.kind === "staff";
    if (!works || principal.status === "revoked") throw new AccessError("wrong-status");
  }
}
