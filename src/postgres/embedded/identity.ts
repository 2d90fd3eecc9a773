// Which operating-system user runs PostgreSQL, which refuses to run as root, and where that user can get to.
import { execFile } from "node:child_process";
import { chown, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { PostgresError } from "../errors.ts";

/** The user PostgreSQL runs as; null when it runs as we do. */
export type Identity = { readonly uid: number; readonly gid: number } | null;

const CANDIDATE_USERS = ["postgres", "_postgres", "nobody"];
const UID_MAX = 2 ** 31 - 1;

/** For root: whoever owns the data already, else an unprivileged user of this machine. For everybody else: null. Throws "cannot-run". */
export async function chooseIdentity(dataFolder: string): Promise<Identity> {
  if (process.geteuid?.() !== 0) return null;
  const existing = await stat(dataFolder).catch(() => null);
  if (existing !== null && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  for (const user of CANDIDATE_USERS) {
    const found = await lookUp(user);
    if (found !== null) return found;
  }
  // initdb looks its user up by name, so a bare number would not do.
  throw new PostgresError(
    "cannot-run",
    "PostgreSQL does not run as root, and there is neither a user postgres nor nobody",
  );
}

async function lookUp(user: string): Promise<Identity> {
  try {
    const [uid, gid] = await Promise.all(["-u", "-g"].map(async (flag) => Number(await idCommand(flag, user))));
    const usable = (id: number | undefined): id is number => id !== undefined && id > 0 && id <= UID_MAX;
    return usable(uid) && usable(gid) ? { uid, gid } : null;
  } catch {
    return null;
  }
}

async function idCommand(flag: string, user: string): Promise<string> {
  const { stdout } = await promisify(execFile)("id", [flag, user]);
  return stdout.trim();
}

/** Whether the identity may pass through every folder above `path` and into it (mode bits; access lists are not asked). */
export async function canReach(path: string, identity: Identity): Promise<boolean> {
  if (identity === null) return true;
  for (let at = await realpath(path); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const bit = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

export async function giveTo(path: string, identity: Identity): Promise<void> {
  if (identity !== null) await chown(path, identity.uid, identity.gid);
}
