// Ways in without a session: e-mail address and password, which is half of one; or a passkey, which is a whole one.
import type { SignInMethod } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { findAccount, normalisedEmail } from "./account.ts";
import { takeChallenge } from "./challenges.ts";
import type { SignInContext } from "./context.ts";
import { proofOf } from "./customers.ts";
import { knownDevice, recognise, RECOGNITION_READS, type SignedInFrom } from "./devices.ts";
import { SignInError } from "./errors.ts";
import { tried } from "./lockout.ts";
import { notifyOutside } from "./notices.ts";
import { isPasswordOf } from "./password.ts";
import { type AuthenticationResponseJSON, asserted, PASSKEY, passkeyLookup } from "./passkeys.ts";
import { sessionTimes } from "./policy.ts";
import { recordRefused, type RefusalReason } from "./record.ts";
import type { StartedSession } from "./sessions.ts";

export interface Entered extends StartedSession {
  /** For the device to keep, where it had none that is known. */
  readonly deviceToken: string | null;
}

export interface PasswordSignIn {
  readonly email: string;
  readonly password: string;
  readonly from: SignedInFrom;
}

/**
 * A half session: it may show or enrol a second factor and nothing else. INVARIANT: an address that nobody is known by costs the same hash and the
 * same statements, and gets the same words. Throws SignInError `wrong-credentials`, `locked`, `busy`.
 */
export async function signInByPassword(
  context: SignInContext,
  { email: given, password, from }: PasswordSignIn,
): Promise<StartedSession> {
  const email = normalisedEmail(given) ?? given.trim().toLowerCase();
  const account = await findAccount(context, email);
  const owner = account?.ownerId ?? null;
  const device = await knownDevice(context, owner ?? newId(), from.deviceToken);
  const trying = { account: email, what: "password", address: from.address, deviceId: device?.rowId ?? null } as const;
  const principalId = await tried(context, trying, async () => {
    const isRight = await isPasswordOf(context, owner, password);
    const principal = await context.access.reread(owner ?? newId());
    if (isRight && principal !== null) return principal.principalId;
    const reason = owner === null ? "unknown-account" : isRight ? "not-in-force" : "wrong-password";
    await recordRefused(context, { reason, principalId: owner, email, address: from.address, method: "password" });
    throw new SignInError("wrong-credentials");
  });
  return context.sessions.start({
    principalId,
    methods: ["password"] satisfies SignInMethod[],
    isStrong: false,
    isPhishingResistant: false,
    ...context.policy.sessions.half,
    device: from.device,
    address: from.address,
  });
}

export interface PasskeySignIn {
  readonly state: string;
  readonly response: AuthenticationResponseJSON;
  readonly from: SignedInFrom;
  /** Whose passkeys count; everybody's when left out. */
  readonly only?: "customer";
}

/**
 * Something held and, as user verification is required, something known or being: two factors in one, unless it is a customer's and still young. Never
 * locked. Throws SignInError `wrong-credentials`.
 */
export async function signInByPasskey(
  context: SignInContext,
  { state, response, from, only }: PasskeySignIn,
): Promise<Entered> {
  const refuse = async (reason: RefusalReason, principalId: Uuid | null): Promise<never> => {
    await recordRefused(context, { reason, principalId, address: from.address, method: "passkey" });
    throw new SignInError("wrong-credentials");
  };
  const challenge = await takeChallenge(context, "sign-in", null, state);
  const row = await context.authority.find(context.database, PASSKEY, passkeyLookup(context.keys, response.id));
  if (row === null) return refuse("unknown-passkey", null);
  const used = challenge === null ? null : await asserted(context, row, challenge, response);
  if (used === null) return refuse("bad-passkey", row.ownerId);
  const principal = await context.access.reread(row.ownerId);
  const proof = principal === null ? "nothing" : await proofOf(context, principal, row);
  const isMeant = only === undefined || principal?.kind === only;
  if (principal === null || proof === "nothing" || !isMeant) return refuse("not-in-force", row.ownerId);
  const isStrong = proof === "two-factors";
  const recognised = recognise(context, row.ownerId, from);
  const started = await context.sessions.start(
    {
      principalId: row.ownerId,
      methods: ["passkey"],
      isStrong,
      isPhishingResistant: isStrong,
      ...sessionTimes(context.policy, principal.role),
      device: from.device,
      address: from.address,
    },
    { reads: RECOGNITION_READS, make: (live, now) => [used, ...recognised.changes(live, now)] },
  );
  if (recognised.isNew()) await notifyOutside(context, row.ownerId, "new-device");
  return { ...started, deviceToken: recognised.newToken };
}
