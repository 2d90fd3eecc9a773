// The processor time of PostgreSQL, all its processes together, where the system tells (Linux).
import { readdir, readFile } from "node:fs/promises";
import type { Database } from "../src/postgres/database.ts";
import { sql } from "../src/postgres/sql.ts";

const TICKS_PER_SECOND = 100;

/** Of the server that `on` is connected to, when it runs on this machine; null when that cannot be told. */
export async function postgresCpuSeconds(on: Database): Promise<number | null> {
  const [row] = await on.query<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  const backend = row === undefined ? null : await readStat(String(row.pid));
  if (backend === null) return null;
  const all = await Promise.all((await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(readStat));
  const own = all.filter((stat) => stat !== null && (stat.pid === backend.parent || stat.parent === backend.parent));
  return own.reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0) / TICKS_PER_SECOND;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Its own, and those of its children that have ended. */
  readonly ticks: number;
}

/** proc_pid_stat(5): after the name in parentheses, field 4 is the parent, 14 to 17 are the times. */
async function readStat(pid: string): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const number = (field: number): number => Number(fields[field - 3]);
  return { pid: Number(pid), parent: number(4), ticks: number(14) + number(15) + number(16) + number(17) };
}
