// A package as it stands, what kind of record is held back in one, and whether somebody is the person that somebody else is.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import { PACKAGE, type PackageRow } from "./package-row.ts";

/** What no customer is shown before somebody has looked at it. */
export const HELD_TYPE = "investigation";

export interface At {
  readonly customerId: Uuid;
  readonly copyId: Uuid;
}

/** Throws FulfilmentError `unknown-package`, also for one whose time is over. */
export async function rowOf(
  { authority, database, clock }: Pick<FulfilmentContext, "authority" | "database" | "clock">,
  at: At,
): Promise<PackageRow> {
  const row = await authority.get(database, PACKAGE, { ownerId: at.customerId, rowId: at.copyId });
  if (row === null || row.state === "ended" || (row.endsAt !== null && row.endsAt <= clock.now()))
    throw new FulfilmentError("unknown-package");
  return row;
}

/** As the person, or as another principal of theirs. */
export async function isSamePerson(
  { areOnePerson }: Pick<FulfilmentContext, "areOnePerson">,
  asker: Pick<Authenticated, "principalId" | "via">,
  other: Uuid,
): Promise<boolean> {
  const askers = [asker.principalId, ...(asker.via === undefined ? [] : [asker.via])];
  for (const one of askers) if (one === other || (await areOnePerson(one, other))) return true;
  return false;
}
