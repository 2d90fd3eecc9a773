// Nobody decides for themselves: not as another principal of theirs, nor through those who report to them.
import { AccessError } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { GrantsContext } from "./context.ts";
import { PERSON } from "./rows.ts";

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
  for (const other of [holder, ...before])
    if (other === decider || (await areOnePerson(context, on, decider, other))) throw new AccessError("own-authority");
  if ((await context.supervisorOf(decider)) === holder)
    throw new AccessError("own-authority", "whoever reports to the holder does not decide for them");
}

/** Throws AccessError "forged-authority". */
export async function areOnePerson(
  { authority }: Pick<Reading, "authority">,
  on: Querier,
  one: Uuid,
  other: Uuid,
): Promise<boolean> {
  const found = await authority.liveOfMany(on, [PERSON], [one, other]);
  const [first, second] = [one, other].map((id) => {
    const rows = found.get(id);
    // What does not verify may be anybody.
    if (rows == null) throw new AccessError("forged-authority");
    return rows.of(PERSON, new Date(0))[0]?.content.person ?? null;
  });
  return first !== null && first === second;
}
