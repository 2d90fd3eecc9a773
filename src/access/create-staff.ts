// Makes a member of staff a principal. Nobody gets a token: whoever it is signs in by credentials that are theirs alone.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { recordAct, type WrittenRow } from "./act.ts";
import { checkedName } from "./checked-name.ts";
import { checkedScope, usualExpiry } from "./client-scope.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { Scope } from "./principal.ts";
import { principalAct } from "./principal-act.ts";
import { principalParts, sealName, type StoredPrincipal } from "./principal-row.ts";
import { insertPrincipal } from "./principal-store.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";
import type { Writing } from "./write-for-others.ts";

export interface StaffRequest extends Scope {
  readonly role: Role;
  /** Kept sealed. */
  readonly name: string;
  /** Has no right until a second person approves. */
  readonly isPending?: boolean;
}

/** What is written of a person besides the principal, in the same transaction and named in the same entry: an account, an invitation. */
export type AlsoGrant = (
  writing: Omit<Writing, "movePrincipal" | "moveCustomer" | "changeHolds" | "changeDisputes">,
  principalId: Uuid,
) => Promise<readonly WrittenRow[]>;

/** Throws AccessError as `createClient` does; `role-not-for-staff` for roles that machines or customers have. */
export async function createStaff(
  context: AccessContext,
  within: Within,
  request: StaffRequest,
  grant?: AlsoGrant,
): Promise<Uuid> {
  requireRight(context, within.actor, "staff.create");
  return insertStaff(context, within, request, grant);
}

/** The same without asking for a right: for the first administrator, whom nobody can have made. */
export async function insertStaff(
  context: AccessContext,
  within: Within,
  request: StaffRequest,
  grant?: AlsoGrant,
): Promise<Uuid> {
  const { name, role, isPending = false, ...asked } = request;
  if (role === "service-account") throw new AccessError("role-not-for-staff");
  const now = context.clock.now();
  // A role's limit binds clients and whoever comes from outside; those who work here stay until they leave.
  const scope = checkedScope(
    context.roles,
    role,
    { ...asked, expiresAt: asked.expiresAt ?? usualExpiry(context.roles[role], now) },
    now,
  );
  const principalId = newId();
  const principal: StoredPrincipal = {
    ...scope,
    expiresAt: asked.expiresAt,
    principalId,
    kind: "staff",
    role,
    customerId: null,
    name: sealName(context.keys, principalId, checkedName(name)),
    secret: null,
    status: isPending ? "pending" : "active",
    revision: 1,
    act: newId(),
  };
  await insertPrincipal(within.tx, principal, context.keys.authorityMac(principalParts(principal)));
  const granted = (await grant?.({ ...within, act: principal.act }, principalId)) ?? [];
  await within.also?.(within.tx, [principalId]);
  const act = principalAct(principal, "staff.create");
  await recordAct(context, within.tx, within.actor, { ...act, written: [...act.written, ...granted] });
  return principalId;
}
