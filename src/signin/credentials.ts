// What people do about their own sign-in, wired to its verbs.
import type { Authenticated } from "../access/access.ts";
import type { Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { SignInContext } from "./context.ts";
import type { SignedInFrom } from "./devices.ts";
import { type Entered, type PasskeySignIn, type PasswordSignIn, signInByPasskey, signInByPassword } from "./enter.ts";
import {
  type Added,
  addPasskey,
  addTotp,
  choosePassword,
  confirmTotp,
  type Factors,
  factorsOf,
  passkeyOptions,
  removeFactor,
  renewRecoveryCodes,
} from "./factors.ts";
import { accept, type Accepting, type InvitationFace, lookAt } from "./invitations.ts";
import { dismissNotice, type NoticeContent, noticesOf, type Whence } from "./notices.ts";
import { SignInError } from "./errors.ts";
import { isCustomer, isEnrolling, isFresh, mayChangeFactors, needsPassword, ownOf, staffOf } from "./own.ts";
import {
  type Asking,
  type AuthenticationResponseJSON,
  type CreationOptions,
  type NewPasskeyAnswer,
  PASSKEY,
  type RequestOptions,
  requestOptions,
} from "./passkeys.ts";
import { showCode, showPasskey, showRecoveryCode } from "./second-factor.ts";
import type { StartedSession, SteppedUp } from "./sessions.ts";
import type { NewTotp } from "./totp.ts";

/** How a session stands. */
export interface SessionFace {
  /** Null where nothing is missing; until then it may do what is named and nothing else. */
  readonly needs: "second-factor" | "enrolment" | "new-password" | null;
  readonly isFresh: boolean;
  readonly freshSeconds: number;
  /** A factor was shown recently enough to add or remove one. */
  readonly mayChangeFactors: boolean;
  /** The role is asked for a passkey, since it may see what is shown with one only. */
  readonly isPasskeyWanted: boolean;
  readonly factors: Factors;
  readonly notices: readonly Row<NoticeContent>[];
}

/** Each throws SignInError `no-session` for API clients, and what its verb says. */
export interface Credentials {
  signInByPassword(asked: PasswordSignIn): Promise<StartedSession>;
  passkeySignInOptions(): Promise<Asking<RequestOptions>>;
  signInByPasskey(asked: PasskeySignIn): Promise<Entered>;
  lookAtInvitation(token: string): Promise<InvitationFace>;
  acceptInvitation(asked: Accepting): Promise<StartedSession>;
  face(owner: Authenticated): Promise<SessionFace>;
  showCode(owner: Authenticated, code: string, from: SignedInFrom): Promise<Entered>;
  showRecoveryCode(owner: Authenticated, code: string, from: SignedInFrom): Promise<Entered>;
  stepUpOptions(owner: Authenticated): Promise<Asking<RequestOptions>>;
  showPasskey(owner: Authenticated, answer: PasskeyAnswer, from: SignedInFrom): Promise<Entered>;
  /** For what takes much out at once: a person showed a strong factor just now. Machines have none to show. Throws SignInError `step-up-needed`. */
  assertFresh(asker: Authenticated): void;
  factors(owner: Authenticated): Promise<Factors>;
  choosePassword(owner: Authenticated, password: string, whence: Whence): Promise<SteppedUp | null>;
  addTotp(owner: Authenticated, name: string): Promise<NewTotp>;
  confirmTotp(owner: Authenticated, shown: { factorId: Uuid; code: string }, whence: Whence): Promise<Added>;
  passkeyOptions(owner: Authenticated): Promise<Asking<CreationOptions>>;
  addPasskey(owner: Authenticated, answer: NewPasskeyAnswer, whence: Whence): Promise<Added>;
  removeFactor(owner: Authenticated, factorId: Uuid, whence: Whence): Promise<void>;
  renewRecoveryCodes(owner: Authenticated, whence: Whence): Promise<readonly string[]>;
  dismissNotice(owner: Authenticated, noticeId: Uuid): Promise<null>;
}

interface PasskeyAnswer {
  readonly state: string;
  readonly response: AuthenticationResponseJSON;
}

export function credentials(context: SignInContext): Credentials {
  return {
    signInByPassword: (asked) => signInByPassword(context, asked),
    passkeySignInOptions: () => requestOptions(context, "sign-in", null, []),
    signInByPasskey: (asked) => signInByPasskey(context, asked),
    lookAtInvitation: (token) => lookAt(context, token),
    acceptInvitation: (asked) => accept(context, asked),
    face: (owner) => face(context, owner),
    showCode: async (owner, code, from) => showCode(context, staffOf(owner), code, from),
    showRecoveryCode: async (owner, code, from) => showRecoveryCode(context, staffOf(owner), code, from),
    stepUpOptions: async (owner) => {
      const { principalId } = ownOf(owner);
      const standing = await context.authority.live(context.database, PASSKEY, principalId);
      return requestOptions(context, "step-up", principalId, standing);
    },
    showPasskey: async (owner, answer, from) => showPasskey(context, ownOf(owner), answer, from),
    assertFresh: (asker) => {
      const { signIn, via } = asker;
      // A factor is shown by the person, not by the client that acts for them a while after.
      if (signIn !== null && (via !== undefined || !isFresh(context, ownOf(asker))))
        throw new SignInError("step-up-needed");
    },
    factors: async (owner) => factorsOf(context, ownOf(owner).principalId),
    choosePassword: async (owner, password, whence) => choosePassword(context, staffOf(owner), password, whence),
    addTotp: async (owner, name) => addTotp(context, staffOf(owner), name),
    confirmTotp: async (owner, shown, whence) => confirmTotp(context, staffOf(owner), shown, whence),
    passkeyOptions: async (owner) => passkeyOptions(context, ownOf(owner)),
    addPasskey: async (owner, answer, whence) => addPasskey(context, ownOf(owner), answer, whence),
    removeFactor: async (owner, factorId, whence) => removeFactor(context, ownOf(owner), factorId, whence),
    renewRecoveryCodes: async (owner, whence) => renewRecoveryCodes(context, staffOf(owner), whence),
    dismissNotice: async (owner, noticeId) => dismissNotice(context, ownOf(owner), noticeId),
  };
}

async function face(context: SignInContext, owner: Authenticated): Promise<SessionFace> {
  const own = ownOf(owner);
  // A customer's session by a code is all that there is to it: it shows masks, and its owner is to hear of passkeys that others added.
  const isWhole = own.signIn.strongAt !== null || isCustomer(own);
  const [factors, notices] = await Promise.all([
    factorsOf(context, own.principalId),
    // INVARIANT: what happened to somebody's sign-in is told to whoever has shown two factors, not to whoever knows a password.
    isWhole ? noticesOf(context, own.principalId) : [],
  ]);
  const missing = isEnrolling(own) ? "enrolment" : needsPassword(own) ? "new-password" : "second-factor";
  return {
    needs: isWhole ? null : missing,
    isFresh: isFresh(context, own),
    freshSeconds: context.policy.stepUp.freshSeconds,
    mayChangeFactors: mayChangeFactors(context, own),
    isPasskeyWanted: context.policy.phishingResistant.roles.includes(own.role),
    factors,
    notices,
  };
}
