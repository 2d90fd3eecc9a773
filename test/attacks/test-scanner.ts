// Looks for thousands of byte strings at once in every file of a folder, and in whatever else is handed to it.
import { opendir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Doubts, decoysOf, isGlued, isShort, judgeDoubts } from "./test-short-numbers.ts";
import { tracesOf } from "./test-traces.ts";

export interface Scanner {
  /** What lies in the bytes, as "how, where". The value itself is never part of it. */
  scan(bytes: Buffer, where: string): string[];
  scanFolder(folder: string): Promise<{ readonly files: number; readonly bytes: number; readonly found: string[] }>;
  /** What is no finding by itself, of all that was scanned: short numbers amid other digits, to be judged together. */
  doubts(): Doubts;
}

/** Shorter traces are found everywhere. */
const TRACE_BYTES_MIN = 7;
const FOUND_MAX = 40;
const BITS = 22;
const BLOCK_BYTES = 4096;
const ZEROS = Buffer.alloc(BLOCK_BYTES);

interface Needle {
  readonly bytes: Buffer;
  /** Its last four: there are many that begin alike. */
  readonly tail: number;
  readonly how: string;
  readonly kind: "certain" | "short" | "decoy";
}

/** By what surrounds it a hit is known again where the same text was scanned twice. */
const SURROUNDING_BYTES = 12;

export function scannerFor(secrets: readonly string[]): Scanner {
  const needles = Map.groupBy(needlesOf(secrets), ({ bytes }) => bytes.readUInt32LE(0));
  const marks = new Uint8Array(2 ** BITS);
  for (const start of needles.keys()) marks[placeOf(start)] = 1;
  const doubtful = { short: new Map<string, string>(), decoy: new Map<string, string>() };
  /** Whether it is a finding. Otherwise it is kept to be judged with its like. */
  const counts = ({ bytes: { length }, how, kind }: Needle, bytes: Buffer, at: number, where: string): boolean => {
    if (kind === "certain" || (kind === "short" && !isGlued(bytes, at, length))) return true;
    const around = bytes.toString("latin1", Math.max(0, at - SURROUNDING_BYTES), at + length + SURROUNDING_BYTES);
    if (isGlued(bytes, at, length)) doubtful[kind].set(around, `${how} amid ${shapeOf(bytes, at, length)} in ${where}`);
    return false;
  };
  const scan = (bytes: Buffer, where: string): string[] => {
    const found: string[] = [];
    for (let at = 0; at + 4 <= bytes.length && found.length < FOUND_MAX;) {
      const to = Math.min(at + BLOCK_BYTES, bytes.length - 3);
      // Much of a database's files is zeros. A trace may begin in the last three of them.
      if (to - at === BLOCK_BYTES && ZEROS.equals(bytes.subarray(at, to))) at = to - 3;
      at = scanBlock(bytes, at, to, (start, place) => {
        for (const needle of needles.get(start) ?? [])
          if (liesAt(needle, bytes, place) && counts(needle, bytes, place, where))
            found.push(`${needle.how} amid ${shapeOf(bytes, place, needle.bytes.length)} in ${where}`);
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
  return {
    scan,
    scanFolder: (folder) => scanFolder(folder, scan),
    doubts: () => judgeDoubts([...doubtful.short.values()], doubtful.decoy.size),
  };
}

/** What a hit stands amid, so that chance can be told from leak by whoever reads of it: digits and letters as kinds, and the value as "|". */
function shapeOf(bytes: Buffer, at: number, length: number): string {
  const kinds = (part: string): string =>
    part
      .replaceAll(/[^ -~]/g, ".")
      .replaceAll(/\d/g, "9")
      .replaceAll(/[a-f]/g, "a")
      .replaceAll(/[g-zA-Z]/g, "x");
  const before = bytes.toString("latin1", Math.max(0, at - SURROUNDING_BYTES), at);
  return `${kinds(before)}|${kinds(bytes.toString("latin1", at + length, at + length + SURROUNDING_BYTES))}`;
}

function liesAt({ bytes, tail }: Needle, within: Buffer, at: number): boolean {
  const { length } = bytes;
  if (at + length > within.length || within.readUInt32LE(at + length - 4) !== tail) return false;
  return bytes.equals(within.subarray(at, at + length));
}

function needleOf(bytes: Buffer, how: string, kind: Needle["kind"]): Needle {
  return { bytes, tail: bytes.readUInt32LE(bytes.length - 4), how, kind };
}

function needlesOf(secrets: readonly string[]): Needle[] {
  const needles = [...new Set(secrets)].flatMap((secret, at) =>
    tracesOf(secret).flatMap(([how, bytes]): Needle[] =>
      bytes.length < TRACE_BYTES_MIN
        ? []
        : [needleOf(bytes, `secret ${at} as ${how}`, isShort(bytes) ? "short" : "certain")],
    ),
  );
  // A number that is all digits is the same in several forms.
  const short = new Map(
    needles.flatMap(({ bytes, how, kind }) => (kind === "short" ? [[bytes.toString("latin1"), how] as const] : [])),
  );
  const decoys = [...short].flatMap(([number, how]) => decoysOf(number, how.includes("reversed")));
  return [
    ...needles,
    ...[...new Set(decoys)].flatMap((decoy): Needle[] =>
      short.has(decoy) ? [] : [needleOf(Buffer.from(decoy), "decoy", "decoy")],
    ),
  ];
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
