// Seeing how customers stand to each other, which flags they carry, or who may be whom, is a look at their data: an entry first, then the answer.
import { viaOf, type Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { newId } from "../../kernel/ids.ts";
import type { Shell } from "../shell.ts";
import { HttpError } from "../errors.ts";
import { onlyPurpose } from "./write-actor.ts";

export type ViewKind = "link-read" | "flag-read" | "match-read";

/** `customerId` is null for a list of many. Throws HttpError `unauthenticated` when the client was changed since it authenticated. */
export async function recordView(
  { ledger }: Pick<Shell, "ledger">,
  principal: Authenticated,
  kind: ViewKind,
  customerId: Uuid | null,
): Promise<void> {
  const purpose = onlyPurpose(principal);
  const sequenced = await ledger.append({
    entryId: newId(),
    kind,
    outcome: "allowed",
    actorId: principal.principalId,
    customerId,
    recipientId: null,
    purpose,
    basis: "role-duty",
    classes: ["identity"],
    withheld: purpose === "fraud-investigation",
    detail: { ...viaOf(principal), role: principal.role },
    guard: { actorRevision: principal.revision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) throw new HttpError("unauthenticated");
}
