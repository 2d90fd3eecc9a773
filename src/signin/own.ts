// Whose session it is, and what it may do to its owner's factors now.
import type { Authenticated, SignIn } from "../access/access.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";

/** Somebody who signed in. */
export type Own = Authenticated & { readonly signIn: SignIn };

/**
 * Throws SignInError `no-session` for API clients, which have none. INVARIANT: nor does a client that acts for a person (RFC 8693): a token of five minutes
 * makes no factor and changes no session, which would outlast it.
 */
export function ownOf(principal: Authenticated): Own {
  const { signIn, via } = principal;
  if (signIn === null || via !== undefined) throw new SignInError("no-session");
  return { ...principal, signIn };
}

/** A session that an invitation began, and in which no factor was shown yet. */
export function isEnrolling({ signIn }: Own): boolean {
  return signIn.strongAt === null && signIn.methods.includes("invitation");
}

/** Everything was shown but that the password's time is over: it may choose a new one and nothing else. */
export function needsPassword({ signIn }: Own): boolean {
  return signIn.strongAt === null && signIn.methods.length > 1 && !signIn.methods.includes("invitation");
}

export function isFresh({ clock, policy }: Pick<SignInContext, "clock" | "policy">, { signIn }: Own): boolean {
  const sinceMs = signIn.strongAt === null ? Infinity : clock.now().getTime() - signIn.strongAt.getTime();
  return sinceMs < policy.stepUp.freshSeconds * 1000;
}

export function isCustomer({ kind }: Pick<Own, "kind">): boolean {
  return kind === "customer";
}

/** A customer who showed a code a moment ago, which is all that most of them have. */
function isFreshByCode({ clock, policy }: Pick<SignInContext, "clock" | "policy">, own: Own): boolean {
  const { methods, at } = own.signIn;
  const sinceMs = clock.now().getTime() - at.getTime();
  return isCustomer(own) && methods.includes("one-time-code") && sinceMs < policy.customers.codeFreshSeconds * 1000;
}

/** Throws SignInError `staff-only`, `no-session`: customers have no password, no app and no recovery codes. */
export function staffOf(principal: Authenticated): Own {
  const own = ownOf(principal);
  if (isCustomer(own)) throw new SignInError("staff-only");
  return own;
}

/** INVARIANT: whoever has a password alone, or a session left open, adds no factor and changes none. Throws SignInError `step-up-needed`. */
export function requireFresh(context: Pick<SignInContext, "clock" | "policy">, own: Own): void {
  if (!mayChangeFactors(context, own)) throw new SignInError("step-up-needed");
}

/** Whether a factor may be added or removed now, as `requireFresh` would decide it. */
export function mayChangeFactors(context: Pick<SignInContext, "clock" | "policy">, own: Own): boolean {
  return isFresh(context, own) || isEnrolling(own) || isFreshByCode(context, own);
}

/** For what one person does about another: a person with a fresh factor, no machine. Throws SignInError `people-only`, `step-up-needed`. */
export function requirePresent(context: Pick<SignInContext, "clock" | "policy">, principal: Authenticated): Own {
  if (principal.kind !== "staff" || principal.signIn === null || principal.via !== undefined)
    throw new SignInError("people-only");
  const own = ownOf(principal);
  if (!isFresh(context, own)) throw new SignInError("step-up-needed");
  return own;
}
