// Who signs in and how: sessions, and in time the credentials that begin them.
import { forgetSeenBefore } from "./activity-store.ts";
import { openSessions, type Sessions, type SessionsContext } from "./sessions.ts";

export type { SignInErrorCode } from "./errors.ts";
export type { SessionContent } from "./session-row.ts";
export type { NewSession, Sessions, StartedSession, StepUp, Which } from "./sessions.ts";

export interface SignIns {
  readonly sessions: Sessions;
  /** Forgets what nobody needs any more. To be called now and then. */
  sweep(): Promise<void>;
}

/** Longer than any session lasts. */
const ACTIVITY_KEPT_MS = 30 * 86_400_000;

export type SignInContext = SessionsContext;

export function openSignIns(context: SignInContext): SignIns {
  return {
    sessions: openSessions(context),
    sweep: () => forgetSeenBefore(context.database, new Date(context.clock.now().getTime() - ACTIVITY_KEPT_MS)),
  };
}
