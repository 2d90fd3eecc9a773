// The folder of an embedded server: who owns it, where its data lies, and a socket path that is short enough.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PostgresError } from "../errors.ts";
import { reachableTemporaryFolder } from "./binaries.ts";
import { type Identity, canReach, giveTo } from "./identity.ts";

/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const SOCKET_PATH_BYTES_MAX = 103;
const SOCKET_FILE = ".s.PGSQL.5432";
const TEMPORARY_SOCKET_PREFIX = "ubr-";

export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder for this process. The lock is SQLite's, since Node has no other lock that the kernel itself gives up when its
 * holder dies: nothing is ever stale and no process id is mistaken for another. Throws "folder-in-use".
 */
export function lockFolder(folder: string): FolderLock {
  const noteFile = join(folder, "server.pid");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, "server.lock"), { timeout: 0 });
    lock.exec("begin exclusive");
    writeFileSync(noteFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock?.close();
    if (!isBusy(error)) throw new PostgresError("cannot-run", `the folder ${folder} cannot be written`, error);
    throw new PostgresError("folder-in-use", `the folder ${folder} is in use by ${holder(noteFile)}`);
  }
  const held = lock;
  return { release: () => held.close() };
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return (error as { errcode?: number }).errcode === SQLITE_BUSY;
}

function holder(noteFile: string): string {
  try {
    return `the server process ${Number(readFileSync(noteFile, "utf8"))}`;
  } catch {
    return "another server process";
  }
}

/** Makes the folder. Root's is passable but not readable for others, so that PostgreSQL's user can get to its own part. */
export async function makeFolder(folder: string): Promise<void> {
  const mode = process.geteuid?.() === 0 ? 0o711 : 0o700;
  await mkdir(folder, { recursive: true, mode }).catch((error: Error) => {
    throw new PostgresError("cannot-run", `the folder ${folder} cannot be made`, error);
  });
}

/** An owner-only folder for the socket: in `folder`, or below the temporary folder when the path would be too long or out of reach. */
export async function makeSocketFolder(folder: string, identity: Identity): Promise<string> {
  const noteFile = join(folder, "socket-folder");
  await removeFormer(noteFile);
  const near = join(folder, "socket");
  // INVARIANT: PostgreSQL has been stopped, so whatever socket is left over there is dead.
  await rm(near, { recursive: true, force: true });
  const fits = Buffer.byteLength(join(near, SOCKET_FILE)) <= SOCKET_PATH_BYTES_MAX;
  if (fits && (await canReach(folder, identity))) {
    await mkdir(near, { mode: 0o700 });
    await giveTo(near, identity);
    return near;
  }
  const far = await mkdtemp(join(await reachableTemporaryFolder(identity), TEMPORARY_SOCKET_PREFIX));
  await giveTo(far, identity);
  await writeFile(noteFile, far, { mode: 0o600 });
  return far;
}

/** Removes the temporary socket folder that an earlier, killed server left behind. */
async function removeFormer(noteFile: string): Promise<void> {
  const former = await readFile(noteFile, "utf8").catch(() => "");
  if (basename(former).startsWith(TEMPORARY_SOCKET_PREFIX)) await rm(former, { recursive: true, force: true });
  await rm(noteFile, { force: true });
}
