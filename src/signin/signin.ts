// Who signs in and how: sessions, and in time the credentials that begin them.
import { openSessions, type Sessions, type SessionsContext } from "./sessions.ts";

export { SignInError, type SignInErrorCode } from "./errors.ts";
export type { SessionContent } from "./session-row.ts";
export type { NewSession, Sessions, StartedSession, StepUp, Which } from "./sessions.ts";

export interface SignIns {
  readonly sessions: Sessions;
}

export type SignInContext = SessionsContext;

export function openSignIns(context: SignInContext): SignIns {
  return { sessions: openSessions(context) };
}
