// Customers beside staff: who of them may sign in at all, and what a passkey of theirs proves when.
import { type Access, activeFlags, type Principal } from "../access/access.ts";
import type { Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import type { SignInContext } from "./context.ts";
import type { PasskeyContent } from "./passkeys.ts";

export interface CustomerStanding {
  readonly flags: readonly Flag[];
  /** When the newest protection order that is in force began. */
  readonly protectedSince: Date | null;
}

/** Null for whoever may not sign in by themselves: the dead, the erased, minors. INVARIANT: what does not verify is nobody who may. */
export async function customerStanding(
  { access, clock }: { readonly access: Pick<Access, "authoritiesOf">; readonly clock: Clock },
  customerId: Uuid,
): Promise<CustomerStanding | null> {
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  if (state == null || state.status === "erased") return null;
  const now = clock.now();
  const flags = activeFlags(state, now);
  if (flags.includes("deceased") || flags.includes("minor")) return null;
  const orders = state.flags.filter((flag) => activeFlags({ flags: [flag] }, now).includes("protection-order"));
  const began = orders.map(({ startsAt }) => Date.parse(startsAt));
  return { flags, protectedSince: began.length === 0 ? null : new Date(Math.max(...began)) };
}

export type Proof = "nothing" | "one-factor" | "two-factors";

/**
 * INVARIANT: a passkey that was added on the strength of a code proves what a code does until its cooling-off is over (docs/decisions/0057); and one from
 * before a protection order proves nothing, since whoever the customer is protected from may hold it.
 */
export async function proofOf(
  context: Pick<SignInContext, "access" | "clock">,
  { kind, customerId }: Pick<Principal, "kind" | "customerId">,
  { content }: Row<PasskeyContent>,
): Promise<Proof> {
  if (kind === "customer") {
    const standing = customerId === null ? null : await customerStanding(context, customerId);
    if (standing === null) return "nothing";
    if (standing.protectedSince !== null && new Date(content.addedAt) < standing.protectedSince) return "nothing";
  }
  const { countsFrom } = content;
  return countsFrom === undefined || new Date(countsFrom) <= context.clock.now() ? "two-factors" : "one-factor";
}
