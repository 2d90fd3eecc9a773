// What a passkey proves when: of staff at once, of customers by what is known of them.
import type { Principal } from "../access/access.ts";
import type { Row } from "../authority/authority.ts";
import type { SignInContext } from "./context.ts";
import { countsNow, customerStanding } from "./customer-standing.ts";
import type { PasskeyContent } from "./passkeys.ts";

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
    if (!countsNow(standing, new Date(content.addedAt))) return "nothing";
  }
  const { countsFrom } = content;
  return countsFrom === undefined || new Date(countsFrom) <= context.clock.now() ? "two-factors" : "one-factor";
}
