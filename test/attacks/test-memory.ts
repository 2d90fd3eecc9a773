// What a crash of the database would dump: the memory of its processes, where this machine lets us read it.
import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

interface Dump {
  readonly where: string;
  readonly bytes: Buffer;
}

const DUMP_BYTES_MAX = 64 * 1024 * 1024;

/** What every process of the server on this data folder holds in memory of its own or shares; null where that cannot be read. */
export async function memoryOfDatabase(data: string): Promise<Dump[] | null> {
  const postmaster = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n", 1)[0];
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const dumps: Dump[] = [];
  let isSharedRead = false;
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    if (pid !== postmaster && !status.includes(`PPid:\t${postmaster}\n`)) continue;
    const regions = await regionsOf(pid, isSharedRead);
    if (regions === null) return null;
    isSharedRead = true;
    dumps.push(...regions);
  }
  return dumps;
}

async function regionsOf(pid: string, isSharedRead: boolean): Promise<Dump[] | null> {
  const memory = await open(`/proc/${pid}/mem`, "r").catch(() => null);
  if (memory === null) return null;
  try {
    const maps = (await readFile(`/proc/${pid}/maps`, "utf8")).split("\n").flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) rw-([sp])/.exec(line);
      return match === null
        ? []
        : [{ from: Number.parseInt(match[1]!, 16), to: Number.parseInt(match[2]!, 16), isShared: match[3] === "s" }];
    });
    const dumps: Dump[] = [];
    for (const { from, to, isShared } of maps.filter((map) => !map.isShared || !isSharedRead)) {
      for (let start = from; start < to; start += DUMP_BYTES_MAX) {
        const bytes = Buffer.alloc(Math.min(DUMP_BYTES_MAX, to - start));
        const read = await memory.read(bytes, 0, bytes.length, start).catch(() => null);
        if (read !== null)
          dumps.push({ where: `${isShared ? "shared" : "own"} memory`, bytes: bytes.subarray(0, read.bytesRead) });
      }
    }
    return dumps;
  } finally {
    await memory.close();
  }
}
