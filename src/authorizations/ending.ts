// Authorizations that are about to be over, for whoever has their customers in hand.
import type { Uuid } from "../kernel/bytes.ts";
import { AUTHORIZATION, type AuthorizationRow, stateOf } from "./authorization-row.ts";
import type { AuthorizationsContext } from "./context.ts";

export async function ending(
  { authority, clock, database }: AuthorizationsContext,
  customerIds: readonly Uuid[],
  before: Date,
): Promise<readonly AuthorizationRow[]> {
  if (customerIds.length === 0) return [];
  const found = await authority.liveOfMany(database, [AUTHORIZATION], customerIds);
  const now = clock.now();
  return [...found.values()]
    .flatMap((live) => live?.of(AUTHORIZATION, now) ?? [])
    .filter((row) => stateOf(row, now) === "given" && row.content.renewedBy === null)
    .filter(({ content: { expiresAt } }) => expiresAt !== null && new Date(expiresAt) < before);
}
