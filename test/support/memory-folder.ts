// Where a test run keeps what it writes for a time: in memory, where there is plenty.
import { accessSync, constants, existsSync, readFileSync, statfsSync } from "node:fs";

const FOLDER = "/dev/shm";
const MOUNTS = "/proc/mounts";
/** Several times what a whole run writes, and what its processes take beside. */
const ROOM_BYTES = 4 * 2 ** 30;
/** Whoever names one of these has chosen a place. */
const CHOSEN = ["TMPDIR", "TMP", "TEMP"] as const;

export interface Machine {
  /** As in /proc/mounts; empty where there is no such thing. */
  readonly mounts: string;
  /** That may be written to the folder, and that processes may still take. */
  readonly freeBytes: () => number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder, or null where the usual one is to serve. A test's database is six hundred files, made and removed: on a disk's file system that was up to
 * half a second of processor time, a fifth of what two domains' tests took; in memory a tenth of it. PostgreSQL's settings stay as they are.
 */
export function memoryFolder({ mounts, freeBytes, environment }: Machine = thisMachine()): string | null {
  if (CHOSEN.some((name) => environment[name])) return null;
  const mount = mounts.split("\n").findLast((line) => line.split(" ")[1] === FOLDER);
  const [, , type, options = ""] = mount?.split(" ") ?? [];
  // Tests write programs too, and PostgreSQL's where its user cannot reach them.
  const isFit = type === "tmpfs" && !options.split(",").some((option) => option === "noexec" || option === "ro");
  return isFit && freeBytes() >= ROOM_BYTES ? FOLDER : null;
}

function thisMachine(): Machine {
  return {
    mounts: existsSync(MOUNTS) ? readFileSync(MOUNTS, "utf8") : "",
    freeBytes() {
      if (!canWrite()) return 0;
      const { bavail, bsize } = statfsSync(FOLDER);
      return Math.min(bavail * bsize, process.availableMemory());
    },
    environment: process.env,
  };
}

function canWrite(): boolean {
  try {
    accessSync(FOLDER, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
