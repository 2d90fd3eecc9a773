// One PostgreSQL server on one folder: made when absent, cleaned up after a crash, started, stopped.
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { PostgresError } from "../errors.ts";
import { type Binaries, prepareBinaries } from "./binaries.ts";
import { lockFolder, makeFolder, makeSocketFolder } from "./folders.ts";
import { type Identity, canReach, chooseIdentity, giveTo } from "./identity.ts";
import { stopOrphan } from "./orphan.ts";
import { type Place, type RunningPostgres, nameOf, runPostgres, spawnOn } from "./process.ts";
import { FIXED_SETTINGS, INITIAL_SETTINGS, asArguments } from "./settings.ts";

const MAJOR_VERSION = "18";
const MAKING_PREFIX = "data.making-";
export const SUPERUSER = "postgres";

export interface ClusterOptions {
  readonly folder: string;
  readonly log?: ((message: string) => void) | undefined;
  /** Removes the whole folder once PostgreSQL has ended, even when this process is killed. */
  readonly temporary?: boolean;
  /** More settings; they override ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Cluster {
  readonly socketFolder: string;
  readonly dataFolder: string;
  /** Resolves when PostgreSQL has ended, asked for or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server on `folder`. Without TCP: only through a socket in a folder that its owner alone can enter. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = resolve(options.folder);
  const dataFolder = join(folder, "data");
  await makeFolder(folder);
  const lock = lockFolder(folder);
  try {
    const identity = await chooseIdentity(dataFolder);
    // PostgreSQL's user removes a temporary folder, so it must own it.
    if (options.temporary === true) await giveTo(folder, identity);
    const binaries = await prepareBinaries(options.temporary === true ? null : folder, identity);
    await stopOrphan(dataFolder);
    if (!(await holdsCluster(dataFolder))) {
      options.log?.("making a new PostgreSQL data folder");
      const initdb = [binaries.initdb, ...initdbArguments(), ...(options.temporary === true ? ["--no-sync"] : [])];
      await makeCluster(folder, initdb, identity);
    }
    const socketFolder = await makeSocketFolder(folder, identity);
    const postgres = await start(options, { folder, dataFolder, socketFolder, binaries, identity });
    void postgres.ended.then(lock.release);
    return { socketFolder, dataFolder, ended: postgres.ended, stop: postgres.stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Parts {
  readonly folder: string;
  readonly dataFolder: string;
  readonly socketFolder: string;
  readonly binaries: Binaries;
  readonly identity: Identity;
}

async function start(options: ClusterOptions, parts: Parts): Promise<RunningPostgres> {
  const place = await placeOf(parts.dataFolder, parts.identity);
  const settings = {
    listen_addresses: "",
    unix_socket_directories: parts.socketFolder,
    ...FIXED_SETTINGS,
    ...options.settings,
  };
  return runPostgres({
    place,
    command: [parts.binaries.postgres, "-D", nameOf(place), ...asArguments(settings)],
    socketFolder: parts.socketFolder,
    startLog: join(parts.folder, "start.log"),
    temporaryFolder: options.temporary === true ? parts.folder : undefined,
  });
}

async function placeOf(dataFolder: string, identity: Identity): Promise<Place> {
  const reachable = await canReach(dataFolder, identity);
  if (!reachable && process.platform !== "linux") {
    throw new PostgresError(
      "cannot-run",
      `${dataFolder} lies below a closed folder: PostgreSQL's user cannot reach it`,
    );
  }
  return { dataFolder, identity, byDescriptor: !reachable };
}

async function holdsCluster(dataFolder: string): Promise<boolean> {
  const found = await stat(dataFolder).catch(() => null);
  if (found === null) return false;
  const us = process.geteuid?.();
  const version = (await readFile(join(dataFolder, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (us !== 0 && found.uid !== us) throw new PostgresError("folder-not-ours", `${dataFolder} belongs to another user`);
  if (version !== MAJOR_VERSION) {
    throw new PostgresError("folder-not-ours", `${dataFolder} is not a data folder of PostgreSQL ${MAJOR_VERSION}`);
  }
  return true;
}

/** Makes the data folder beside its place and moves it there whole, so that a crash half-way leaves nothing to mistake for one. */
async function makeCluster(folder: string, initdb: readonly string[], identity: Identity): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(MAKING_PREFIX)) await rm(join(folder, name), { recursive: true, force: true });
  }
  const making = join(folder, MAKING_PREFIX + randomBytes(6).toString("hex"));
  await mkdir(making, { mode: 0o700 });
  await giveTo(making, identity);
  await initialise(await placeOf(making, identity), initdb);
  await rename(making, join(folder, "data"));
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

async function initialise(place: Place, initdb: readonly string[]): Promise<void> {
  const child = spawnOn(place, [...initdb, "-D", nameOf(place)], ["ignore", "ignore", "pipe"]);
  const ended = new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  try {
    const [told, status] = await Promise.all([child.stderr === null ? "" : text(child.stderr), ended]);
    if (status !== 0) throw new Error(told);
  } catch (error) {
    throw new PostgresError("cannot-run", "PostgreSQL's data folder could not be made", error);
  }
}

function initdbArguments(): string[] {
  return [
    `--username=${SUPERUSER}`,
    "--encoding=UTF8",
    // Sorts by code point and changes with no operating system's locale: an index never needs rebuilding.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    // Whoever can enter the socket's folder is the owner; nobody else gets that far.
    "--auth-local=trust",
    "--auth-host=reject",
    "--no-instructions",
    ...asArguments(INITIAL_SETTINGS),
  ];
}
