// Signing in, and one's own factors and sessions. Passkeys need a browser, which speaks to the same operations.
import type { Asking } from "../contract/route.ts";
import { calendarRoutes } from "../contract/routes/calendar.ts";
import { ownRoutes, sessionRoutes, signInRoutes } from "../contract/routes/sign-in.ts";
import type { Call, CallOptions } from "./call.ts";

type PasswordSignIn = Asking<typeof signInRoutes.byPassword>["body"];
type PasskeySignIn = Asking<typeof signInRoutes.byPasskey>["body"];
type Acceptance = Asking<typeof signInRoutes.acceptInvitation>["body"];
type CodeShown = Asking<typeof sessionRoutes.showCode>["body"];
type PasskeyShown = Asking<typeof sessionRoutes.showPasskey>["body"];
type PasskeyDraft = Asking<typeof ownRoutes.addPasskey>["body"];

/** Without a token. What they answer holds one: connect anew with it. */
export function signInOf(call: Call) {
  return {
    /** Half a session: show a second factor next. */
    byPassword: (body: PasswordSignIn) => call(signInRoutes.byPassword, { body }),
    passkeyOptions: () => call(signInRoutes.passkeyOptions, {}),
    byPasskey: (body: PasskeySignIn) => call(signInRoutes.byPasskey, { body }),
    lookAtInvitation: (token: string) => call(signInRoutes.lookAtInvitation, { body: { token } }),
    acceptInvitation: (body: Acceptance) => call(signInRoutes.acceptInvitation, { body }),
  };
}

/** The session of the connection's token. Showing a factor answers a new token; the one before is good for nothing. */
export function sessionOf(call: Call) {
  return {
    get: () => call(sessionRoutes.get, {}),
    end: () => call(sessionRoutes.end, {}),
    showCode: (body: CodeShown) => call(sessionRoutes.showCode, { body }),
    showRecoveryCode: (body: CodeShown) => call(sessionRoutes.showRecoveryCode, { body }),
    passkeyOptions: () => call(sessionRoutes.passkeyOptions, {}),
    showPasskey: (body: PasskeyShown) => call(sessionRoutes.showPasskey, { body }),
  };
}

export function ownOf(call: Call) {
  return {
    makeCalendar: (body: Asking<typeof calendarRoutes.make>["body"], options?: CallOptions) =>
      call(calendarRoutes.make, { body }, options),
    calendar: () => call(calendarRoutes.state, {}),
    endCalendar: (options?: CallOptions) => call(calendarRoutes.end, {}, options),
    factors: () => call(ownRoutes.factors, {}),
    choosePassword: (password: string) => call(ownRoutes.choosePassword, { body: { password } }),
    addTotp: (name: string) => call(ownRoutes.addTotp, { body: { name } }),
    confirmTotp: (factorId: string, code: string) =>
      call(ownRoutes.confirmTotp, { params: { factorId }, body: { code } }),
    passkeyOptions: () => call(ownRoutes.passkeyOptions, {}),
    addPasskey: (body: PasskeyDraft) => call(ownRoutes.addPasskey, { body }),
    removeFactor: (factorId: string) => call(ownRoutes.removeFactor, { params: { factorId } }),
    renewRecoveryCodes: () => call(ownRoutes.renewRecoveryCodes, {}),
    sessions: () => call(ownRoutes.sessions, {}),
    endSession: (sessionId: string) => call(ownRoutes.endSession, { params: { sessionId } }),
    endOtherSessions: () => call(ownRoutes.endOtherSessions, {}),
    dismissNotice: (noticeId: string) => call(ownRoutes.dismissNotice, { params: { noticeId } }),
  };
}
