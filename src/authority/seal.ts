// How a row and a head are sealed: the seal covers every column, so that it is the MAC as well.
import { createHash } from "node:crypto";
import { type Sealed, type Token, equalConstantTime, lengthPrefixed, u64be, utf8 } from "../kernel/bytes.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import { asId, idBytes } from "../kernel/ids.ts";
import { type Keys, KeysError } from "../keys/keys.ts";
import type { HeadPlace, Place } from "./place.ts";
import type { HeadRow, StoredRow } from "./store.ts";

export type SealingKeys = Pick<Keys, "sealUnder" | "openUnder">;

export function sealContent(keys: SealingKeys, place: Place, content: Json): Sealed {
  return keys.sealUnder("authority", utf8(canonicalJson(content)), rowContext(place));
}

/** Null when the content was not sealed for this very place. Throws what is not a matter of the row, such as a missing key. */
export function openContent(keys: SealingKeys, place: Place, sealed: Uint8Array): unknown {
  const opened = opensAs(keys, sealed, rowContext(place));
  return opened === null ? null : JSON.parse(opened.toString("utf8"));
}

/** Over the live rows of one owner: which there are, and what wrote each. */
export function liveDigest(rows: readonly Pick<Place, "rowId" | "kind" | "revision" | "act">[]): Buffer {
  const lines = rows.map(({ rowId, kind, revision, act }) => lengthPrefixed(rowId, kind, u64be(revision), act));
  return createHash("sha256")
    .update(lengthPrefixed("uberrima/authority-live/v1", ...lines.toSorted(Buffer.compare)))
    .digest();
}

export function sealHead(keys: SealingKeys, place: HeadPlace, digest: Uint8Array): Sealed {
  return keys.sealUnder("authority", digest, headContext(place));
}

/** True when the head was sealed for this place over exactly these rows. */
export function headFits(keys: SealingKeys, head: HeadRow, digest: Uint8Array): boolean {
  const opened = opensAs(keys, head.digest, headContext(headPlace(head)));
  return opened !== null && equalConstantTime(opened, digest);
}

/** The digest a head seals; null when it is not ours. */
export function openHead(keys: SealingKeys, head: HeadRow): Buffer | null {
  return opensAs(keys, head.digest, headContext(headPlace(head)));
}

export function headPlace(head: HeadRow): HeadPlace {
  return { ownerId: asId(head.owner_id), revision: head.revision, act: asId(head.act) };
}

export function placeOf(row: StoredRow): Place {
  return {
    ownerId: asId(row.owner_id),
    rowId: asId(row.row_id),
    kind: row.kind,
    lookup: row.lookup as Token | null,
    state: row.state,
    endsAt: row.ends_at,
    revision: row.revision,
    act: asId(row.act),
  };
}

function opensAs(keys: SealingKeys, sealed: Uint8Array, context: Buffer): Buffer | null {
  try {
    return keys.openUnder("authority", sealed, context);
  } catch (error) {
    if (error instanceof KeysError && (error.code === "does-not-open" || error.code === "unknown-version")) return null;
    throw error;
  }
}

function rowContext(place: Place): Buffer {
  const { ownerId, rowId, kind, lookup, state, endsAt, revision, act } = place;
  return lengthPrefixed(
    "uberrima/authority-row/v1",
    idBytes(ownerId),
    idBytes(rowId),
    kind,
    lookup ?? "",
    state,
    endsAt === null ? "" : u64be(endsAt.getTime()),
    u64be(revision),
    idBytes(act),
  );
}

function headContext({ ownerId, revision, act }: HeadPlace): Buffer {
  return lengthPrefixed("uberrima/authority-head/v1", idBytes(ownerId), u64be(revision), idBytes(act));
}
