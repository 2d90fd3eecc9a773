// Nobody decides for themselves: not as another principal of theirs, nor through those who report to them.
import { AccessError } from "../access/access.ts";
import { samePersons } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { GrantsContext } from "./context.ts";

type Reading = Pick<GrantsContext, "authority" | "supervisorOf">;

/**
 * `decider` decides on what is `holder`'s, besides those who did before. Throws AccessError `own-authority` (recorded by whoever writes): they are one
 * principal or one person, or the decider reports to the holder.
 */
export async function requireIndependence(
  context: Reading,
  on: Querier,
  decider: Uuid,
  { holder, before }: { readonly holder: Uuid; readonly before: readonly Uuid[] },
): Promise<void> {
  if ((await samePersons(context.authority, on, decider, [holder, ...before])).size > 0)
    throw new AccessError("own-authority");
  if ((await context.supervisorOf(decider)) === holder)
    throw new AccessError("own-authority", "whoever reports to the holder does not decide for them");
}
