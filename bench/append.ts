// Ledger append: gathered batches against one commit a row, side by side on one database.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asPublicBytes } from "../src/kernel/bytes.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { newId } from "../src/kernel/ids.ts";
import { openKeys, openLocalKeyring } from "../src/keys/keys.ts";
import { fileSignerMemory, openLedger, type EntryDraft, type Ledger } from "../src/ledger/ledger.ts";
import { openDatabase } from "../src/postgres/database.ts";
import { startEmbedded } from "../src/postgres/embedded.ts";
import { openStorage } from "../src/postgres/postgres.ts";
import { sql } from "../src/postgres/sql.ts";
import { compare } from "./measure.ts";
import { step } from "./progress.ts";
import { figuresOf, type Goal, type Growth, rateOf } from "./report.ts";

const WRITERS = 64;
const GROWTH = { writers: [1, 8, 256], seconds: 2 };
const BASELINE_CONNECTIONS = 16;
const DETAIL_SIZE_BYTES = 900;

export async function benchAppend(seconds: number): Promise<Goal[]> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-"));
  const embedded = await startEmbedded({ folder: join(folder, "postgres"), temporary: true });
  const source = { kind: "external", ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl } as const;
  const storage = await openStorage(source, { connectionsMax: 8 });
  const { database } = storage;
  const { provider, buckets } = await openLocalKeyring({ folder: join(folder, "keys") });
  const keys = await openKeys({ database, provider, buckets, leaseSeconds: 5 });
  const signerMemory = fileSignerMemory(join(folder, "signer"));
  const ledger = await openLedger({
    database,
    keys,
    clock: systemClock,
    origin: "bench.example/log",
    logShard: 0,
    signerMemory,
  });
  const owner = openDatabase({ url: embedded.ownerUrl, connectionsMax: BASELINE_CONNECTIONS });
  await owner.query(
    sql`create table bench_audit (id bigint generated always as identity primary key, at timestamptz, actor uuid, customer uuid, detail bytea)`,
  );
  const gathered = "ledger: gathered, sealed, promised, 64 writers";
  const single = "baseline: one commit a row, 16 connections";
  try {
    const [ours] = await compare([{ name: gathered, work: () => ledger.append(draft()) }], {
      workers: WRITERS,
      seconds,
      rounds: 3,
    });
    const [theirs] = await compare([{ name: single, work: () => owner.query(auditRow()) }], {
      workers: BASELINE_CONNECTIONS,
      seconds,
      rounds: 3,
    });
    const measured = [ours!, theirs!];
    const growth = await growthByWriters(ledger, ours!.perSecond);
    return [
      {
        what: "append, ours to one commit a row",
        ratio: rateOf(measured, gathered) / rateOf(measured, single),
        atLeast: 2,
        figures: figuresOf(measured),
        growth: [growth],
      },
    ];
  } finally {
    keys.close();
    await owner.close();
    await storage.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Short runs at other numbers of writers; the usual number has been measured already. */
async function growthByWriters(ledger: Ledger, usual: number): Promise<Growth> {
  const points = [{ size: WRITERS, value: usual }];
  for (const writers of GROWTH.writers) {
    step(`${writers} writers`);
    const contender = { name: "ledger", work: () => ledger.append(draft()) };
    const [measured] = await compare([contender], { workers: writers, seconds: GROWTH.seconds, rounds: 1 });
    points.push({ size: writers, value: measured?.perSecond ?? 0 });
  }
  return {
    id: "appends-by-writers",
    title: "Entries appended to the ledger",
    by: "writers",
    unit: "a second",
    series: [{ name: "gathered, sealed, promised", points: points.toSorted((left, right) => left.size - right.size) }],
  };
}

function draft(): EntryDraft {
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId: newId(),
    customerId: newId(),
    recipientId: null,
    purpose: "claim-handling",
    basis: "role-duty",
    classes: ["identity"],
    withheld: false,
    detail: { fields: "x".repeat(DETAIL_SIZE_BYTES - 300) },
    guard: {
      actorRevision: null,
      customerRevision: null,
      policyRevision: null,
    },
  };
}

function auditRow() {
  const detail = asPublicBytes(Buffer.alloc(DETAIL_SIZE_BYTES));
  return sql`insert into bench_audit (at, actor, customer, detail) values (now(), ${newId()}, ${newId()}, ${detail})`;
}
