// Import: sealed, masked and indexed customers over HTTP, against the same rows in plaintext with plain indexes.
import { createHash } from "node:crypto";
import { createReadStream, openAsBlob } from "node:fs";
import { copyFile, cp, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../sdk/client.ts";
import type { Database } from "../src/postgres/database.ts";
import { writeFeed } from "./import-feed.ts";
import { importPlain, preparePlain } from "./import-plain.ts";
import { postgresCpuSeconds } from "./postgres-usage.ts";
import type { Figure, Goal } from "./report.ts";
import type { Ready, Usage } from "./server.ts";
import { withServer } from "./stage.ts";

const SEED = 11;

export async function benchImport(customers: number): Promise<Goal[]> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-feed-"));
  try {
    const governance = await governanceWithFeed(folder);
    const [warmUp, feed] = [join(folder, "warm-up.ndjson"), join(folder, "feed.ndjson")];
    await writeFeed(warmUp, { customers, seed: SEED });
    await writeFeed(feed, { customers, seed: SEED + 1 });
    return await withServer(
      async (ready, usage, owner) => {
        await importFeed(ready, warmUp);
        await preparePlain(owner, warmUp);
        const ours = await measure(owner, usage, () => importFeed(ready, feed));
        const plain = await measure(owner, ownUsage, () => importPlain(owner, feed));
        return report(customers, ours, plain);
      },
      { UBERRIMA_GOVERNANCE: governance },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The product's own schema, indexes and policies, and the bench's mapping beside the others. */
export async function governanceWithFeed(folder: string): Promise<string> {
  const governance = join(folder, "governance");
  await cp(new URL("../governance", import.meta.url).pathname, governance, { recursive: true });
  await copyFile(
    new URL("customers-30.yaml", import.meta.url).pathname,
    join(governance, "mappings/bench-customers.yaml"),
  );
  return governance;
}

export async function importFeed(ready: Pick<Ready, "url" | "feedToken">, path: string): Promise<void> {
  const { imports } = connect({ url: ready.url, token: ready.feedToken });
  const sha256 = createHash("sha256");
  for await (const chunk of createReadStream(path)) sha256.update(chunk as Buffer);
  const { size: sizeBytes } = await stat(path);
  const run = await imports.start({ mapping: "bench-customers", sizeBytes, sha256: sha256.digest("hex") });
  const done = await imports.send(run, await openAsBlob(path));
  if (done.state !== "done" || done.totals.rejected > 0) throw new Error("the bench's own feed was not taken whole");
}

interface Spent {
  readonly seconds: number;
  /** Of the process that imports, with all its threads. */
  readonly cpuSeconds: number;
  /** Of PostgreSQL, all its processes; null where the system does not tell. */
  readonly databaseCpuSeconds: number | null;
  readonly rssBytes: number;
}

async function measure(owner: Database, usage: () => Promise<Usage>, work: () => Promise<void>): Promise<Spent> {
  const [before, databaseBefore] = [await usage(), await postgresCpuSeconds(owner)];
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const [after, databaseAfter] = [await usage(), await postgresCpuSeconds(owner)];
  const databaseCpuSeconds = databaseBefore === null || databaseAfter === null ? null : databaseAfter - databaseBefore;
  return { seconds, cpuSeconds: after.cpuSeconds - before.cpuSeconds, databaseCpuSeconds, rssBytes: after.rssBytes };
}

async function ownUsage(): Promise<Usage> {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage().rss, cpuSeconds: (user + system) / 1e6 };
}

/**
 * A second and core: customers for each second of processor time that the importing process spent, all its threads together (parsing, sealing,
 * hashing, statements). What PostgreSQL spent is named beside it, for both.
 */
function report(customers: number, ours: Spent, plain: Spent): Goal[] {
  return [
    {
      what: "import: customers a second and core",
      ratio: customers / ours.cpuSeconds,
      atLeast: 2500,
      figures: [...figuresOf("ours, over HTTP", customers, ours), ...figuresOf("plaintext", customers, plain)],
    },
    { what: "import to plaintext: processor time, PostgreSQL's with it", ratio: total(plain) / total(ours) },
    { what: "import to plaintext: time on the clock", ratio: plain.seconds / ours.seconds },
  ];
}

function total({ cpuSeconds, databaseCpuSeconds }: Spent): number {
  return cpuSeconds + (databaseCpuSeconds ?? 0);
}

function figuresOf(name: string, customers: number, spent: Spent): Figure[] {
  const { seconds, cpuSeconds, databaseCpuSeconds, rssBytes } = spent;
  const microseconds = (over: number): number => (over / customers) * 1e6;
  const figures = [
    { name: `${name}: customers on the clock`, value: customers / seconds, unit: "a second" },
    { name: `${name}: processor time here`, value: microseconds(cpuSeconds), unit: "µs a customer" },
    { name: `${name}: memory at the end`, value: rssBytes / 1e6, unit: "MB" },
  ];
  if (databaseCpuSeconds === null) return figures;
  const database = { name: `${name}: processor time in PostgreSQL`, value: microseconds(databaseCpuSeconds) };
  return [...figures, { ...database, unit: "µs a customer" }];
}
