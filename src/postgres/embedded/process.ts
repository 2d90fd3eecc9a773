// Runs PostgreSQL so that it ends when we end, however we end: a small shell holds a pipe from us and shuts PostgreSQL down when it closes.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PostgresError } from "../errors.ts";
import type { Identity } from "./identity.ts";
import { stopOrphan } from "./orphan.ts";

/**
 * $1 socket folder, $2 folder to remove at the end or "", then the command. Signals meant for our process group are ignored: only the
 * pipe counts. SIGINT is PostgreSQL's fast shutdown; SIGQUIT, after half a minute, its immediate one. The kernel closes the pipe even
 * when we are killed with SIGKILL.
 */
const WATCHDOG = `
trap '' HUP INT TERM PIPE
socket=$1 temporary=$2
shift 2
exec 4<&0 </dev/null
"$@" 4<&- >/dev/null &
postmaster=$!
echo "$postmaster"
exec >/dev/null
(
  read -r _ <&4
  kill -INT "$postmaster"
  waited=0
  while kill -0 "$postmaster"; do
    if [ "$waited" -eq 30 ]; then kill -QUIT "$postmaster"; fi
    sleep 1
    waited=$((waited + 1))
  done
) 2>/dev/null &
guard=$!
exec 4<&-
wait "$postmaster"
status=$?
kill -KILL "$guard"
rm -rf "$socket"
if [ -n "$temporary" ]; then rm -rf "$temporary"; fi
exit "$status"
`;

const START_SECONDS_MAX = 300;
const POLL_MS = 20;
const LOG_TAIL_CHARACTERS = 2000;
/** Nothing of our environment (secrets may be there) reaches PostgreSQL. */
const ENVIRONMENT = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

export interface Place {
  /** What PostgreSQL is told: the path, or the number of a descriptor when its user cannot reach the path. */
  readonly dataFolder: string;
  readonly identity: Identity;
  readonly byDescriptor: boolean;
}

/** Runs a program on the data folder. A descriptor of the folder is passed as number 3, see `place`. */
export function spawnOn(
  place: Place,
  command: readonly string[],
  output: ("pipe" | "ignore" | number)[],
): ChildProcess {
  const [program = "", ...rest] = command;
  const descriptor = place.byDescriptor ? openSync(place.dataFolder, "r") : undefined;
  try {
    return spawn(program, rest, {
      ...place.identity,
      cwd: "/",
      env: ENVIRONMENT,
      detached: true,
      stdio: descriptor === undefined ? output : [...output, descriptor],
    });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** How a program started by `spawnOn` names the data folder. Opening a descriptor again asks nothing of the folders above it. */
export function nameOf(place: Place): string {
  return place.byDescriptor ? "/proc/self/fd/3" : place.dataFolder;
}

export interface RunningPostgres {
  /** Resolves when PostgreSQL has ended, asked for or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly place: Place;
  readonly command: readonly string[];
  readonly socketFolder: string;
  readonly startLog: string;
  /** Removed, with everything in it, once PostgreSQL has ended. */
  readonly temporaryFolder?: string | undefined;
}

/** Starts PostgreSQL under its watchdog and waits until it takes connections. */
export async function runPostgres(options: RunOptions): Promise<RunningPostgres> {
  const log = openSync(options.startLog, "w", 0o600);
  const watched = ["/bin/sh", "-c", WATCHDOG, "uberrima-postgres", options.socketFolder, options.temporaryFolder ?? ""];
  const child = spawnOn(options.place, [...watched, ...options.command], ["pipe", "pipe", log]);
  closeSync(log);
  const ended = whenEnded(child, options);
  child.stdin?.on("error", () => {});
  try {
    await ready(child, options.place.dataFolder, await firstLine(child));
  } catch (error) {
    await stop(child, ended);
    const told = await whatItSaid(options);
    throw new PostgresError(
      "start-failed",
      `PostgreSQL did not start; see ${options.startLog}`,
      new Error(told, { cause: error }),
    );
  }
  letGo(child);
  return { ended, stop: () => stop(child, ended) };
}

/** The end of what PostgreSQL logged: first to the file we gave it, then to its own. */
async function whatItSaid({ startLog, place }: RunOptions): Promise<string> {
  const folder = join(place.dataFolder, "log");
  const own = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
  const texts = await Promise.all([startLog, ...own].map((path) => readFile(path, "utf8").catch(() => "")));
  return texts.map((text) => text.slice(-LOG_TAIL_CHARACTERS)).join("\n");
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
    child.stdout?.once("close", () => reject(new Error("the watchdog ended")));
  });
}

/** PostgreSQL writes its state to line 8 of postmaster.pid. Recovery after a crash may take minutes. */
async function ready(child: ChildProcess, dataFolder: string, pid: string): Promise<void> {
  for (const until = Date.now() + START_SECONDS_MAX * 1000; Date.now() < until; await sleep(POLL_MS)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("PostgreSQL ended while starting");
    const lines = (await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
    if (lines[0]?.trim() === pid && lines[7]?.trim() === "ready") return;
  }
  throw new Error("PostgreSQL took too long to start");
}

/** Our process may end while PostgreSQL runs: the closing pipe ends it. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) (pipe as Socket | null)?.unref();
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.ref();
  (child.stdin as Socket | null)?.destroy();
  await ended;
}

async function whenEnded(child: ChildProcess, options: RunOptions): Promise<void> {
  await new Promise<void>((resolve) => {
    child.once("close", () => resolve()).once("error", () => resolve());
  });
  // Normally the watchdog has done all of this. When it was killed itself, PostgreSQL must not go on unwatched.
  if (child.signalCode === null) return;
  await stopOrphan(options.place.dataFolder).catch(() => {});
  await rm(options.socketFolder, { recursive: true, force: true });
  if (options.temporaryFolder !== undefined) await rm(options.temporaryFolder, { recursive: true, force: true });
}
