// Whether a recipient is served now: asked when a package is made, and again when it is picked up.
import type { Registered } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Basis, Purpose } from "../kernel/vocabulary.ts";
import { needsContract } from "../recipients/recipients.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";

interface For {
  readonly recipientId: Uuid;
  readonly purpose: Purpose;
  readonly basis: Basis;
}

/** Throws PackagesError `not-served`. */
export async function requireServed(
  { recipients }: Pick<PackagesContext, "recipients">,
  asked: For,
): Promise<Registered> {
  const standing = await recipients.standing(asked.recipientId);
  if (standing === null || !isServed(standing, asked)) throw new PackagesError("not-served");
  return standing;
}

export function isServed(standing: Registered, { purpose, basis }: Omit<For, "recipientId">): boolean {
  if (!standing.isVerified) return false;
  // An authorization of the customer, or a demand of the law, is ground enough without a contract.
  if (basis !== "role-duty" || !needsContract(standing)) return true;
  return standing.contracts.some(({ purposes }) => purposes.includes(purpose));
}
