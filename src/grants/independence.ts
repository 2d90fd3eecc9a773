// Nobody decides for themselves: not as another principal of theirs, nor through those who report to them.
import { AccessError, type Actor } from "../access/access.ts";
import { samePersons } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { GrantsContext } from "./context.ts";

type Reading = Pick<GrantsContext, "authority" | "supervisorOf">;

/**
 * `decider` decides on what is `holder`'s, besides those who did before. Throws AccessError `own-authority` (recorded by whoever writes): they, or the client
 * through which the decider acts, are one principal or one person, or the decider reports to the holder.
 */
export async function requireIndependence(
  context: Reading,
  on: Querier,
  { principalId: decider, via }: Pick<Actor, "principalId" | "via">,
  { holder, before }: { readonly holder: Uuid; readonly before: readonly Uuid[] },
): Promise<void> {
  const others = [holder, ...before];
  if (
    (via !== undefined && others.includes(via)) ||
    (await samePersons(context.authority, on, decider, others)).size > 0
  )
    throw new AccessError("own-authority");
  if ((await context.supervisorOf(decider)) === holder)
    throw new AccessError("own-authority", "whoever reports to the holder does not decide for them");
}

/** Longer lines of reporting are not followed. */
const LINE_MAX = 12;

/** One person, or one stands above the other in the line. */
export async function areTied(context: Reading, on: Querier, one: Uuid, other: Uuid): Promise<boolean> {
  if (one === other || (await samePersons(context.authority, on, one, [other])).size > 0) return true;
  return (await isAbove(context, one, other)) || (await isAbove(context, other, one));
}

async function isAbove({ supervisorOf }: Reading, above: Uuid, below: Uuid): Promise<boolean> {
  let at = await supervisorOf(below);
  for (let step = 0; at !== null && step < LINE_MAX; step += 1) {
    if (at === above) return true;
    at = await supervisorOf(at);
  }
  return false;
}
