// What the verbs of this domain are handed.
import type { Uuid } from "../kernel/bytes.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Hasher } from "./argon2.ts";
import type { NoticeKind } from "./notice-kinds.ts";
import type { JudgePassword } from "./password-rules.ts";
import type { SignInPolicy } from "./policy.ts";
import type { SessionsContext } from "./session-context.ts";
import type { Sessions } from "./sessions.ts";

export interface SignInContext extends SessionsContext {
  readonly ledger: Pick<Ledger, "append">;
  readonly policy: SignInPolicy;
  /** Whether staff in powerful roles wait for a second person. */
  readonly approvals: boolean;
  readonly hasher: Hasher;
  readonly judgePassword: JudgePassword;
  readonly sessions: Sessions;
  /** Where browsers reach this server: its origin is what passkeys are bound to. */
  readonly site: () => URL;
  readonly notify: Notify;
}

/** Something happened to somebody's sign-in that they are to hear of outside it, too. */
export interface OutsideNotice {
  readonly principalId: Uuid;
  readonly email: string;
  readonly name: string;
  readonly what: NoticeKind;
  readonly at: Date;
}

/** Tells people by mail, once there is mail. Must not throw: what it speaks of has happened. */
export type Notify = (notice: OutsideNotice) => void;
