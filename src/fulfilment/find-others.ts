// What of a copy may name other people, as it stands.
import type { FulfilmentContext } from "./context.ts";
import { type At, rowOf } from "./find-package.ts";
import { type HeldRecord, OTHERS } from "./others-row.ts";

/** By unit. Throws FulfilmentError `unknown-package`. */
export async function listOthers(
  context: Pick<FulfilmentContext, "authority" | "database" | "clock">,
  at: At,
): Promise<readonly HeldRecord[]> {
  const { authority, database } = context;
  await rowOf(context, at);
  const rows = await authority.live(database, OTHERS, at.customerId);
  return rows.filter(({ content }) => content.copyId === at.copyId).flatMap(({ content }) => content.records);
}
