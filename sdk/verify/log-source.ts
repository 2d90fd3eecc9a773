// Where a log's files are read from: a URL prefix or a folder. What comes back is bounded and not believed.
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { VerifyError } from "./errors.ts";

export interface LogSource {
  /** The bytes at a path below the log's base, or null when there is nothing. Throws VerifyError "unreachable" or "malformed" (too large). */
  read(path: string, sizeBytesMax: number): Promise<Buffer | null>;
}

const TIMEOUT_MS = 30_000;
const ATTEMPTS_MAX = 4;
const RETRY_WAIT_MS = 250;

/** `http:` and `https:` URLs are fetched, anything else is a folder. */
export function openLogSource(base: string): LogSource {
  return /^https?:\/\//i.test(base) ? urlSource(base.endsWith("/") ? base : `${base}/`) : folderSource(base);
}

function folderSource(folder: string): LogSource {
  return {
    read: async (path, sizeBytesMax) => {
      const file = await open(join(folder, path), "r").catch((failure: NodeJS.ErrnoException) => {
        if (failure.code === "ENOENT" || failure.code === "ENOTDIR") return null;
        throw new VerifyError("unreachable", "a file of the log cannot be read", { cause: failure });
      });
      if (file === null) return null;
      try {
        const bytes = Buffer.alloc(sizeBytesMax + 1);
        let length = 0;
        for (let read = -1; read !== 0 && length < bytes.length; length += read) {
          ({ bytesRead: read } = await file.read(bytes, length, bytes.length - length, length));
        }
        return bounded(bytes.subarray(0, length), sizeBytesMax);
      } finally {
        await file.close();
      }
    },
  };
}

function urlSource(base: string): LogSource {
  return { read: (path, sizeBytesMax) => fetchBounded(new URL(path, base), sizeBytesMax, 1) };
}

async function fetchBounded(url: URL, sizeBytesMax: number, attempt: number): Promise<Buffer | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 404) return null;
    if (response.ok && response.body !== null) return await collect(response.body, sizeBytesMax);
    throw new VerifyError("unreachable", `the log answered with status ${response.status}`);
  } catch (failure) {
    if (failure instanceof VerifyError && failure.code === "malformed") throw failure;
    if (attempt === ATTEMPTS_MAX) {
      throw failure instanceof VerifyError
        ? failure
        : new VerifyError("unreachable", "the log does not answer", { cause: failure });
    }
    await sleep(RETRY_WAIT_MS * attempt);
    return fetchBounded(url, sizeBytesMax, attempt + 1);
  }
}

async function collect(body: ReadableStream<Uint8Array>, sizeBytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > sizeBytesMax) break;
    chunks.push(chunk);
  }
  if (length > sizeBytesMax) throw tooLarge();
  return Buffer.concat(chunks, length);
}

function bounded(bytes: Buffer, sizeBytesMax: number): Buffer {
  if (bytes.length > sizeBytesMax) throw tooLarge();
  return bytes;
}

function tooLarge(): VerifyError {
  return new VerifyError("malformed", "a file of the log is larger than it can be");
}
