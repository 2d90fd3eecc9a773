// Handovers: the log's old key and its new one have signed together that one follows the other.
import { fromDecimal } from "./encoding.ts";
import { VerifyError } from "./errors.ts";
import { openNote, parseVerifierKey } from "./note.ts";

interface Handover {
  /** The key that follows. */
  readonly key: string;
  /** Whole seconds since the Unix epoch. */
  readonly time: number;
}

const LABEL = "uberrima.org/key-handover/v1";
const HANDOVERS_MAX = 1000;

/** Opens a handover from `trustedKey` (a verifier key) to the key after it, which must have signed as well. Throws VerifyError. */
function verifyHandover(note: string, trustedKey: string): Handover {
  const trusted = parseVerifierKey(trustedKey);
  const lines = openNote(note, trusted).split("\n");
  const [label, older, key = "", time = ""] = lines;
  if (label !== LABEL || lines.length !== 5) throw new VerifyError("malformed", "not a handover of keys");
  if (older !== trustedKey) throw new VerifyError("wrong-origin", "the handover is from another key");
  const next = parseVerifierKey(key);
  if (next.name !== trusted.name) throw new VerifyError("wrong-origin", "the handover is to the key of another log");
  openNote(note, next);
  return { key, time: fromDecimal(time) };
}

/**
 * From a key that is trusted to the newest that it leads to, by handovers in any order; the key itself when none leads on. Those of other keys are
 * passed over: who trusts one key need believe no other. Throws VerifyError "bad-key".
 */
export function followHandovers(trustedKey: string, notes: readonly string[]): string {
  parseVerifierKey(trustedKey);
  let key = trustedKey;
  for (let steps = 0; steps < HANDOVERS_MAX; steps += 1) {
    const next = notes.map((note) => nextOrNull(note, key)).find((found) => found !== null);
    if (next === undefined) return key;
    key = next;
  }
  throw new VerifyError("malformed", "the handovers lead nowhere");
}

function nextOrNull(note: string, key: string): string | null {
  try {
    return verifyHandover(note, key).key;
  } catch (error) {
    if (error instanceof VerifyError) return null;
    throw error;
  }
}
