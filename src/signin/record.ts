// Entries of what nobody was entitled to: sign-ins and factors that were refused, and accounts locked for a while.
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import type { SignInContext } from "./context.ts";

/** What an attempt is about: a name that may or may not stand for an account, from where, and whether the owner's device is known there. */
export interface Trying {
  /** An e-mail address, or the id of a principal: whatever says whose secret is being guessed. */
  readonly account: string;
  readonly what: "password" | "second-factor" | "invitation";
  readonly address: string;
  readonly deviceId: Uuid | null;
}

export type RefusalReason =
  | "unknown-account"
  | "wrong-password"
  | "not-in-force"
  | "wrong-code"
  | "wrong-recovery-code"
  | "bad-passkey"
  | "unknown-passkey"
  | "bad-invitation";

export interface Refused {
  readonly reason: RefusalReason;
  /** Whose account it was about, as far as is known; nobody has proven to be them. */
  readonly principalId: Uuid | null;
  /** An address that nobody is known by is kept as a keyed digest alone. */
  readonly email?: string;
  readonly address: string;
  readonly method: string;
}

/** The entry is committed before the refusal is answered. */
export function recordRefused(context: SignInContext, refused: Refused): Promise<void> {
  const { reason, principalId, email, address, method } = refused;
  const named = email === undefined ? {} : { emailDigest: digestOf(context, email) };
  return append(context, { action: "sign-in.refused", reason, method, principal: principalId, address, ...named });
}

/** One a lock, not one an attempt while it lasts. */
export function recordLockout(context: SignInContext, { account, what, address, deviceId }: Trying): Promise<void> {
  const accountDigest = digestOf(context, account);
  return append(context, { action: "sign-in.locked", what, accountDigest, address, device: deviceId });
}

function digestOf({ keys }: SignInContext, text: string): string {
  return Buffer.from(keys.keyedDigest("sign-in-named", text)).toString("hex");
}

async function append({ ledger }: SignInContext, detail: { readonly [key: string]: Json }): Promise<void> {
  await ledger.append({
    entryId: newId(),
    kind: "sign-in",
    outcome: "denied",
    actorId: null,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: null,
    classes: [],
    withheld: false,
    detail,
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}
