// Receipts: C2SP tlog-proof files whose extra line carries the leaf, verified with the log's key alone.
import { type Bytes, equal, fromBase64, fromDecimal } from "./bytes.ts";
import { LEAF_BYTES, parseLeaf } from "./leaf.ts";
import { HASH_BYTES, hashLeaf, rootOfPath } from "./merkle.ts";
import { openNote, parseVerifierKey, type VerifierKey } from "./note.ts";
import { VerifyError } from "./verify-error.ts";

export interface VerifiedReceipt {
  readonly origin: string;
  readonly index: number;
  /** The size of the tree whose checkpoint the receipt carries. */
  readonly size: number;
  /** When the entry was written, in whole seconds since the Unix epoch, as the leaf says. */
  readonly time: number;
  readonly leaf: Bytes;
}

const HEADER = "c2sp.org/tlog-proof@v1";
const RECEIPT_CHARACTERS_MAX = 1024 * 1024;
/** A tree of 2^63 leaves has no longer path. */
const PATH_MAX = 63;

/** Throws VerifyError. */
export async function verifyReceipt(text: string, logKey: string): Promise<VerifiedReceipt> {
  const key = await parseVerifierKey(logKey);
  const { leaf, index, path, checkpoint } = parseReceipt(text);
  const { origin, size, root } = await openCheckpoint(checkpoint, key);
  const { time } = parseLeaf(leaf);
  const reached = await rootOfPath({ index, size, leafHash: await hashLeaf(leaf), path });
  if (reached === null || !equal(reached, root))
    throw new VerifyError("bad-proof", "the entry is not in the signed tree");
  return { origin, index, size, time, leaf };
}

function parseReceipt(text: string) {
  if (text.length > RECEIPT_CHARACTERS_MAX) throw new VerifyError("malformed", "too large for a receipt");
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

/** C2SP tlog-checkpoint, signed by the log; extension lines are refused, since this log writes none. */
async function openCheckpoint(note: string, key: VerifierKey) {
  const lines = (await openNote(note, key)).split("\n");
  if (lines.length !== 4) throw new VerifyError("malformed", "a checkpoint has three lines");
  const [origin = "", size = "", root = ""] = lines;
  if (origin !== key.name) throw new VerifyError("wrong-origin", "the checkpoint is of another log");
  return { origin, size: fromDecimal(size), root: fromBase64(root, HASH_BYTES) };
}
