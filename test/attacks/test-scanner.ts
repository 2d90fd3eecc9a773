// Looks for thousands of byte strings at once in every file of a folder, and in whatever else is handed to it.
import { opendir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { tracesOf } from "./test-traces.ts";

export interface Scanner {
  /** What lies in the bytes, as "how, where". The value itself is never part of it. */
  scan(bytes: Buffer, where: string): string[];
  scanFolder(folder: string): Promise<{ readonly files: number; readonly bytes: number; readonly found: string[] }>;
}

/** Shorter traces are found everywhere. */
const TRACE_BYTES_MIN = 7;
const FOUND_MAX = 40;
const BITS = 22;
const BLOCK_BYTES = 4096;
const ZEROS = Buffer.alloc(BLOCK_BYTES);

interface Needle {
  readonly bytes: Buffer;
  readonly how: string;
}

export function scannerFor(secrets: readonly string[]): Scanner {
  const needles = new Map<number, Needle[]>();
  const marks = new Uint8Array(2 ** BITS);
  for (const [at, secret] of [...new Set(secrets)].entries()) {
    for (const [how, bytes] of tracesOf(secret)) {
      if (bytes.length < TRACE_BYTES_MIN) continue;
      const start = bytes.readUInt32LE(0);
      marks[placeOf(start)] = 1;
      needles.set(start, [...(needles.get(start) ?? []), { bytes, how: `secret ${at} as ${how}` }]);
    }
  }
  const scan = (bytes: Buffer, where: string): string[] => {
    const found: string[] = [];
    for (let at = 0; at + 4 <= bytes.length && found.length < FOUND_MAX;) {
      const to = Math.min(at + BLOCK_BYTES, bytes.length - 3);
      // Much of a database's files is zeros. A trace may begin in the last three of them.
      if (to - at === BLOCK_BYTES && ZEROS.equals(bytes.subarray(at, to))) at = to - 3;
      at = scanBlock(bytes, at, to, (start, place) => {
        for (const needle of needles.get(start) ?? [])
          if (needle.bytes.equals(bytes.subarray(place, place + needle.bytes.length)))
            found.push(`${needle.how} in ${where}`);
      });
    }
    return found;
  };
  /** Calls with each place in [from, to) whose four bytes begin some trace, perhaps. Returns `to`. */
  const scanBlock = (bytes: Buffer, from: number, to: number, look: (start: number, at: number) => void): number => {
    let start = from === to ? 0 : (bytes.readUInt32LE(from) << 8) | 0;
    for (let at = from; at < to; at += 1) {
      start = (start >>> 8) | (bytes[at + 3]! << 24);
      if (marks[placeOf(start)] === 1) look(start >>> 0, at);
    }
    return to;
  };
  return { scan, scanFolder: (folder) => scanFolder(folder, scan) };
}

const placeOf = (start: number): number => Math.imul(start, 0x9e3779b1) >>> (32 - BITS);

async function scanFolder(folder: string, scan: Scanner["scan"]): ReturnType<Scanner["scanFolder"]> {
  const sum = { files: 0, bytes: 0, found: [] as string[] };
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    sum.files += 1;
    sum.bytes += bytes.length;
    sum.found.push(
      ...scan(bytes, path.slice(folder.length + 1)),
      ...scan(Buffer.from(entry.name), "the name of a file"),
    );
  }
  return sum;
}
