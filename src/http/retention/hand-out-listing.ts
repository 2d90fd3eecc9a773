// A preview that leaves the screen, on paper or as a table: an entry first, then the file.
import { type Authenticated, viaOf } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { newId } from "../../kernel/ids.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import type { Shell } from "../shell.ts";

/** Throws HttpError `not-permitted` (recorded), `unauthenticated` when the client was changed since it authenticated. */
export async function recordListing(
  shell: Shell,
  principal: Authenticated,
  of: { readonly disposalId: Uuid; readonly form: "csv" | "pdf" },
): Promise<void> {
  await requireRecordedRight(shell, principal, { action: "disposal.read", kind: "retention", customerId: null });
  const sequenced = await shell.ledger.append({
    entryId: newId(),
    kind: "retention",
    outcome: "allowed",
    actorId: principal.principalId,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: "role-duty",
    classes: [],
    withheld: false,
    detail: { ...viaOf(principal), action: "disposal.read", disposal: of.disposalId, form: of.form },
    guard: { actorRevision: principal.revision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) throw new HttpError("unauthenticated");
}
