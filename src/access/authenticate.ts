// From a token to a principal, or to null: the same null, after the same work, whatever was wrong.
import { randomBytes } from "node:crypto";
import { asSealed, asToken, equalConstantTime, type Token, type Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { secretNames } from "../kernel/secret-names.ts";
import { parseClientToken, secretDigest } from "./client-token.ts";
import type { AccessContext } from "./context.ts";
import type { AuthorityKeys } from "./authority-keys.ts";
import { isInForce, type Authenticated } from "./principal.ts";
import { principalParts, verifiedPrincipal, type StoredPrincipal } from "./principal-row.ts";
import { readPrincipal } from "./read-principal.ts";

/** How long a verified row is believed. A disclosure rechecks the revision when it is sequenced, so this bounds other answers only. */
const REMEMBERED_MS = 2000;
const REMEMBERED_MAX = 10_000;

export interface Authenticator {
  /** Null for a token that is malformed, unknown, wrong, or of a client that is expired, suspended or revoked. */
  authenticate(text: string, fresh?: boolean): Promise<Authenticated | null>;
  forget(principalId: Uuid): void;
}

interface Remembered {
  readonly principal: StoredPrincipal;
  readonly released: Authenticated;
  readonly untilMs: number;
}

export function createAuthenticator(context: Omit<AccessContext, "forget">): Authenticator {
  const decoy = decoyPrincipal(context.keys);
  const remembered = new Map<string, Remembered>();
  const underWay = new Map<string, Promise<StoredPrincipal | null>>();
  const nameOf = secretNames();
  let changes = 0;

  const load = async (key: string, principalId: Uuid, digest: Token): Promise<StoredPrincipal | null> => {
    const changesBefore = changes;
    const principal = await verifySecret(context, decoy, principalId, digest);
    // A row read before a change of ours and arriving after it must not be remembered.
    if (principal !== null && changes === changesBefore) remember(remembered, key, principal, context.clock.now());
    return principal;
  };

  return {
    async authenticate(text, fresh = false) {
      const key = nameOf(text);
      const now = context.clock.now();
      const known = remembered.get(key);
      if (!fresh && known !== undefined && now.getTime() < known.untilMs)
        return isInForce(known.principal, now) ? known.released : null;
      const token = parseClientToken(text);
      if (token === null) return null;
      // Concurrent requests share one reading, but never one that began before a change of ours.
      const reading = `${changes}/${fresh}/${key}`;
      let loading = underWay.get(reading);
      if (loading === undefined) {
        loading = load(key, token.principalId, secretDigest(context.keys, token)).finally(() =>
          underWay.delete(reading),
        );
        underWay.set(reading, loading);
      }
      const principal = await loading;
      return principal === null ? null : releaseIfInForce(principal, context.clock.now());
    },
    forget(principalId) {
      changes += 1;
      for (const [key, { principal }] of remembered) if (principal.principalId === principalId) remembered.delete(key);
    },
  };
}

/** The principal whose secret this is. An unknown id costs a MAC and a comparison too, against a decoy. */
async function verifySecret(
  context: Omit<AccessContext, "forget">,
  decoy: DecoyPrincipal,
  principalId: Uuid,
  digest: Token,
): Promise<StoredPrincipal | null> {
  const found = await readPrincipal(context, context.database, principalId);
  if (found === null) verifiedPrincipal(context.keys, decoy.row);
  const secretIsRight = equalConstantTime(found?.secret ?? decoy.secret, digest);
  return found !== null && secretIsRight && found.kind === "client" ? found : null;
}

function remember(into: Map<string, Remembered>, key: string, principal: StoredPrincipal, now: Date): void {
  into.delete(key);
  into.set(key, { principal, released: released(principal), untilMs: now.getTime() + REMEMBERED_MS });
  if (into.size <= REMEMBERED_MAX) return;
  for (const oldest of into.keys()) {
    into.delete(oldest);
    return;
  }
}

/** Leaves the sealed name and the secret's digest behind. */
export function releaseIfInForce(stored: StoredPrincipal, now: Date): Authenticated | null {
  return isInForce(stored, now) ? released(stored) : null;
}

function released(stored: StoredPrincipal): Authenticated {
  const { name: _name, secret: _secret, ...principal } = stored;
  return { ...principal, signIn: null };
}

interface DecoyPrincipal {
  readonly row: Parameters<typeof verifiedPrincipal>[1];
  readonly secret: Token;
}

function decoyPrincipal(keys: AuthorityKeys): DecoyPrincipal {
  const secret = asToken(randomBytes(32));
  const principal: StoredPrincipal = {
    principalId: newId(),
    kind: "client",
    role: "csr",
    customerId: null,
    name: asSealed(randomBytes(64)),
    purposes: ["policy-servicing"],
    rowScope: "assignments",
    groups: [],
    entities: ["decoy"],
    lines: ["auto"],
    classCeiling: null,
    secret,
    status: "active",
    expiresAt: new Date(0),
    revision: 1,
    act: newId(),
  };
  const { principalId, customerId, rowScope, classCeiling: _none, expiresAt, ...same } = principal;
  return {
    secret,
    row: {
      ...same,
      principal_id: principalId,
      customer_id: customerId,
      row_scope: rowScope,
      class_ceiling: null,
      expires_at: expiresAt,
      mac: keys.authorityMac(principalParts(principal)),
    },
  };
}
