// A large log: verifying all of it from outside, and telling which customers a principal saw, at three sizes.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../sdk/client.ts";
import { verifyLog } from "../sdk/verify/verify.ts";
import type { Uuid } from "../src/kernel/bytes.ts";
import { newId } from "../src/kernel/ids.ts";
import { sql } from "../src/postgres/sql.ts";
import { type Beside, openBeside } from "./beside.ts";
import { disclosureDraft, fillLog, untilPublished, walkingClock, type WalkingClock } from "./fill-log.ts";
import { median, timed } from "./measure.ts";
import { type Product, withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal, Growth, Point } from "./report.ts";
import { accountingMs, askOfOthers, CUSTOMERS_WATCHED, hireAuditor, seenByWatcherMs, SPAN_MS } from "./seen.ts";
import { type Compared, compareWithHashing, copyLog } from "./verify.ts";

const VERIFIED_TIMES = 3;

interface Scene {
  readonly beside: Beside;
  readonly clock: WalkingClock;
  readonly product: Product;
  readonly auditor: Client;
  /** The principal who makes all the entries, of these customers. */
  readonly watcher: Uuid;
  readonly watched: readonly Uuid[];
}

export async function benchLog(entries: number): Promise<Goal[]> {
  return withProduct(async (product) => {
    const clock = walkingClock(SPAN_MS);
    const beside = await openBeside(product, clock);
    try {
      const watched = Array.from({ length: CUSTOMERS_WATCHED }, newId);
      const auditor = await hireAuditor(product);
      return await measure({ beside, clock, product, auditor, watcher: newId(), watched }, entries);
    } finally {
      await beside.close();
    }
  });
}

async function measure(scene: Scene, entries: number): Promise<Goal[]> {
  const sizes: AtSize[] = [];
  for (const size of [entries / 100, entries / 10, entries].map(Math.round)) {
    step(`${size.toLocaleString("en")} disclosures by one principal, of ${CUSTOMERS_WATCHED} customers: writing`);
    const { beside, clock, watcher, watched } = scene;
    await fillLog(beside, { from: sizes.at(-1)?.size ?? 0, to: size }, (at) => {
      clock.at(at / entries);
      return disclosureDraft(watcher, watched[at % watched.length] ?? newId());
    });
    await untilPublished(beside, size);
    step("verifying, hashing alone, asking whom that principal saw");
    sizes.push(await measureAt(scene, size));
  }
  return [await verifyGoal(scene, sizes), await seenGoal(scene, sizes)];
}

interface AtSize {
  readonly size: number;
  /** Of all entries, some of them the server's own. */
  readonly verified: Compared & { readonly entries: number };
  readonly seenMs: readonly number[];
  readonly accountingMs: readonly number[];
}

async function measureAt(scene: Scene, size: number): Promise<AtSize> {
  const { auditor, beside, product, watcher, watched } = scene;
  const folder = join(product.folder, "copied-log");
  const copied = await copyLog(beside.ledger, folder);
  const compared = await compareWithHashing(copied, beside.ledger.logKey, VERIFIED_TIMES);
  await rm(folder, { recursive: true });
  await tidy(scene);
  return {
    size,
    verified: { ...compared, entries: copied.size },
    seenMs: await seenByWatcherMs(auditor, watcher),
    accountingMs: await accountingMs(auditor, watched[0] ?? newId()),
  };
}

/** What PostgreSQL does by itself within minutes; a year's log is not written in one. */
async function tidy({ product }: Scene): Promise<void> {
  await product.owner.query(sql`vacuum analyze ledger_entry`);
}

async function verifyGoal({ beside, product }: Scene, sizes: readonly AtSize[]): Promise<Goal> {
  step("verifying all of it over HTTP");
  const [, httpSeconds] = await timed(() => verifyLog(`${product.url}/log`, beside.ledger.logKey));
  const { entries, verifySeconds, hashSeconds } = largest(sizes).verified;
  const of = `${entries.toLocaleString("en")} entries`;
  const microseconds = (value: (one: Compared) => number): Point[] =>
    sizes.map(({ size, verified }) => ({ size, value: (value(verified) / verified.entries) * 1e6 }));
  const growth: Growth = {
    id: "verify-by-entries",
    title: "Verifying a log",
    by: "entries",
    unit: "microseconds an entry",
    series: [
      { name: "outside verifier, from a folder", points: microseconds((one) => one.verifySeconds) },
      { name: "hashing alone", points: microseconds((one) => one.hashSeconds) },
    ],
  };
  return {
    what: "verify a log, to hashing alone",
    ratio: verifySeconds / hashSeconds,
    atMost: 2,
    figures: [
      { name: `hashing alone, ${of}`, value: hashSeconds, unit: "s" },
      { name: `outside verifier from a folder, ${of}`, value: verifySeconds, unit: "s" },
      { name: `outside verifier over HTTP, the server's own time with it, ${of}`, value: httpSeconds, unit: "s" },
    ],
    growth: [growth],
  };
}

async function seenGoal(scene: Scene, sizes: readonly AtSize[]): Promise<Goal> {
  const { auditor, beside, clock } = scene;
  const { size, seenMs } = largest(sizes);
  const others = await askOfOthers(auditor, beside, clock, size);
  const watcher = `${size.toLocaleString("en")} disclosures of ${CUSTOMERS_WATCHED} customers: all in one page`;
  const medians = (value: (one: AtSize) => readonly number[]): Point[] =>
    sizes.map((one) => ({ size: one.size, value: median(value(one)) }));
  const growth: Growth = {
    id: "questions-by-entries",
    title: "Questions to the ledger",
    by: "entries",
    unit: "milliseconds",
    series: [
      { name: "whom a principal saw that made all the entries", points: medians((one) => one.seenMs) },
      { name: "newest page of one customer's accounting", points: medians((one) => one.accountingMs) },
    ],
  };
  return {
    what: "which customers did this principal see, slowest answer",
    ratio: Math.max(...seenMs, others.slowestMs) / 1000,
    unit: "s",
    atMost: 1,
    figures: [{ name: watcher, value: median(seenMs), unit: "ms" }, ...others.figures],
    growth: [growth],
  };
}

function largest(sizes: readonly AtSize[]): AtSize {
  const last = sizes.at(-1);
  if (last === undefined) throw new Error("nothing was measured");
  return last;
}
