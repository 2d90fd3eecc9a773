// Receipts: C2SP tlog-proof files whose extra line carries the leaf.
import { openCheckpoint } from "./checkpoint.ts";
import { fromBase64, fromDecimal } from "./encoding.ts";
import { VerifyError } from "./errors.ts";
import { LEAF_BYTES, parseLeaf } from "./leaf.ts";
import { hashLeaf, HASH_BYTES, rootOfPath } from "./merkle.ts";
import { parseVerifierKey } from "./note.ts";

export interface VerifiedReceipt {
  readonly origin: string;
  readonly index: number;
  /** The size of the tree whose checkpoint the receipt carries. */
  readonly size: number;
  /** When the entry was written, in whole seconds since the Unix epoch, as the leaf says. */
  readonly time: number;
  readonly leaf: Buffer;
  readonly commitment: Buffer;
}

interface ParsedReceipt {
  readonly leaf: Buffer;
  readonly index: number;
  readonly path: readonly Buffer[];
  readonly checkpoint: string;
}

const HEADER = "c2sp.org/tlog-proof@v1";
const RECEIPT_BYTES_MAX = 1024 * 1024;
// A tree of 2^63 leaves has no longer path.
const PATH_MAX = 63;

/** Verifies a receipt with the log's verifier key alone, offline. Throws VerifyError. */
export function verifyReceipt(text: string, logKey: string): VerifiedReceipt {
  const key = parseVerifierKey(logKey);
  const { leaf, index, path, checkpoint } = parseReceipt(text);
  const { origin, size, root } = openCheckpoint(checkpoint, key);
  const { time, commitment } = parseLeaf(leaf);
  const reached = rootOfPath(index, size, hashLeaf(leaf), path);
  if (reached === null || !reached.equals(root))
    throw new VerifyError("bad-proof", "the entry is not in the signed tree");
  return { origin, index, size, time, leaf, commitment };
}

function parseReceipt(text: string): ParsedReceipt {
  if (Buffer.byteLength(text, "utf8") > RECEIPT_BYTES_MAX)
    throw new VerifyError("malformed", "too large for a receipt");
  const split = text.indexOf("\n\n");
  const [header, extra, indexLine, ...hashes] = split < 0 ? [] : text.slice(0, split).split("\n");
  if (header !== HEADER) throw new VerifyError("malformed", "not a receipt");
  if (hashes.length > PATH_MAX) throw new VerifyError("malformed", "the proof is too long");
  return {
    leaf: fromBase64(after(extra, "extra "), LEAF_BYTES),
    index: fromDecimal(after(indexLine, "index ")),
    path: hashes.map((line) => fromBase64(line, HASH_BYTES)),
    checkpoint: text.slice(split + 2),
  };
}

function after(line: string | undefined, prefix: string): string {
  if (line?.startsWith(prefix) !== true) throw new VerifyError("malformed", "a line of the receipt is missing");
  return line.slice(prefix.length);
}
