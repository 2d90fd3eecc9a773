// What a person and the client that acts for them may do together: the person's rights, and never more than the client's.
import type { Authenticated } from "../access/access.ts";

/** INVARIANT: no part of it is wider than the same part of either. Rows and role are the person's; what both roles may do is administered (`mayDo`). */
export function sharedScope(person: Authenticated, client: Authenticated): Authenticated {
  return {
    ...person,
    purposes: both(person.purposes, client.purposes),
    entities: both(person.entities, client.entities),
    lines: both(person.lines, client.lines),
    classCeiling: lower(person.classCeiling, client.classCeiling),
    expiresAt: earlier(person.expiresAt, client.expiresAt),
    signIn: person.signIn === null ? null : { ...person.signIn, methods: [...person.signIn.methods, "token-exchange"] },
    via: client.principalId,
    viaRole: client.role,
  };
}

function both<Item>(left: readonly Item[], right: readonly Item[]): Item[] {
  return left.filter((each) => right.includes(each));
}

/** null leaves classes to the policies. */
function lower<Item>(left: readonly Item[] | null, right: readonly Item[] | null): readonly Item[] | null {
  if (left === null || right === null) return left ?? right;
  return both(left, right);
}

function earlier(left: Date | null, right: Date | null): Date | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
