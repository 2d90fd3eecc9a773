// What the signer remembers outside the database: the largest tree it ever signed, so that a rolled-back database is noticed.
import { constants } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LedgerError } from "./errors.ts";
import { HASH_BYTES } from "./merkle.ts";
import type { TreeHead } from "./merkle.ts";

export interface SignerMemory {
  /** The largest tree remembered, by any process that shares this memory; null when none was. */
  read(): Promise<TreeHead | null>;
  /** Returns once the tree is on disk. Never lowers what is remembered. */
  remember(head: TreeHead): Promise<void>;
}

const SEGMENT_NAME = /^signer-([0-9]{8})\.log$/;
const SEGMENT_BYTES_MAX = 64 * 1024;
const LINE_BYTES_MAX = 80;
/** Older segments hold smaller trees only; one is kept beside the newest for a process that has not yet seen the change. */
const SEGMENTS_KEPT = 2;

/**
 * A memory in a folder of its own: append-only lines `<size> <base64 root>`, of which the largest counts, so that several processes may write. A line
 * torn by a crash or a full disk was never acted on (the signer signs after `remember` returned) and is passed over. Segments bound what is read and kept.
 */
export function fileSignerMemory(folder: string): SignerMemory {
  return {
    read: () => readLargest(folder),
    remember: async (head) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const segments = await listSegments(folder);
      const newest = segments.at(-1) ?? 1;
      const sizeBytes = await appendLine(join(folder, segmentName(newest)), head);
      if (sizeBytes > SEGMENT_BYTES_MAX) await startSegment(folder, newest + 1, segments);
      else if (segments.length === 0) await syncFolder(folder);
    },
  };
}

function segmentName(number: number): string {
  return `signer-${String(number).padStart(8, "0")}.log`;
}

async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((failure: NodeJS.ErrnoException) => {
    if (failure.code === "ENOENT") return [];
    throw failure;
  });
  const numbers = names.flatMap((name) => (SEGMENT_NAME.test(name) ? [Number(SEGMENT_NAME.exec(name)![1])] : []));
  return numbers.sort((left, right) => left - right);
}

/** Appends and flushes one line whole, or throws; returns the segment's length. */
async function appendLine(path: string, head: TreeHead): Promise<number> {
  const file = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  try {
    // Begins with a newline, so that a line torn by a crash before it stays alone.
    const line = Buffer.from(`\n${head.size} ${Buffer.from(head.root).toString("base64")}\n`, "utf8");
    // INVARIANT: one write or none counts. A disk that fills up takes a part and says so by the count alone (POSIX write); the rest, written later, could
    // come after another process's line.
    const { bytesWritten } = await file.write(line);
    if (bytesWritten !== line.length)
      throw new LedgerError("unavailable", "the signer's memory took a part of a line: its disk is full");
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** The new segment begins with the largest tree, and only then may the oldest go. */
async function startSegment(folder: string, number: number, segments: readonly number[]): Promise<void> {
  const largest = await readLargest(folder);
  if (largest !== null) await appendLine(join(folder, segmentName(number)), largest);
  await syncFolder(folder);
  const kept = [...segments, number].slice(-SEGMENTS_KEPT);
  for (const old of segments) if (!kept.includes(old)) await rm(join(folder, segmentName(old)), { force: true });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readLargest(folder: string): Promise<TreeHead | null> {
  const lines = (await readSegments(folder)).flatMap((text) => text.split("\n")).filter((line) => line !== "");
  let largest: TreeHead | null = null;
  for (const line of lines) {
    const head = parseLine(line);
    if (head !== null && head.size === largest?.size && Buffer.compare(head.root, largest.root) !== 0) {
      throw new LedgerError("forked", "the signer remembers two trees of one size");
    }
    if (head !== null && (largest === null || head.size > largest.size)) largest = head;
  }
  // One unreadable line alone is the very first one, torn before anything was signed.
  if (largest === null && lines.length > 1) {
    throw new LedgerError("corrupt", "the signer's memory is there but cannot be read");
  }
  return largest;
}

/** The texts of the newest segments; lists again when another process has meanwhile removed one. */
async function readSegments(folder: string, attemptsLeft = 5): Promise<string[]> {
  const segments = await listSegments(folder);
  try {
    return await Promise.all(
      segments.slice(-SEGMENTS_KEPT).map((number) => readSegment(join(folder, segmentName(number)))),
    );
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== "ENOENT" || attemptsLeft === 0) throw failure;
    return readSegments(folder, attemptsLeft - 1);
  }
}

async function readSegment(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    // A segment outgrows its limit by what processes append before they see the next one: far less than once again.
    const bytes = Buffer.alloc(2 * SEGMENT_BYTES_MAX);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length === bytes.length) throw new LedgerError("corrupt", "the signer's memory is larger than any written");
    return bytes.toString("utf8", 0, length);
  } finally {
    await file.close();
  }
}

const LINE = /^(0|[1-9][0-9]{0,15}) ([A-Za-z0-9+/]{43}=)$/;

function parseLine(line: string): TreeHead | null {
  const match = line.length <= LINE_BYTES_MAX ? LINE.exec(line) : null;
  if (match === null) return null;
  const root = Buffer.from(match[2]!, "base64");
  const size = Number(match[1]);
  return Number.isSafeInteger(size) && root.length === HASH_BYTES ? { size, root } : null;
}
