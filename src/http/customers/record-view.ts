// Seeing how customers stand to each other, or which flags they carry, is a look at their data: an entry first, then the answer.
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { newId } from "../../kernel/ids.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";

/** Throws HttpError `unauthenticated` when the client was changed since it authenticated. */
export async function recordView(
  { ledger }: Pick<Shell, "ledger">,
  principal: Authenticated,
  customerId: Uuid,
  seen: "links" | "flags",
): Promise<void> {
  const sequenced = await ledger.append({
    entryId: newId(),
    kind: "masked-view",
    outcome: "allowed",
    actorId: principal.principalId,
    customerId,
    recipientId: null,
    purpose: null,
    basis: "role-duty",
    classes: ["identity"],
    withheld: false,
    detail: { role: principal.role, seen },
    guard: { actorRevision: principal.revision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) throw new HttpError("unauthenticated");
}
