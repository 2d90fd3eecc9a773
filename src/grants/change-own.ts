// Every change of what a principal's decisions rest on: the principal moves one revision, its rows change, and the act names both.
import type { WrittenRow, Writing } from "../access/access.ts";
import type { LiveRows, RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { GrantsContext } from "./context.ts";
import { ATTESTATION, GRANT } from "./rows.ts";

/** INVARIANT: the revision moves, so that what the gate remembers of these rows, and any decision under way, is over. */
export async function changeOwn(
  { authority }: Pick<GrantsContext, "authority">,
  { tx, act, movePrincipal }: Writing,
  ownerId: Uuid,
  make: (live: LiveRows) => readonly RowChange[],
): Promise<WrittenRow[]> {
  const moved = await movePrincipal(ownerId);
  const rows = await authority.change(tx, { ownerId, act, reads: [GRANT.kind, ATTESTATION.kind], make });
  return [moved, ...rows];
}
