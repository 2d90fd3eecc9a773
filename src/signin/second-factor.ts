// A second factor shown within a session: after the password, or once more for what needs a fresh one.
import type { LiveRows, RowChange } from "../authority/authority.ts";
import { takeChallenge } from "./challenges.ts";
import type { SignInContext } from "./context.ts";
import { knownDevice, recognise, RECOGNITION_READS, type SignedInFrom } from "./devices.ts";
import { proofOf } from "./customers.ts";
import type { Entered } from "./enter.ts";
import { SignInError } from "./errors.ts";
import { tried } from "./lockout.ts";
import { noted, notifyOutside } from "./notices.ts";
import { isEnrolling, type Own } from "./own.ts";
import { isExpired, passwordOf } from "./password.ts";
import { type AuthenticationResponseJSON, asserted, PASSKEY, passkeyLookup } from "./passkeys.ts";
import { sessionTimes } from "./policy.ts";
import { recordRefused, type RefusalReason } from "./record.ts";
import { RECOVERY, usedRecoveryCode } from "./recovery-codes.ts";
import { TOTP, usedCode } from "./totp.ts";

interface Shown {
  readonly method: "totp" | "recovery-code" | "passkey";
  readonly reads: readonly { readonly kind: string }[];
  /** What using it changes; null where it is wrong. */
  readonly use: (live: LiveRows, now: Date) => readonly RowChange[] | null;
  readonly reason: RefusalReason;
  /** One factor more of the same worth as before. */
  readonly isWeak?: boolean;
}

/** Throws SignInError `wrong-factor`, `locked`; so does `showRecoveryCode`. */
export function showCode(context: SignInContext, own: Own, code: string, from: SignedInFrom): Promise<Entered> {
  const use: Shown["use"] = (live, now) => {
    const used = usedCode(live, code, now);
    return used === null ? null : [used];
  };
  return counted(context, own, from, { method: "totp", reads: [TOTP], use, reason: "wrong-code" });
}

export async function showRecoveryCode(
  context: SignInContext,
  own: Own,
  code: string,
  from: SignedInFrom,
): Promise<Entered> {
  const use: Shown["use"] = (live, now) => {
    const used = usedRecoveryCode(context.keys, live, { principalId: own.principalId, code, now });
    return used === null ? null : [used, ...noted(live, now, "recovery-code-used", from)];
  };
  const entered = await counted(context, own, from, {
    method: "recovery-code",
    reads: [RECOVERY],
    use,
    reason: "wrong-recovery-code",
  });
  await notifyOutside(context, own.principalId, "recovery-code-used");
  return entered;
}

/** Never counted and never locked: a signature is not guessed. Throws SignInError `wrong-factor`. */
export async function showPasskey(
  context: SignInContext,
  own: Own,
  answer: { readonly state: string; readonly response: AuthenticationResponseJSON },
  from: SignedInFrom,
): Promise<Entered> {
  const { principalId } = own;
  const challenge = await takeChallenge(context, "step-up", principalId, answer.state);
  const lookup = passkeyLookup(context.keys, answer.response.id);
  const row = await context.authority.find(context.database, PASSKEY, lookup);
  // INVARIANT: somebody else's passkey proves nothing here.
  const isOwn = challenge !== null && row !== null && row.ownerId === principalId;
  const proof = isOwn ? await proofOf(context, own, row) : "nothing";
  const used = isOwn && proof !== "nothing" ? await asserted(context, row, challenge, answer.response) : null;
  return shown(context, own, from, {
    method: "passkey",
    reads: [],
    use: () => (used === null ? null : [used]),
    reason: "bad-passkey",
    isWeak: proof === "one-factor",
  });
}

async function counted(context: SignInContext, own: Own, from: SignedInFrom, what: Shown): Promise<Entered> {
  const device = await knownDevice(context, own.principalId, from.deviceToken);
  const { principalId: account } = own;
  const trying = { account, what: "second-factor", address: from.address, deviceId: device?.rowId ?? null } as const;
  return tried(context, trying, () => shown(context, own, from, what));
}

async function shown(context: SignInContext, own: Own, from: SignedInFrom, what: Shown): Promise<Entered> {
  const { principalId, signIn } = own;
  const { method, reads, use, reason, isWeak = false } = what;
  if (isEnrolling(own)) throw new SignInError("wrong-factor");
  const recognised = recognise(context, principalId, from);
  const stepUp = {
    method,
    isPhishingResistant: method === "passkey" && !isWeak,
    isStrong: !isWeak && !(await mustChoosePassword(context, own)),
    times: sessionTimes(context.policy, own.role),
  };
  try {
    const stepped = await context.sessions.stepUp(principalId, signIn.sessionId, stepUp, {
      reads: [...reads, ...RECOGNITION_READS],
      make: (live, now) => {
        const used = use(live, now);
        if (used === null) throw new SignInError("wrong-factor");
        return [...used, ...recognised.changes(live, now)];
      },
    });
    if (recognised.isNew()) await notifyOutside(context, principalId, "new-device");
    return { ...stepped, deviceToken: recognised.newToken };
  } catch (error) {
    if (error instanceof SignInError && error.code === "wrong-factor")
      await recordRefused(context, { reason, principalId, address: from.address, method });
    throw error;
  }
}

/** INVARIANT: an expired password with a second factor does nothing but choose a new one. A passkey needs no password. */
async function mustChoosePassword(context: SignInContext, { signIn, principalId, role }: Own): Promise<boolean> {
  if (signIn.strongAt !== null || !signIn.methods.includes("password")) return false;
  const row = await passwordOf(context, principalId);
  return row !== null && isExpired(context, role, row);
}
