// A file that comes at once and is taken only where it is the one announced, so that what was approved is what is written.
import { createHash } from "node:crypto";
import { asToken, equalConstantTime, type Token } from "../kernel/bytes.ts";
import { ImportError } from "./errors.ts";
import type { ImportParts } from "./parts.ts";
import type { RunRow } from "./run-store.ts";

/** Held in memory until its digest is known; larger feeds are a system's. */
const WHOLE_BYTES_MAX = 16 * 1024 * 1024;

/** What is still missing of it. Throws ImportError "other-file" and "longer-than-announced". */
export async function wholeFile(
  { keys }: Pick<ImportParts, "keys">,
  run: RunRow,
  source: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  if (run.sizeBytes > WHOLE_BYTES_MAX)
    throw new ImportError("longer-than-announced", `a file that others approve has at most ${WHOLE_BYTES_MAX} bytes`);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const hash = createHash("sha256");
  for await (const chunk of source) {
    sizeBytes += chunk.length;
    if (sizeBytes > run.sizeBytes)
      throw new ImportError("longer-than-announced", "the file is longer than was announced");
    chunks.push(chunk);
    hash.update(chunk);
  }
  if (sizeBytes !== run.sizeBytes || !isFileOf(keys, run, hash.digest("hex")))
    throw new ImportError("other-file", "this is not the whole file that was announced: nothing of it was taken");
  return once(Buffer.concat(chunks).subarray(run.offsetBytes));
}

/** Whether a run is of the file with this SHA-256, hex. */
export function isFileOf(
  keys: Pick<ImportParts["keys"], "keyedDigest" | "digestCovers">,
  { fileToken }: { readonly fileToken: Token },
  sha256: string,
): boolean {
  const digest = keys.keyedDigest("import-file", sha256);
  return keys.digestCovers("read").some(({ cover }) => equalConstantTime(asToken(fileToken), cover(digest)));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
