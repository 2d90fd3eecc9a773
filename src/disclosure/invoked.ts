// Whoever invokes a grant is shown what that grant lends, or nothing: never quietly what they would see as themselves.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Basis, Purpose } from "../kernel/vocabulary.ts";
import type { EntryKind } from "../ledger/ledger.ts";
import type { GateContext } from "./context.ts";
import { GateError } from "./errors.ts";
import { askerGrounds, type Grounds } from "./grounds.ts";

export interface Invoking {
  readonly kind: Extract<EntryKind, "disclosure" | "masked-view" | "search" | "preview">;
  readonly customerIds: readonly Uuid[];
  readonly purpose: Purpose;
  readonly basis: Basis;
  readonly as?: Uuid | undefined;
}

/** What the question may rest on. Throws GateError "grant-not-in-force" (recorded) where it invokes a grant that lends nothing now, whatever the reason. */
export async function groundsOf(
  context: Pick<GateContext, "grounds" | "append">,
  asker: Authenticated,
  invoking: Invoking,
): Promise<Grounds> {
  const { customerIds, purpose, basis, as } = invoking;
  const grounds = await context.grounds(asker, customerIds, { purpose, basis, as });
  if (askerGrounds(grounds).elevation !== "not-in-force") return grounds;
  await recordUnlent(context, asker, invoking);
  throw new GateError("grant-not-in-force", "no grant of that id lends you anything now");
}

async function recordUnlent(
  { append }: Pick<GateContext, "append">,
  { principalId, role, revision }: Authenticated,
  { kind, customerIds, purpose, basis, as }: Invoking,
): Promise<void> {
  const [only] = customerIds;
  const isSingle = customerIds.length === 1 && only !== undefined;
  const subjects = customerIds.map(
    (customerId) => ({ customerId, outcome: "denied", classes: [], revision: null }) as const,
  );
  await append({
    entryId: newId(),
    kind,
    outcome: "denied",
    actorId: principalId,
    customerId: isSingle ? only : null,
    recipientId: null,
    purpose,
    basis,
    classes: [],
    withheld: purpose === "fraud-investigation" || purpose === "legal-demand",
    detail: { role, actorRevision: revision, refused: "grant-not-in-force", grant: as ?? null },
    // It rests on nothing, so nothing is rechecked.
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
    ...(isSingle || subjects.length === 0 ? {} : { subjects }),
  });
}
