// What a client may not do, or not there, is an entry before it is refused: whoever tries doors one after another is seen to.
import { viaOf, type Action, type Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { AppError } from "../kernel/app-error.ts";
import type { EntryKind } from "../ledger/ledger.ts";
import { onlyPurpose } from "./customers/write-actor.ts";
import { HttpError } from "./errors.ts";
import type { Shell } from "./shell.ts";

export interface Attempt {
  readonly action: Action;
  readonly kind: EntryKind;
  /** As asked, whether or not there is such a customer. */
  readonly customerId: Uuid | null;
}

/** Throws HttpError `not-permitted`, recorded, when the role has no right to the action. */
export async function requireRecordedRight(
  shell: Pick<Shell, "access" | "ledger">,
  principal: Authenticated,
  attempt: Attempt,
): Promise<void> {
  if (!shell.access.may(principal, attempt.action))
    await refuse(shell, principal, attempt, new HttpError("not-permitted"));
}

/** Records the refusal and throws it. INVARIANT: no more is told of a customer out of reach than of nobody, in the entry neither. */
export async function refuse(
  { ledger }: Pick<Shell, "ledger">,
  principal: Authenticated,
  { action, kind, customerId }: Attempt,
  refusal: AppError,
): Promise<never> {
  const purpose = onlyPurpose(principal);
  await ledger.append({
    entryId: newId(),
    kind,
    outcome: "denied",
    actorId: principal.principalId,
    customerId,
    recipientId: null,
    purpose,
    basis: "role-duty",
    classes: [],
    withheld: purpose === "fraud-investigation",
    detail: { ...viaOf(principal), role: principal.role, action },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
  throw refusal;
}
