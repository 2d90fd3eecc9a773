// Files that only their owner may read, written so that a crash leaves the old content or the new, never a part.
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KeysError } from "./errors.ts";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077;
const FILE_SIZE_BYTES_MAX = 1024 * 1024;
const TEMPORARY_SUFFIX = ".tmp";
const DISCARDED_SUFFIX = ".discarded";
/** A temporary file older than this belongs to no process that is still writing it. */
const ABANDONED_AFTER_MS = 60_000;

/** Makes the folder (0700) when it is missing. Throws KeysError "keyring-permissions" when anybody else may enter it. */
export async function ensurePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const found = await lstat(folder);
  if (!found.isDirectory()) throw new KeysError("keyring-permissions");
  refuseOthers(found);
}

/** The file's content; null when there is none. Throws KeysError "keyring-permissions" on a file that others may read, or a link. */
export async function readPrivateFile(path: string): Promise<Buffer | null> {
  const file = await openOrNull(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  if (file === null) return null;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > FILE_SIZE_BYTES_MAX) throw new KeysError("keyring-permissions");
    refuseOthers(found);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Creates the file durably and whole; false, and nothing changed, when it exists: of two processes that try, one wins. */
export async function createPrivateFile(path: string, content: Uint8Array): Promise<boolean> {
  const temporary = await writeTemporary(path, content);
  try {
    await link(temporary, path);
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await unlink(temporary).catch(ignoreMissing);
  }
  await syncFolder(dirname(path));
  return true;
}

/**
 * Overwrites the file and removes it, with whatever else a crash left of it: other names, half-discarded content. Nothing when there is none. Any
 * number of processes may do so together.
 */
export async function destroyPrivateFile(folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  const discarded = `${path}.${randomBytes(8).toString("hex")}${DISCARDED_SUFFIX}`;
  await rename(path, discarded).catch(ignoreMissing);
  // The name is gone before the content is: after a crash nobody finds a file of zeros where a key was.
  await syncFolder(folder);
  for (const left of await readdir(folder)) if (left.startsWith(`${name}.`)) await shred(join(folder, left));
}

/** Whether a name is that of a file which is being destroyed, or was when somebody died. */
export function isDiscarded(name: string): boolean {
  return name.endsWith(DISCARDED_SUFFIX);
}

/** Removes what a crash left half written or half discarded. */
export async function shredLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (isDiscarded(name)) await shred(path);
    if (name.endsWith(TEMPORARY_SUFFIX) && (await ageMs(path)) > ABANDONED_AFTER_MS) await shredUnlessNamed(path);
  }
}

function refuseOthers(found: { readonly mode: number; readonly uid: number }): void {
  const owner = process.geteuid?.() ?? found.uid;
  if ((found.mode & OTHERS) !== 0 || found.uid !== owner) throw new KeysError("keyring-permissions");
}

async function writeTemporary(path: string, content: Uint8Array): Promise<string> {
  const temporary = `${path}.${randomBytes(8).toString("hex")}${TEMPORARY_SUFFIX}`;
  const file = await open(temporary, "wx", FILE_MODE);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return temporary;
}

/** Overwriting cannot reach what a copy-on-write file system or a flash controller kept; the bytes are sealed for that reason too. */
async function shred(path: string): Promise<void> {
  // Another process may be shredding the same file.
  const file = await openOrNull(path, constants.O_RDWR | constants.O_NOFOLLOW);
  if (file === null) return;
  try {
    await overwrite(file);
  } finally {
    await file.close();
  }
  await unlink(path).catch(ignoreMissing);
  await syncFolder(dirname(path));
}

/**
 * INVARIANT: after a crash, or since its writer woke, a temporary name may be a second one of a living file, whose content must stay; then only the
 * name goes.
 */
async function shredUnlessNamed(path: string): Promise<void> {
  const file = await openOrNull(path, constants.O_RDWR | constants.O_NOFOLLOW);
  if (file === null) return;
  try {
    await unlink(path).catch(ignoreMissing);
    // Looked at after the name is gone: from now on nobody can give it another.
    if ((await file.stat()).nlink === 0) await overwrite(file);
  } finally {
    await file.close();
  }
}

async function overwrite(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  await file.write(Buffer.alloc(Math.min(size, FILE_SIZE_BYTES_MAX)), 0, undefined, 0);
  await file.sync();
}

const waiting = new Map<string, Promise<void>>();
const running = new Map<string, Promise<void>>();

/** Those who ask while one runs share the next: it begins after what each of them wrote. */
function syncFolder(folder: string): Promise<void> {
  const queued = waiting.get(folder);
  if (queued !== undefined) return queued;
  const before = running.get(folder) ?? Promise.resolve();
  const next = before.then(
    () => startSync(folder),
    () => startSync(folder),
  );
  waiting.set(folder, next);
  return next;
}

function startSync(folder: string): Promise<void> {
  waiting.delete(folder);
  const sync = syncFolderNow(folder).finally(() => {
    if (running.get(folder) === sync) running.delete(folder);
  });
  running.set(folder, sync);
  return sync;
}

async function syncFolderNow(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openOrNull(path: string, flags: number): Promise<FileHandle | null> {
  try {
    return await open(path, flags);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    // O_NOFOLLOW answers so to a symbolic link.
    if (hasCode(error, "ELOOP")) throw new KeysError("keyring-permissions");
    throw error;
  }
}

async function ageMs(path: string): Promise<number> {
  try {
    // The file system's time is the machine's, so no other clock can be asked.
    return Date.now() - (await lstat(path)).mtimeMs;
  } catch (error) {
    ignoreMissing(error);
    return 0;
  }
}

function ignoreMissing(error: unknown): void {
  if (!hasCode(error, "ENOENT")) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
