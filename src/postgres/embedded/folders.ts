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
const SOCKET_FOLDER_PREFIX = "ubr-";

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

/**
 * An owner-only folder for the socket: in `folder`, or below the temporary folder when the path would be too long or out of reach.
 * INVARIANT: it is another one at every start, since the watchdog of a killed server may be removing the former one at this moment.
 */
export async function makeSocketFolder(folder: string, identity: Identity): Promise<string> {
  const noteFile = join(folder, "socket-folder");
  await removeFormer(noteFile);
  const near = join(folder, SOCKET_FOLDER_PREFIX);
  const longest = Buffer.byteLength(`${near}XXXXXX/${SOCKET_FILE}`);
  const isNear = longest <= SOCKET_PATH_BYTES_MAX && (await canReach(folder, identity));
  const parent = isNear ? folder : await reachableTemporaryFolder(identity);
  const made = await mkdtemp(join(parent, SOCKET_FOLDER_PREFIX));
  await giveTo(made, identity);
  await writeFile(noteFile, made, { mode: 0o600 });
  return made;
}

/** Removes the socket folder that an earlier server, killed together with its watchdog, left behind. */
async function removeFormer(noteFile: string): Promise<void> {
  const former = await readFile(noteFile, "utf8").catch(() => "");
  if (basename(former).startsWith(SOCKET_FOLDER_PREFIX)) await rm(former, { recursive: true, force: true });
  await rm(noteFile, { force: true });
}
