// Who asks at the portal: a customer who signed in, for themselves. Staff and machines have operations of their own.
import type { Authenticated, SignIn } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { idOf } from "../shell.ts";

export type Customer = Authenticated & { readonly customerId: Uuid; readonly signIn: SignIn };

/** Throws HttpError `not-permitted`. */
export function customerOf(principal: Authenticated): Customer {
  const { kind, customerId, signIn } = principal;
  if (kind !== "customer" || customerId === null || signIn === null)
    throw new HttpError("not-permitted", { detail: "this is for customers who signed in" });
  return { ...principal, customerId, signIn };
}

/** The file that is meant: one's own, or the one that is named. Whether it may be seen is for its domain to say. */
export function whoseOf({ customerId }: Customer, named: string | undefined): Uuid {
  return named === undefined ? customerId : idOf(named);
}
