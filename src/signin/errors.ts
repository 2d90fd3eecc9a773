// What sign-in refuses. Wrong tokens are no errors: they answer null, whatever was wrong; and one code stands for every wrong way to sign in.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "wrong-credentials": [
    401,
    "this does not sign anybody in: e-mail address and password are not right, or may not be used now",
  ],
  "wrong-factor": [401, "this code or passkey is not right, or was used before"],
  locked: [429, "too many attempts in vain: wait as long as Retry-After says, or use a passkey"],
  busy: [503, "too many people sign in at this moment: try again"],
  "unknown-session": [404, "no such session in force"],
  "no-session": [403, "this token is no session's: API clients have none"],
  "not-in-force": [401, "whoever this is may not sign in now"],
  "step-up-needed": [403, "show a second factor once more, and then do this"],
  "factor-needed": [403, "show a second factor first"],
  "invitation-refused": [404, "this invitation is not good: it was used, has expired, or is not complete"],
  "already-enrolled": [409, "this person has factors of their own: ask for a reset"],
  "password-first": [409, "choose a password first, which the codes are to be shown with"],
  "last-factor": [409, "this is the last way to sign in: add another one first"],
  "unknown-factor": [404, "no such factor of yours"],
  "too-many-factors": [422, "no more factors of this kind: remove one first"],
  "bad-password": [422, "this password is not good enough"],
  "bad-email": [422, "this is not an e-mail address"],
  "email-taken": [409, "somebody signs in by this e-mail address already"],
  "bad-passkey": [
    422,
    "this passkey cannot be used here: it must verify its user, and answer the challenge it was given, once, in time",
  ],
  "unknown-person": [404, "no such member of staff"],
  "own-reset": [403, "nobody asks for a reset of their own, or approves one"],
  "same-person": [403, "another person must approve what somebody asked for"],
  "not-supervisor": [403, "only the person's supervisor may vouch for them"],
  "people-only": [403, "only a person who signed in may do that"],
  "staff-only": [403, "customers sign in by a code or a passkey: there is nothing else to set up"],
  "bad-supervisor": [422, "a supervisor is somebody else on the staff, and not whoever names them"],
  "call-back-needed": [422, "write down the call-back: when it was made, within a day, and under which reference"],
  "unknown-reset": [404, "no such reset is open"],
  "unknown-notice": [404, "no such notice"],
  "bad-governance": [500, "a governance file is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type SignInErrorCode = keyof typeof FAILURES;

interface Extra extends ErrorOptions {
  readonly retryAfterSeconds?: number;
}

export class SignInError extends AppError {
  readonly code: SignInErrorCode;
  readonly status: number;
  /** For whoever is to wait. */
  readonly retryAfterSeconds: number | null;

  /** `detail` replaces the standing message; it must be as safe to show. */
  constructor(code: SignInErrorCode, detail?: string, { retryAfterSeconds, ...options }: Extra = {}) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "SignInError";
    this.code = code;
    this.status = FAILURES[code][0];
    this.retryAfterSeconds = retryAfterSeconds ?? null;
  }
}
