// Whether a client may write to a customer: by its role's rights, and within its own rows. What lies outside looks like what is not there.
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { type Attempt, refuse, requireRecordedRight } from "../refusals.ts";
import { groupId, type Shell } from "../shell.ts";

type Parts = Pick<Shell, "access" | "gate" | "ledger">;
type AtCustomer = Attempt & { readonly customerId: Uuid };

/** Throws HttpError `not-permitted` or `not-found`, recorded. */
export async function requireCustomer(parts: Parts, principal: Authenticated, attempt: AtCustomer): Promise<void> {
  await requireRecordedRight(parts, principal, attempt);
  if (!(await parts.gate.reaches(principal, attempt.customerId)))
    await refuse(parts, principal, attempt, new HttpError("not-found"));
}

/**
 * What is written lies in a unit that the client has in hand, not just with a customer it knows. Throws HttpError `not-permitted` or `not-found`,
 * recorded.
 */
export async function requireUnit(
  parts: Parts,
  principal: Authenticated,
  attempt: AtCustomer & { readonly unitId: Uuid },
): Promise<void> {
  await requireRecordedRight(parts, principal, attempt);
  if (!(await parts.gate.hasInHand(principal, attempt.customerId, attempt.unitId)))
    await refuse(parts, principal, attempt, new HttpError("not-found"));
}

interface Place {
  readonly entity: string;
  readonly line: string;
  readonly book?: string | undefined;
}

/**
 * New units must lie within the entities and lines that the client is registered for, and may go into a book of its own only where its rows are
 * found by books: for anybody else that would be an assignment to oneself. Throws HttpError `not-permitted`, recorded.
 */
export async function requirePlaces(
  parts: Pick<Shell, "keys" | "ledger">,
  principal: Authenticated,
  attempt: Attempt,
  places: readonly Place[],
): Promise<void> {
  const detail = places.map((place) => placeFault(parts, principal, place)).find((fault) => fault !== null);
  if (detail !== undefined) await refuse(parts, principal, attempt, new HttpError("not-permitted", { detail }));
}

function placeFault({ keys }: Pick<Shell, "keys">, principal: Authenticated, place: Place): string | null {
  const lines: readonly string[] = principal.lines;
  if (!principal.entities.includes(place.entity) || !lines.includes(place.line))
    return "this client is not registered for that legal entity and line of business";
  const isOwnBook = place.book !== undefined && principal.groups.includes(groupId(keys, place.book));
  return isOwnBook && principal.rowScope !== "groups" ? "nobody puts a file into their own hands" : null;
}
