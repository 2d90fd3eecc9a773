// The live rows of one owner, believed only as a whole: head, digest and each opened content must fit.
import type { z } from "zod";
import type { Token, Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { asId } from "../kernel/ids.ts";
import type { Place } from "./place.ts";
import { headFits, liveDigest, openContent, placeOf, type SealingKeys } from "./seal.ts";
import type { HeadRow, JoinedRow, StoredRow } from "./store.ts";

/** What a kind of row holds. INVARIANT: no kind may stand for a restriction, since what is not there must never grant more. */
export interface RowType<Content extends Json> {
  /** A code; what the column `kind` says. */
  readonly kind: string;
  readonly content: z.ZodType<Content>;
}

export interface Row<Content> {
  readonly rowId: Uuid;
  readonly ownerId: Uuid;
  readonly lookup: Token | null;
  readonly state: "live" | "ended";
  /** Out of force from then on; null while no end is known. */
  readonly endsAt: Date | null;
  readonly content: Content;
  readonly revision: number;
  /** The ledger entry that wrote this revision. */
  readonly act: Uuid;
}

export interface LiveRows {
  /** Rows of the kind in force at `now`, oldest first. The kind must be one of those that were read. */
  of<Content extends Json>(type: RowType<Content>, now: Date): readonly Row<Content>[];
  /** One row of the kind, if it is in force at `now` and was read with its content. */
  get<Content extends Json>(type: RowType<Content>, rowId: Uuid, now: Date): Row<Content> | null;
  /** Where every live row stands, of all kinds, lapsed ones included. */
  readonly places: readonly Place[];
  /** The head's revision; 0 where the owner never had a row. */
  readonly revision: number;
}

export const NO_ROWS: LiveRows = { of: () => [], get: () => null, places: [], revision: 0 };

/** Null when head and rows do not fit each other, or a content is not what was sealed. */
export function verifiedLive(keys: SealingKeys, rows: readonly JoinedRow[]): LiveRows | null {
  const [first] = rows;
  if (first === undefined) return NO_ROWS;
  const head = headOf(first);
  const stored = rows.filter((row) => row.row_id !== null) as unknown as readonly StoredRow[];
  if (head === null) return stored.length === 0 ? NO_ROWS : null;
  const places = stored.map(placeOf);
  if (!headFits(keys, head, liveDigest(places))) return null;
  const contents = new Map<Uuid, unknown>();
  for (const [at, row] of stored.entries()) {
    if (row.content === null) continue;
    const place = places[at]!;
    const content = openContent(keys, place, row.content);
    if (content === null) return null;
    contents.set(place.rowId, content);
  }
  return {
    places,
    revision: head.revision,
    of: (type, now) => rowsOf(type, places, contents, now),
    get: (type, rowId, now) => {
      const place = places.find((each) => each.rowId === rowId && each.kind === type.kind && isInForce(each, now));
      return place === undefined || !contents.has(rowId)
        ? null
        : { ...place, content: type.content.parse(contents.get(rowId)) };
    },
  };
}

export function headOf(row: JoinedRow): HeadRow | null {
  const { head_owner, head_revision, head_act, head_digest } = row;
  if (head_revision === null || head_act === null || head_digest === null) return null;
  return { owner_id: head_owner, revision: head_revision, act: asId(head_act), digest: head_digest };
}

export function isInForce({ endsAt }: Pick<Place, "endsAt">, now: Date): boolean {
  return endsAt === null || now < endsAt;
}

function rowsOf<Content extends Json>(
  type: RowType<Content>,
  places: readonly Place[],
  contents: ReadonlyMap<Uuid, unknown>,
  now: Date,
): readonly Row<Content>[] {
  return places
    .filter((place) => place.kind === type.kind && isInForce(place, now))
    .toSorted((left, right) => (left.rowId < right.rowId ? -1 : 1))
    .map((place) => {
      if (!contents.has(place.rowId)) throw new TypeError(`rows of ${type.kind} were not read`);
      return { ...place, content: type.content.parse(contents.get(place.rowId)) };
    });
}
