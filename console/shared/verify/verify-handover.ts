// Handovers: the log's old key and its new one have signed together that one follows the other.
import { fromDecimal } from "./bytes.ts";
import { openNote, parseVerifierKey } from "./note.ts";
import { VerifyError } from "./verify-error.ts";

const LABEL = "uberrima.org/key-handover/v1";
const HANDOVERS_MAX = 1000;

/**
 * From a key that is trusted to the newest that it leads to, by handovers in any order; the key itself when none leads on. Those of other keys are
 * passed over: who trusts one key need believe no other. Throws VerifyError "bad-key".
 */
export async function followHandovers(trustedKey: string, notes: readonly string[]): Promise<string> {
  await parseVerifierKey(trustedKey);
  let key = trustedKey;
  for (let steps = 0; steps < HANDOVERS_MAX; steps += 1) {
    const from = key;
    const found = await Promise.all(notes.map((note) => nextOrNull(note, from)));
    const next = found.find((each) => each !== null);
    if (next === undefined || next === null) return key;
    key = next;
  }
  throw new VerifyError("malformed", "the handovers lead nowhere");
}

async function nextOrNull(note: string, key: string): Promise<string | null> {
  try {
    return await verifyHandover(note, key);
  } catch (error) {
    if (error instanceof VerifyError) return null;
    throw error;
  }
}

async function verifyHandover(note: string, trustedKey: string): Promise<string> {
  const trusted = await parseVerifierKey(trustedKey);
  const lines = (await openNote(note, trusted)).split("\n");
  const [label, older, key = "", time = ""] = lines;
  if (label !== LABEL || lines.length !== 5) throw new VerifyError("malformed", "not a handover of keys");
  if (older !== trustedKey) throw new VerifyError("wrong-origin", "the handover is from another key");
  const next = await parseVerifierKey(key);
  if (next.name !== trusted.name) throw new VerifyError("wrong-origin", "the handover is to the key of another log");
  await openNote(note, next);
  fromDecimal(time);
  return key;
}
