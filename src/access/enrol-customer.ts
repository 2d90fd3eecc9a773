// Makes a customer a principal, so that their own questions go through the gate like everybody's. Whoever asks for it has proven who they are.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { recordAct } from "./act.ts";
import { lockCustomers } from "./assignment-store.ts";
import type { AccessContext } from "./context.ts";
import { readCustomerAuthorities } from "./customer-authority.ts";
import { AccessError } from "./errors.ts";
import { principalAct } from "./principal-act.ts";
import { principalParts, sealName, type StoredPrincipal } from "./principal-row.ts";
import { insertPrincipal, selectCustomerPrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";

/**
 * The principal of this customer, made where there is none. It has no secret: no token stands for it, sessions do. Throws AccessError `not-permitted`,
 * `unknown-customer`, `erased`, `forged-authority`.
 */
export async function enrolCustomer(context: AccessContext, within: Within, customerId: Uuid): Promise<Uuid> {
  requireRight(context, within.actor, "customer.enrol");
  const { tx } = within;
  // Whoever is being erased meanwhile is waited for: no principal is made beside an erasure that knows of none.
  await lockCustomers(tx, [customerId]);
  const customer = (await readCustomerAuthorities(context, tx, [customerId])).get(customerId);
  if (customer === undefined) throw new AccessError("unknown-customer");
  if (customer.state === null) throw new AccessError("forged-authority");
  if (customer.state.status === "erased") throw new AccessError("erased");
  const principal = customerPrincipal(context, customerId);
  if (await insertPrincipal(tx, principal, context.keys.authorityMac(principalParts(principal)))) {
    await recordAct(context, tx, within.actor, principalAct(principal, "customer.enrol"));
    return principal.principalId;
  }
  const row = await selectCustomerPrincipal(tx, customerId);
  const known = row === null ? null : lockedPrincipal(context, row);
  if (known?.customerId !== customerId) throw new AccessError("forged-authority");
  return known.principalId;
}

function customerPrincipal(context: AccessContext, customerId: Uuid): StoredPrincipal {
  const principalId = newId();
  return {
    principalId,
    kind: "customer",
    // Which of the three roles of customers counts is for the gate to say, by the relationship to whom is asked about.
    role: "policyholder",
    customerId,
    name: sealName(context.keys, principalId, "customer"),
    purposes: context.roles.policyholder.purposes,
    rowScope: "none",
    groups: [],
    entities: [],
    lines: [],
    classCeiling: null,
    secret: null,
    status: "active",
    expiresAt: null,
    revision: 1,
    act: newId(),
  };
}
