// Somebody's own factors: seen, added, removed by whoever has just shown one of them, or was invited to enrol.
import type { LiveRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { accountOf } from "./account.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";
import { noted, NOTICE, notifyOutside, type Whence } from "./notices.ts";
import { isCustomer, isEnrolling, isFresh, needsPassword, type Own, requireFresh } from "./own.ts";
import { PASSWORD, passwordOf, setPassword } from "./password.ts";
import {
  type Asking,
  type CreationOptions,
  type NewPasskeyAnswer,
  PASSKEY,
  PASSKEYS_MAX,
  registered,
  registrationOptions,
} from "./passkeys.ts";
import { sessionTimes } from "./policy.ts";
import { newRecoveryCodes, RECOVERY, replacedCodes } from "./recovery-codes.ts";
import type { SteppedUp } from "./sessions.ts";
import { confirmed, newTotp, type NewTotp, TOTP, TOTP_MAX, unconfirmed } from "./totp.ts";
import { type Made, writeRows } from "./write-rows.ts";

export interface Factor {
  readonly factorId: Uuid;
  readonly kind: "totp" | "passkey";
  readonly name: string;
  readonly addedAt: string;
  /** Until then a passkey proves one factor alone. */
  readonly countsFrom: string;
  readonly usedAt: string | null;
}

export interface Factors {
  readonly passwordSetAt: string | null;
  readonly factors: readonly Factor[];
  readonly recoveryCodesLeft: number;
}

const KINDS = [PASSWORD, TOTP, PASSKEY, RECOVERY] as const;

export async function factorsOf(context: SignInContext, principalId: Uuid): Promise<Factors> {
  const live = (await context.authority.liveOfMany(context.database, KINDS, [principalId])).get(principalId);
  if (live == null) return { passwordSetAt: null, factors: [], recoveryCodesLeft: 0 };
  return listed(live, context.clock.now());
}

export function listed(live: LiveRows, now: Date): Factors {
  const codes = live
    .of(TOTP, now)
    .flatMap(({ rowId, content: { name, confirmedAt: addedAt } }): Factor[] =>
      addedAt === null ? [] : [{ factorId: rowId, kind: "totp", name, addedAt, countsFrom: addedAt, usedAt: null }],
    );
  const passkeys = live.of(PASSKEY, now).map(({ rowId, content: held }): Factor => {
    const { name, addedAt, countsFrom = addedAt, usedAt } = held;
    return { factorId: rowId, kind: "passkey", name, addedAt, countsFrom, usedAt };
  });
  return {
    passwordSetAt: live.of(PASSWORD, now)[0]?.content.setAt ?? null,
    factors: [...passkeys, ...codes],
    recoveryCodesLeft: live.of(RECOVERY, now)[0]?.content.digests.length ?? 0,
  };
}

/** Null where the session goes on as it was; else what it became by it. Throws SignInError `bad-password`, `step-up-needed`. */
export async function choosePassword(
  context: SignInContext,
  own: Own,
  password: string,
  whence: Whence,
): Promise<SteppedUp | null> {
  if (!needsPassword(own)) requireFresh(context, own);
  await setPassword(context, own, password, whence);
  return needsPassword(own) ? becomeStrong(context, own, "password") : null;
}

/** Throws SignInError `too-many-factors`, `step-up-needed`. */
export async function addTotp(context: SignInContext, own: Own, name: string): Promise<NewTotp> {
  requireFresh(context, own);
  const { content: account } = await accountOf(context, own.principalId);
  const made = await newTotp(account.email, "Uberrima");
  await change(context, own, [TOTP], (live, now) => {
    if (live.of(TOTP, now).length >= TOTP_MAX) throw new SignInError("too-many-factors");
    return {
      changes: [unconfirmed(made, name, now)],
      result: null,
      detail: { change: "totp-offered", factor: made.factorId },
    };
  });
  return made;
}

export interface Added {
  readonly factorId: Uuid;
  /** Where the session became a whole one by it. */
  readonly session: SteppedUp | null;
  /** Made with the first factor; shown once. */
  readonly recoveryCodes: readonly string[] | null;
}

/** Throws SignInError `wrong-factor`, `password-first`, `step-up-needed`. */
export async function confirmTotp(
  context: SignInContext,
  own: Own,
  shown: { readonly factorId: Uuid; readonly code: string },
  whence: Whence,
): Promise<Added> {
  requireFresh(context, own);
  if ((await passwordOf(context, own.principalId)) === null) throw new SignInError("password-first");
  const recoveryCodes = await change(context, own, [...KINDS, NOTICE], (live, now) => {
    const factor = confirmed(live, shown.factorId, shown.code, now);
    if (factor === null) throw new SignInError("wrong-factor");
    return withCodes(context, own, { live, now, whence, change: factor, factorId: shown.factorId });
  });
  return added(context, own, { method: "totp", factorId: shown.factorId, recoveryCodes });
}

export async function passkeyOptions(context: SignInContext, own: Own): Promise<Asking<CreationOptions>> {
  requireFresh(context, own);
  const { principalId } = own;
  const [named, standing] = await Promise.all([
    namedFor(context, own),
    context.authority.live(context.database, PASSKEY, principalId),
  ]);
  return registrationOptions(context, { principalId, ...named }, standing);
}

/** What the authenticator shows its owner. Nothing of a customer's file is opened for it. */
async function namedFor(context: SignInContext, own: Own): Promise<{ readonly email: string; readonly name: string }> {
  if (isCustomer(own)) return { email: "customer", name: "My insurance file" };
  const [account, person] = await Promise.all([
    accountOf(context, own.principalId),
    context.access.describePrincipal(own.principalId),
  ]);
  const { email } = account.content;
  return { email, name: person?.name ?? email };
}

/** Throws SignInError `bad-passkey`, `too-many-factors`, `step-up-needed`. */
export async function addPasskey(
  context: SignInContext,
  own: Own,
  answer: NewPasskeyAnswer,
  whence: Whence,
): Promise<Added> {
  requireFresh(context, own);
  // INVARIANT: what a code alone stood for waits; a passkey that counts vouches for the next one at once.
  const isByCode = isCustomer(own) && !isFresh(context, own);
  const coolingOffHours = isByCode ? context.policy.customers.passkeyCoolingOffHours : 0;
  const passkey = await registered(context, own.principalId, { ...answer, coolingOffHours });
  if (passkey === null) throw new SignInError("bad-passkey");
  const recoveryCodes = await change(context, own, [...KINDS, NOTICE], (live, now) => {
    if (live.of(PASSKEY, now).length >= PASSKEYS_MAX) throw new SignInError("too-many-factors");
    return withCodes(context, own, { live, now, whence, change: passkey.change, factorId: passkey.rowId });
  });
  return added(context, own, { method: "passkey", factorId: passkey.rowId, recoveryCodes });
}

/** INVARIANT: a way to sign in with two factors is left; customers have the code. Throws SignInError `last-factor`, `unknown-factor`, `step-up-needed`. */
export async function removeFactor(context: SignInContext, own: Own, factorId: Uuid, whence: Whence): Promise<void> {
  requireFresh(context, own);
  await change(context, own, [...KINDS, NOTICE], (live, now) => {
    const { factors, passwordSetAt } = listed(live, now);
    const left = factors.filter((factor) => factor.factorId !== factorId);
    if (left.length === factors.length) throw new SignInError("unknown-factor");
    const isWayIn = isCustomer(own) || left.some(({ kind }) => kind === "passkey" || passwordSetAt !== null);
    if (!isWayIn) throw new SignInError("last-factor");
    const detail = { change: "factor-removed", factor: factorId };
    return { changes: [{ end: factorId }, ...noted(live, now, "factor-removed", whence)], result: null, detail };
  });
  // Whoever held it may be signed in by it.
  if (isCustomer(own)) await context.sessions.end(own.principalId, { allBut: own.signIn.sessionId }, own);
  await notifyOutside(context, own.principalId, "factor-removed");
}

/** Ten new ones; those before are good for nothing any more. */
export async function renewRecoveryCodes(context: SignInContext, own: Own, whence: Whence): Promise<readonly string[]> {
  requireFresh(context, own);
  const codes = newRecoveryCodes();
  const { principalId } = own;
  await change(context, own, [RECOVERY, NOTICE], (live, now) => ({
    changes: [
      replacedCodes(context.keys, live, { principalId, codes, now }),
      ...noted(live, now, "recovery-codes-made", whence),
    ],
    result: null,
    detail: { change: "recovery-codes-made" },
  }));
  await notifyOutside(context, principalId, "recovery-codes-made");
  return codes;
}

interface Adding {
  readonly live: LiveRows;
  readonly now: Date;
  readonly whence: Whence;
  readonly change: Made<null>["changes"][number];
  readonly factorId: Uuid;
}

/** The first factor of staff comes with recovery codes; all others with a notice. */
function withCodes(
  context: SignInContext,
  own: Own,
  { live, now, whence, change: factor, factorId }: Adding,
): Made<readonly string[] | null> {
  const { principalId } = own;
  const isFirst = !isCustomer(own) && listed(live, now).factors.length === 0;
  const codes = isFirst ? newRecoveryCodes() : null;
  const more =
    codes === null
      ? noted(live, now, "factor-added", whence)
      : [replacedCodes(context.keys, live, { principalId, codes, now })];
  return { changes: [factor, ...more], result: codes, detail: { change: "factor-added", factor: factorId } };
}

async function added(
  context: SignInContext,
  own: Own,
  made: {
    readonly method: "totp" | "passkey";
    readonly factorId: Uuid;
    readonly recoveryCodes: readonly string[] | null;
  },
): Promise<Added> {
  const { method, factorId, recoveryCodes } = made;
  if (recoveryCodes === null) await notifyOutside(context, own.principalId, "factor-added");
  return { factorId, recoveryCodes, session: isEnrolling(own) ? await becomeStrong(context, own, method) : null };
}

function becomeStrong(context: SignInContext, own: Own, method: "totp" | "passkey" | "password"): Promise<SteppedUp> {
  const times = sessionTimes(context.policy, own.role);
  const shown = { method, isPhishingResistant: method === "passkey", times };
  return context.sessions.stepUp(own.principalId, own.signIn.sessionId, shown);
}

function change<Result>(
  context: SignInContext,
  own: Own,
  reads: readonly { readonly kind: string }[],
  make: (live: LiveRows, now: Date) => Made<Result>,
): Promise<Result> {
  const { principalId } = own;
  return writeRows(context, {
    kind: "credential",
    action: "credential.change",
    actor: own,
    principalId,
    isOwn: true,
    reads,
    make,
  });
}
