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
  /** It grants nothing until a second person approves it. */
  readonly isPending?: boolean;
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
  return insertWithSecret(context, within, request);
}

/** One without a secret, which proves itself by the keys or certificates that are registered for it. Throws as `createClient` does. */
export async function createKeyedClient(context: AccessContext, within: Within, request: ClientRequest): Promise<Uuid> {
  requireRight(context, within.actor, "client.create");
  return insertClient(context, within, request, { principalId: newId(), secret: null });
}

/** The same without asking for a right: for the first administrator, whom nobody can have made. */
export async function insertWithSecret(
  context: AccessContext,
  within: Within,
  request: ClientRequest,
): Promise<NewClient> {
  const principalId = newId();
  const token = newClientToken(principalId);
  await insertClient(context, within, request, { principalId, secret: secretDigest(context.keys, token) });
  return { principalId, token: printClientToken(token) };
}

/** Without asking for a right. Returns the id. */
export async function insertClient(
  context: AccessContext,
  within: Within,
  request: ClientRequest,
  identity: Pick<StoredPrincipal, "principalId" | "secret">,
): Promise<Uuid> {
  const { name, role, isPending = false, ...asked } = request;
  const { principalId } = identity;
  const now = context.clock.now();
  const expiresAt = asked.expiresAt ?? usualExpiry(context.roles[role], now);
  const scope = checkedScope(context.roles, role, { ...asked, expiresAt }, now);
  const principal: StoredPrincipal = {
    ...scope,
    ...identity,
    kind: "client",
    role,
    customerId: null,
    name: sealName(context.keys, principalId, checkedName(name)),
    status: isPending ? "pending" : "active",
    revision: 1,
    act: newId(),
  };
  await insertPrincipal(within.tx, principal, context.keys.authorityMac(principalParts(principal)));
  const granted = (await within.grants?.({ tx: within.tx, act: principal.act, principalId })) ?? [];
  await within.also?.(within.tx, [principalId]);
  await recordAct(context, within.tx, within.actor, principalAct(principal, "client.create", granted));
  return principalId;
}
