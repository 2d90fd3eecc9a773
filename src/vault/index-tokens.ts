// The tokens of a blind index. Each value may have many of them, of which a record bears one: so that the holders of a common value are not
// seen to be many, nor found by following a family's name through their relatives.
import type { Uuid } from "../kernel/bytes.ts";
import { u32be } from "../kernel/bytes.ts";
import type { IndexToken, Keys } from "../keys/keys.ts";
import type { IndexType } from "./schema/schema.ts";

/** The token that a record bears under the newest index key. */
export function tokenOf(
  keys: Pick<Keys, "indexToken" | "keyedDigest">,
  index: IndexType,
  recordId: Uuid,
  inner: Uint8Array,
): IndexToken {
  return keys.indexToken(index.name, wayOf(inner, index, drawnWay(keys, index, recordId)), index.bits);
}

/** The tokens that a record may bear: one for each live index key. */
export function liveTokensOf(
  keys: Pick<Keys, "indexTokensForSearch" | "keyedDigest">,
  index: IndexType,
  recordId: Uuid,
  inner: Uint8Array,
): IndexToken[] {
  return keys.indexTokensForSearch(index.name, wayOf(inner, index, drawnWay(keys, index, recordId)), index.bits);
}

/** Every token that some holder of the value may bear: what a search asks for. */
export function tokensForSearch(
  keys: Pick<Keys, "indexTokensForSearch">,
  index: IndexType,
  inner: Uint8Array,
): IndexToken[] {
  return Array.from({ length: index.ways }, (_, way) =>
    keys.indexTokensForSearch(index.name, wayOf(inner, index, way), index.bits),
  ).flat();
}

/**
 * Drawn by a keyed hash of the record's id, so that the same record bears the same token after a correction and in a reindex, and nobody
 * without the key can tell which was drawn. The ways are a power of two, 65,536 at most.
 */
function drawnWay(keys: Pick<Keys, "keyedDigest">, index: IndexType, recordId: Uuid): number {
  if (index.ways === 1) return 0;
  const drawn = keys.keyedDigest("index-way", recordId, index.name);
  return (((drawn[0] ?? 0) << 8) | (drawn[1] ?? 0)) & (index.ways - 1);
}

function wayOf(inner: Uint8Array, index: IndexType, way: number): Uint8Array {
  return index.ways === 1 ? inner : Buffer.concat([inner, u32be(way)]);
}
