// Whether a client may write to a customer: by its role's rights, and within its own rows. What lies outside looks like what is not there.
import type { Action, Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { groupId, requireRight, type Shell } from "../shell.ts";

/** Throws HttpError `not-permitted` or `not-found`. */
export async function requireCustomer(
  { access, gate }: Pick<Shell, "access" | "gate">,
  principal: Authenticated,
  action: Action,
  customerId: Uuid,
): Promise<void> {
  requireRight(access, principal, action);
  if (!(await gate.reaches(principal, customerId))) throw new HttpError("not-found");
}

/** What is written lies in a unit that the client has in hand, not just with a customer it knows. Throws HttpError `not-permitted` or `not-found`. */
export async function requireUnit(
  { access, gate }: Pick<Shell, "access" | "gate">,
  principal: Authenticated,
  action: Action,
  { customerId, unitId }: { readonly customerId: Uuid; readonly unitId: Uuid },
): Promise<void> {
  requireRight(access, principal, action);
  if (!(await gate.hasInHand(principal, customerId, unitId))) throw new HttpError("not-found");
}

/**
 * A new unit must lie within the entities and lines that the client is registered for, and may go into a book of its own only where its rows are
 * found by books: for anybody else that would be an assignment to oneself. Throws HttpError `not-permitted`.
 */
export function requirePlace(
  { keys }: Pick<Shell, "keys">,
  principal: Authenticated,
  place: { readonly entity: string; readonly line: string; readonly book?: string | undefined },
): void {
  const lines: readonly string[] = principal.lines;
  if (!principal.entities.includes(place.entity) || !lines.includes(place.line)) {
    throw new HttpError("not-permitted", {
      detail: "this client is not registered for that legal entity and line of business",
    });
  }
  const isOwnBook = place.book !== undefined && principal.groups.includes(groupId(keys, place.book));
  if (isOwnBook && principal.rowScope !== "groups") {
    throw new HttpError("not-permitted", { detail: "nobody puts a file into their own hands" });
  }
}
