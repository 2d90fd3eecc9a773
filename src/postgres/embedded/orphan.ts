// Finds the PostgreSQL that a killed server may have left running on a data folder, and stops it.
import { execFile } from "node:child_process";
import { readFile, readlink, realpath, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PostgresError } from "../errors.ts";

const FAST_SHUTDOWN_SECONDS = 60;
const IMMEDIATE_SHUTDOWN_SECONDS = 20;
const POLL_MS = 50;

/** Stops a postmaster that still owns `dataFolder`; a pid file whose process is gone, or is something else, is removed. */
export async function stopOrphan(dataFolder: string): Promise<void> {
  const pid = await postmasterPid(dataFolder);
  if (pid === null) return;
  if (await isPostmasterOf(pid, dataFolder)) await stopPostmaster(pid, dataFolder);
  // A pid that was given to another process since would keep PostgreSQL from starting; its own interlock in shared memory remains.
  await rm(join(dataFolder, "postmaster.pid"), { force: true });
}

/** The process id in postmaster.pid, null when there is none. */
export async function postmasterPid(dataFolder: string): Promise<number | null> {
  const [first] = (await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const pid = Number(first);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
}

/** Whether a live process is the PostgreSQL server of this very folder. A postmaster's working directory is its data folder. */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  if (process.platform === "linux") {
    const [program, folder] = await Promise.all(
      ["exe", "cwd"].map((link) => readlink(`/proc/${pid}/${link}`).catch(() => "")),
    );
    const name = basename(program ?? "").replace(" (deleted)", "");
    return name === "postgres" && folder === (await realpath(dataFolder));
  }
  const ps = await promisify(execFile)("ps", ["-ww", "-o", "command=", "-p", String(pid)]).catch(() => ({
    stdout: "",
  }));
  return /(^|\/)postgres /.test(ps.stdout) && ps.stdout.includes(dataFolder);
}

async function stopPostmaster(pid: number, dataFolder: string): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (recovery follows at the next start). Never SIGKILL: backends would stay.
  for (const [signal, seconds] of [
    ["SIGINT", FAST_SHUTDOWN_SECONDS],
    ["SIGQUIT", IMMEDIATE_SHUTDOWN_SECONDS],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH")
        throw new PostgresError(
          "folder-not-ours",
          `PostgreSQL (process ${pid}) of another user runs on ${dataFolder}`,
          error,
        );
    }
    for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(POLL_MS)) {
      if (!(await isPostmasterOf(pid, dataFolder))) return;
    }
  }
  throw new PostgresError("folder-in-use", `PostgreSQL (process ${pid}) on ${dataFolder} does not stop`);
}
