// Events as lines of JSON at the end of a file that only its owner reads. Opened for each page, so that a file moved away is followed by a new one.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { EventsError } from "./errors.ts";
import type { Sink } from "./sink.ts";

const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
const OWNER_ONLY = 0o600;
const NEWLINE = 0x0a;

export function fileSink(path: string): Sink {
  return {
    confirmAfterMs: 0,
    overlapEntries: 0,
    async deliver(events) {
      if (events.length === 0) return;
      try {
        await append(path, events.map(({ json }) => `${json}\n`).join(""));
      } catch (cause) {
        throw new EventsError("file-unavailable", { cause });
      }
    },
    // `deliver` has it on disk already.
    async confirm() {},
    abandon() {},
  };
}

async function append(path: string, lines: string): Promise<void> {
  const file = await open(path, FLAGS, OWNER_ONLY);
  try {
    const { size, mode } = await file.stat();
    if ((mode & 0o077) !== 0) throw new Error("others may read the file");
    // A crash can leave half a line; what comes next is not to become a part of it.
    await file.appendFile(size > 0 && !(await endsLine(file, size)) ? `\n${lines}` : lines);
    await file.sync();
    if (size === 0) await syncFolder(dirname(path));
  } finally {
    await file.close();
  }
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === NEWLINE;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
