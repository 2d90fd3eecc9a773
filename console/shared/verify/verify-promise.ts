// Promises: the log's signed word, given at release, that an entry is sequenced at an index.
import { type Bytes, equal, fromBase64, fromDecimal, lengthPrefixed, u64be, utf8 } from "./bytes.ts";
import { LEAF_BYTES, parseLeaf } from "./leaf.ts";
import { HASH_BYTES, hashLeaf, rootOfPath } from "./merkle.ts";
import { openNote, parseVerifierKey } from "./note.ts";
import { VerifyError } from "./verify-error.ts";

export interface PromiseFields {
  readonly origin: string;
  readonly index: number;
  readonly leaf: string;
  readonly time: number;
  readonly position: number;
  readonly path: readonly string[];
  readonly note: string;
}

export interface VerifiedPromise {
  readonly origin: string;
  readonly index: number;
  /** Whole seconds since the Unix epoch. */
  readonly time: number;
  readonly leaf: Bytes;
}

const LABEL = "uberrima.org/promise/v1";
const KEY_SUFFIX = "/promise";
const PATH_MAX = 32;

/** With the promise key alone. Throws VerifyError. */
export async function verifyPromise(promise: unknown, promiseKey: string): Promise<VerifiedPromise> {
  const key = await parseVerifierKey(promiseKey);
  if (!isFields(promise)) throw new VerifyError("malformed", "not a promise");
  const { origin, index, time } = promise;
  if (key.name !== `${origin}${KEY_SUFFIX}`) throw new VerifyError("wrong-origin", "the promise is of another log");
  const batch = parseBatch(await openNote(promise.note, key), origin);
  const leaf = fromBase64(promise.leaf, LEAF_BYTES);
  if (parseLeaf(leaf).time !== time)
    throw new VerifyError("not-committed", "the promise gives another time than the leaf");
  const entry = lengthPrefixed(utf8(origin), u64be(index), await hashLeaf(leaf), u64be(time));
  const path = promise.path.map((step) => fromBase64(step, HASH_BYTES));
  const leafHash = await hashLeaf(entry);
  const reached = await rootOfPath({ index: promise.position, size: batch.size, leafHash, path });
  if (reached === null || !equal(reached, batch.root))
    throw new VerifyError("bad-proof", "the entry is not in the signed batch");
  return { origin, index, time, leaf };
}

function parseBatch(text: string, origin: string): { size: number; root: Bytes } {
  const lines = text.split("\n");
  if (lines.length !== 5 || lines[0] !== LABEL || lines[4] !== "")
    throw new VerifyError("malformed", "not the text of a promise");
  if (lines[1] !== origin) throw new VerifyError("wrong-origin", "the promise is of another log");
  return { size: fromDecimal(lines[2]!), root: fromBase64(lines[3]!, HASH_BYTES) };
}

function isFields(value: unknown): value is PromiseFields {
  if (typeof value !== "object" || value === null) return false;
  const { origin, index, leaf, time, position, path, note } = value as Record<string, unknown>;
  const texts = [origin, leaf, note].every((text) => typeof text === "string");
  const counts = [index, time, position].every((count) => Number.isSafeInteger(count) && (count as number) >= 0);
  return (
    texts && counts && Array.isArray(path) && path.length <= PATH_MAX && path.every((step) => typeof step === "string")
  );
}
