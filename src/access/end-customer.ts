// Ends the principal of a customer who is erased, in the erasure's own transaction: nothing is left of them to ask with.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import { contentDigest, type WrittenRow } from "./act.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { principalContent, principalParts } from "./principal-row.ts";
import { lockPrincipal, selectCustomerPrincipal, updatePrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";

export interface CustomerEnd {
  readonly customerId: Uuid;
  /** The entry of the erasure, which names the row. */
  readonly act: Uuid;
}

/** Whose sign-ins, sessions and passkeys end with it. */
export interface EndedCustomer {
  readonly principalId: Uuid;
  readonly written: WrittenRow & { readonly row: "principal" };
}

/**
 * Call it under the customer's lock. Null for whoever never signed in; revoked, and thereby in force nowhere, otherwise. Throws AccessError
 * `forged-authority`.
 */
export async function endCustomer(
  context: AccessContext,
  tx: Transaction,
  { customerId, act }: CustomerEnd,
): Promise<EndedCustomer | null> {
  const found = await selectCustomerPrincipal(tx, customerId);
  const row = found === null ? null : await lockPrincipal(tx, asId(found.principal_id));
  if (row === null) return null;
  const before = lockedPrincipal(context, row);
  if (before?.customerId !== customerId) throw new AccessError("forged-authority");
  const after = { ...before, status: "revoked", revision: before.revision + 1, act } as const;
  await updatePrincipal(tx, after, context.keys.authorityMac(principalParts(after)));
  const { principalId, revision } = after;
  return {
    principalId,
    written: { row: "principal", id: principalId, revision, digest: contentDigest(principalContent(after)) },
  };
}
