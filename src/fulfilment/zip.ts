// A ZIP archive made while it is sent: one file after another, none held whole.
import { createHash } from "node:crypto";

export interface ZipFile {
  readonly name: string;
  readonly content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
  /** What is packed already, as pictures and PDF are, is stored as it is. */
  readonly isPacked?: true;
}

const LEVEL = 6;
/** Small pieces are gathered to this many characters or bytes, since each costs the same to pack. */
const PIECE = 16_384;

/** `onDigest`: SHA-256 of each file, in hex, once it is through. */
export async function* zipOf(
  files: AsyncIterable<ZipFile>,
  at: Date,
  onDigest: (name: string, sha256: string) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { Zip, ZipDeflate, ZipPassThrough } = await import("fflate");
  const done: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    done.push(piece);
  });
  for await (const { name, content, isPacked } of files) {
    const file = isPacked === true ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
    file.mtime = at;
    zip.add(file);
    const digest = createHash("sha256");
    for await (const piece of gathered(content)) {
      digest.update(piece);
      file.push(piece, false);
      yield* done.splice(0);
    }
    file.push(new Uint8Array(), true);
    onDigest(name, digest.digest("hex"));
    yield* done.splice(0);
  }
  zip.end();
  yield* done.splice(0);
}

async function* gathered(content: ZipFile["content"]): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    waiting.push(bytes);
    length += bytes.length;
    if (length < PIECE) continue;
    yield Buffer.concat(waiting);
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(waiting);
}
