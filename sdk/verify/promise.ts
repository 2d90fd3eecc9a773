// Promises: the log's signed word, given at release, that an entry is sequenced at an index.
import { fromBase64, fromDecimal, lengthPrefixed, u64be } from "./encoding.ts";
import { VerifyError } from "./errors.ts";
import { LEAF_BYTES, parseLeaf } from "./leaf.ts";
import { hashLeaf, HASH_BYTES, rootOfPath } from "./merkle.ts";
import { openNote, parseVerifierKey } from "./note.ts";
import { parseJson } from "./parse-json.ts";

export interface VerifiedPromise {
  readonly origin: string;
  readonly index: number;
  /** Whole seconds since the Unix epoch. */
  readonly time: number;
  readonly leaf: Buffer;
  readonly commitment: Buffer;
}

interface PromiseFields {
  readonly origin: string;
  readonly index: number;
  readonly leaf: string;
  readonly time: number;
  readonly position: number;
  readonly path: readonly string[];
  readonly note: string;
}

const LABEL = "uberrima.org/promise/v1";
const KEY_SUFFIX = "/promise";
const PATH_MAX = 32;

/** Verifies a promise, given as its JSON text or parsed, with the promise key alone. Throws VerifyError. */
export function verifyPromise(promise: unknown, promiseKey: string): VerifiedPromise {
  const key = parseVerifierKey(promiseKey);
  const fields = parsePromise(promise);
  const { origin, index, time } = fields;
  if (key.name !== `${origin}${KEY_SUFFIX}`) throw new VerifyError("wrong-origin", "the promise is of another log");
  const batch = parseBatch(openNote(fields.note, key), origin);
  const leaf = fromBase64(fields.leaf, LEAF_BYTES);
  const { time: leafTime, commitment } = parseLeaf(leaf);
  if (leafTime !== time) throw new VerifyError("not-committed", "the promise gives another time than the leaf");
  const entry = lengthPrefixed(Buffer.from(origin, "utf8"), u64be(index), hashLeaf(leaf), u64be(time));
  const path = fields.path.map((step) => fromBase64(step, HASH_BYTES));
  const reached = rootOfPath(fields.position, batch.size, hashLeaf(entry), path);
  if (reached === null || !reached.equals(batch.root))
    throw new VerifyError("bad-proof", "the entry is not in the signed batch");
  return { origin, index, time, leaf, commitment };
}

function parseBatch(text: string, origin: string): { size: number; root: Buffer } {
  const lines = text.split("\n");
  if (lines.length !== 5 || lines[0] !== LABEL || lines[4] !== "")
    throw new VerifyError("malformed", "not the text of a promise");
  if (lines[1] !== origin) throw new VerifyError("wrong-origin", "the promise is of another log");
  return { size: fromDecimal(lines[2]!), root: fromBase64(lines[3]!, HASH_BYTES) };
}

function parsePromise(promise: unknown): PromiseFields {
  const value = typeof promise === "string" ? parseJson(promise, "not JSON") : promise;
  if (!isFields(value)) throw new VerifyError("malformed", "not a promise");
  return value;
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
