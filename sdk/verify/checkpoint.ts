// Checkpoints of C2SP tlog-checkpoint: who says that the log has this size and this root.
import { fromBase64, fromDecimal } from "./encoding.ts";
import { VerifyError } from "./errors.ts";
import { EMPTY_ROOT, HASH_BYTES } from "./merkle.ts";
import { openNote } from "./note.ts";
import type { VerifierKey } from "./note.ts";

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** Opens a checkpoint signed by `key`, whose name is the log's origin. Extension lines are refused: this log writes none. */
export function openCheckpoint(note: string, key: VerifierKey): Checkpoint {
  const lines = openNote(note, key).split("\n");
  if (lines.length !== 4) throw new VerifyError("malformed", "a checkpoint has three lines");
  const [origin, size, root] = lines as [string, string, string, string];
  if (origin !== key.name) throw new VerifyError("wrong-origin", "the checkpoint is of another log");
  const checkpoint = { origin, size: fromDecimal(size), root: fromBase64(root, HASH_BYTES) };
  if (checkpoint.size === 0 && !checkpoint.root.equals(EMPTY_ROOT)) {
    throw new VerifyError("root-differs", "an empty log has the root of the empty tree");
  }
  return checkpoint;
}
