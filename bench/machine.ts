// What figures depend on: the machine, the versions, the commit.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openDatabase } from "../src/postgres/database.ts";
import { startEmbedded } from "../src/postgres/embedded.ts";
import { sql } from "../src/postgres/sql.ts";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
}

const ROOT = join(import.meta.dirname, "..");
const run = promisify(execFile);

export async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: process.versions.node,
    postgres: await postgresVersion(),
  };
}

export function machineText({ processor, cores, memoryGib, system, node, postgres }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGib} GiB, ${system}, Node ${node}, PostgreSQL ${postgres}`;
}

/** With a plus where files differ from what was committed; "unknown" outside a repository. */
export async function describeCommit(): Promise<string> {
  try {
    const commit = (await run("git", ["rev-parse", "--short=12", "HEAD"], { cwd: ROOT })).stdout.trim();
    const changes = (await run("git", ["status", "--porcelain"], { cwd: ROOT })).stdout.trim();
    return changes === "" ? commit : `${commit}+`;
  } catch {
    return "unknown";
  }
}

/** Asked of the embedded server itself, which all parts run on. */
async function postgresVersion(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-"));
  const embedded = await startEmbedded({ folder: join(folder, "postgres"), temporary: true });
  const database = openDatabase({ url: embedded.ownerUrl, connectionsMax: 1 });
  try {
    const [row] = await database.query<{ server_version: string }>(sql`show server_version`);
    return row?.server_version ?? "unknown";
  } finally {
    await database.close();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
