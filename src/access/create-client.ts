// Makes an API client. Its token is returned once and never again: only a keyed digest of its secret is kept.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { recordAct } from "./act.ts";
import { checkedName } from "./checked-name.ts";
import { checkedScope, usualExpiry } from "./client-scope.ts";
import { newClientToken, printClientToken, secretDigest } from "./client-token.ts";
import type { AccessContext } from "./context.ts";
import type { Scope } from "./principal.ts";
import { principalAct } from "./principal-act.ts";
import { principalParts, sealName, type StoredPrincipal } from "./principal-row.ts";
import { insertPrincipal } from "./principal-store.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";

export interface ClientRequest extends Scope {
  readonly role: Role;
  /** For people to tell clients apart; kept sealed. */
  readonly name: string;
  /** A year from now, or the limit of the role if that is nearer, when null. */
  readonly expiresAt: Date | null;
}

export interface NewClient {
  readonly principalId: Uuid;
  /** Shown once. */
  readonly token: string;
}

/**
 * Throws AccessError: `not-permitted`; `role-not-for-clients`, `purpose-not-for-role`, `too-many-purposes`, `scope-not-for-role`,
 * `scope-incomplete`, `bad-expiry`, `bad-name`, `too-many` for what was asked; `stale-actor`.
 */
export async function createClient(context: AccessContext, within: Within, request: ClientRequest): Promise<NewClient> {
  requireRight(context, within.actor, "client.create");
  return insertClient(context, within, request);
}

/** The same without asking for a right: for the first administrator, whom nobody can have made. */
export async function insertClient(context: AccessContext, within: Within, request: ClientRequest): Promise<NewClient> {
  const { name, role, ...asked } = request;
  const now = context.clock.now();
  const expiresAt = asked.expiresAt ?? usualExpiry(context.roles[role], now);
  const scope = checkedScope(context.roles, role, { ...asked, expiresAt }, now);
  const principalId = newId();
  const token = newClientToken(principalId);
  const principal: StoredPrincipal = {
    ...scope,
    principalId,
    kind: "client",
    role,
    customerId: null,
    name: sealName(context.keys, principalId, checkedName(name)),
    secret: secretDigest(context.keys, token),
    status: "active",
    revision: 1,
    act: newId(),
  };
  await insertPrincipal(within.tx, principal, context.keys.authorityMac(principalParts(principal)));
  await within.also?.(within.tx, [principalId]);
  await recordAct(context, within.tx, within.actor, principalAct(principal, "client.create"));
  return { principalId, token: printClientToken(token) };
}
