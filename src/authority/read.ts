// Reads owners' live rows and trusts nothing that came back: head and seals first, then no head older than one this process has seen.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import type { AuthorityRowsContext } from "./context.ts";
import { headOf, type LiveRows, NO_ROWS, verifiedLive } from "./live-rows.ts";
import { type JoinedRow, selectLive } from "./store.ts";

const OWNERS_MAX = 1000;

/** Null where an owner's rows do not verify, which is reported. Contents of `kinds` only. */
export async function readOwners(
  context: AuthorityRowsContext,
  on: Querier,
  ownerIds: readonly Uuid[],
  kinds: readonly string[],
): Promise<Map<Uuid, LiveRows | null>> {
  const ids = [...new Set(ownerIds)];
  if (ids.length > OWNERS_MAX) throw new RangeError(`at most ${OWNERS_MAX} owners at once`);
  const found = new Map<Uuid, LiveRows | null>();
  const older = await collect(context, on, { ids, kinds, into: found, isLastTry: false });
  // A change that committed while rows were on their way makes them look rolled back: read those once more before saying so.
  if (older.length > 0) await collect(context, on, { ids: older, kinds, into: found, isLastTry: true });
  return found;
}

interface Collecting {
  readonly ids: readonly Uuid[];
  readonly kinds: readonly string[];
  readonly into: Map<Uuid, LiveRows | null>;
  readonly isLastTry: boolean;
}

async function collect(context: AuthorityRowsContext, on: Querier, asked: Collecting): Promise<Uuid[]> {
  const { ids, kinds, into, isLastTry } = asked;
  const byOwner = Map.groupBy(await selectLive(on, ids, kinds), ({ head_owner }) => head_owner);
  const older: Uuid[] = [];
  for (const ownerId of ids) {
    const rows = byOwner.get(ownerId) ?? [];
    const live = trusted(context, ownerId, rows, kinds);
    into.set(ownerId, live === "older" ? null : live);
    if (live !== "older") continue;
    older.push(ownerId);
    if (isLastTry) context.report({ code: "rolled-back", row: "holder", id: ownerId });
  }
  return older;
}

/** Also for rows read under the head's lock, where "older" is final. */
export function trusted(
  context: AuthorityRowsContext,
  ownerId: Uuid,
  rows: readonly JoinedRow[],
  kinds: readonly string[],
): LiveRows | null | "older" {
  const key = `${ownerId}/${kinds.join(",")}`;
  const live = context.verified.recall(key, rows) ?? verifiedLive(context.keys, rows);
  if (live === null) {
    context.report({ code: "forged", row: "holder", id: ownerId });
    return null;
  }
  const head = rows[0] === undefined ? null : headOf(rows[0]);
  // Absence is a state as well: revision 0 is older than any head that was seen.
  const revision = head?.revision ?? 0;
  if (!context.seenHeads.accepts(ownerId, revision, head === null ? ownerId : asId(head.act))) return "older";
  if (live !== NO_ROWS) context.verified.remember(key, rows, live);
  return live;
}
