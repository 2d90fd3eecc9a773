// For attacks: somebody outside who keeps every checkpoint ever seen, whatever happened to the servers in between.
import assert from "node:assert/strict";
import { type Checkpoint, verifyCheckpoint, verifyLog } from "../../sdk/verify/verify.ts";

export interface OutsideVerifier {
  readonly logKey: string;
  readonly promiseKey: string;
  /** How many different checkpoints it has been shown. */
  readonly seen: number;
  /** Reads a server's checkpoint. Fails when the log signed less than before, or another tree of the same size. */
  look(url: string): Promise<Checkpoint>;
  /** Rebuilds the whole log and shows that it continues the checkpoints seen, `most` of them at most, the newest among them. */
  verify(url: string, most?: number): Promise<number>;
}

/** Learns the log's keys from the server once, before anything goes wrong. */
export async function openOutsideVerifier(url: string, token: string): Promise<OutsideVerifier> {
  const answer = await fetch(`${url}/v1/log`, { headers: { authorization: `Bearer ${token}` } });
  const { logKey, promiseKey } = (await answer.json()) as { logKey: string; promiseKey: string };
  const notes = new Map<number, string>();
  const roots = new Map<number, string>();
  let largest = 0;
  return {
    logKey,
    promiseKey,
    get seen() {
      return notes.size;
    },
    async look(from) {
      // Looks may overlap: a checkpoint must not be smaller than those that were there before this look began.
      const before = largest;
      const note = await (await fetch(`${from}/log/checkpoint`)).text();
      const checkpoint = verifyCheckpoint(note, logKey);
      const root = checkpoint.root.toString("base64");
      assert.ok(checkpoint.size >= before, `signed ${checkpoint.size} entries after ${before}`);
      assert.equal(roots.get(checkpoint.size) ?? root, root, `two trees of ${checkpoint.size} entries were signed`);
      notes.set(checkpoint.size, note);
      roots.set(checkpoint.size, root);
      largest = Math.max(largest, checkpoint.size);
      return checkpoint;
    },
    async verify(from, most = 1) {
      const newestFirst = [...notes].toSorted(([left], [right]) => right - left).map(([, note]) => note);
      const step = Math.max(1, Math.ceil(newestFirst.length / most));
      let size = 0;
      for (let at = 0; at < newestFirst.length; at += step) {
        const remembered = newestFirst[at]!;
        ({ size } = await verifyLog(`${from}/log`, logKey, { remembered }));
      }
      return size;
    },
  };
}
