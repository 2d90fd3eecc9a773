// Who signs in and how: credentials, the sessions they begin, and the people they belong to.
import type { Ledger } from "../ledger/ledger.ts";
import { forgetSeenBefore } from "./activity-store.ts";
import { createHasher, type Hasher } from "./argon2.ts";
import { forgetAttemptsBefore } from "./attempt-store.ts";
import type { Notify, SignInContext } from "./context.ts";
import { createPasswordRules } from "./password-rules.ts";
import { loadSignInPolicy, type SignInPolicy } from "./policy.ts";
import { openSessions, type Sessions, type SessionsContext } from "./sessions.ts";
import { type Credentials, credentials } from "./credentials.ts";
import { type Staff, staff } from "./staff.ts";

export type { Added, Factor, Factors } from "./factors.ts";
export { countsNow, customerStanding } from "./customer-standing.ts";
export type { Credentials, SessionFace } from "./credentials.ts";
export type { Entered } from "./enter.ts";
export { SignInError, type SignInErrorCode } from "./errors.ts";
export type { NewInvitation } from "./invitations.ts";
export type { Notify, OutsideNotice } from "./context.ts";
export type { NoticeKind } from "./notice-kinds.ts";
// For whoever proves something to this server with a passkey without being a principal of it.
export { type PasskeyContext, takeChallenge } from "./challenges.ts";
export { madePasskey, registrationOptions, requestOptions, usedPasskey } from "./passkeys.ts";
export type {
  Asking,
  AuthenticationResponseJSON,
  CreationOptions,
  RegistrationResponseJSON,
  RequestOptions,
} from "./passkeys.ts";
export type { DescribedPerson, PersonDetails, PersonRequest } from "./people.ts";
export type { SessionContent } from "./session-row.ts";
export type { NewSession, Sessions, StartedSession, SteppedUp, StepUp, Which } from "./sessions.ts";
export type { SignedInFrom } from "./devices.ts";
export type { Staff } from "./staff.ts";

export interface SignIns extends Credentials {
  readonly sessions: Sessions;
  readonly staff: Staff;
  readonly policy: SignInPolicy;
  readonly hasher: Pick<Hasher, "computed">;
  /** Forgets what nobody needs any more. To be called now and then. */
  sweep(): Promise<void>;
}

export interface SignInOptions extends SessionsContext {
  readonly ledger: Pick<Ledger, "append">;
  /** governance/access: sign-in.yaml. */
  readonly governanceFolder: string;
  readonly site: () => URL;
  readonly notify?: Notify;
  /** Whether staff in powerful roles wait for a second person. */
  readonly approvals?: boolean;
}

/** Longer than any session lasts. */
const ACTIVITY_KEPT_MS = 30 * 86_400_000;
/** Longer than any window of the policy, and than any challenge is good for. */
const ATTEMPTS_KEPT_MS = 2 * 86_400_000;

/** Throws SignInError `bad-governance`. */
export function openSignIns({ governanceFolder, notify, approvals = false, ...options }: SignInOptions): SignIns {
  const policy = loadSignInPolicy(governanceFolder);
  const context: SignInContext = {
    ...options,
    policy,
    approvals,
    hasher: createHasher(policy.password.argon2id),
    judgePassword: createPasswordRules(policy.password),
    sessions: openSessions(options),
    notify: notify ?? (() => {}),
  };
  const before = (ms: number): Date => new Date(options.clock.now().getTime() - ms);
  return {
    sessions: context.sessions,
    policy,
    hasher: context.hasher,
    staff: staff(context),
    ...credentials(context),
    sweep: async () => {
      await forgetSeenBefore(options.database, before(ACTIVITY_KEPT_MS));
      await forgetAttemptsBefore(options.database, before(ATTEMPTS_KEPT_MS));
    },
  };
}
