// Ledger append: gathered batches against one commit a row, side by side on one database.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asPublicBytes } from "../src/kernel/bytes.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { newId } from "../src/kernel/ids.ts";
import { openKeys, openLocalKeyring } from "../src/keys/keys.ts";
import { fileSignerMemory, openLedger, type EntryDraft, type Ledger } from "../src/ledger/ledger.ts";
import { type Database, openDatabase } from "../src/postgres/database.ts";
import { startEmbedded } from "../src/postgres/embedded.ts";
import { openStorage } from "../src/postgres/postgres.ts";
import { named, sql } from "../src/postgres/sql.ts";
import { compare } from "./measure.ts";
import { step } from "./progress.ts";
import { figuresOf, type Goal, type Growth, rateOf } from "./report.ts";

const WRITERS = 64;
const GROWTH = { writers: [1, 8, 256], seconds: 2 };
const BASELINE_CONNECTIONS = 16;
const DETAIL_SIZE_BYTES = 900;
const NAMES = {
  gathered: "ledger: gathered, sealed, promised, 64 writers",
  // What a log needs of each row, and no more: the next index without gaps, which is a lock until the commit.
  sequenced: "one commit a row in sequence, 16 connections",
  // An audit table that no checkpoint could ever be made of: for orientation.
  loose: "one commit a row in no sequence, 16 connections",
} as const;

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
    appendOn: storage.openPipeline(),
    keys,
    clock: systemClock,
    origin: "bench.example/log",
    logShard: 0,
    signerMemory,
  });
  const owner = openDatabase({ url: embedded.ownerUrl, connectionsMax: BASELINE_CONNECTIONS });
  await makeBaselineTables(owner);
  try {
    const measured = await compare(
      [
        { name: NAMES.gathered, workers: WRITERS, work: () => ledger.append(draft()) },
        { name: NAMES.sequenced, work: () => owner.query(sequencedRow()) },
        { name: NAMES.loose, work: () => owner.query(looseRow()) },
      ],
      { workers: BASELINE_CONNECTIONS, seconds, rounds: 3 },
    );
    const ours = rateOf(measured, NAMES.gathered);
    const growth = await growthByWriters(ledger, ours);
    return [
      {
        what: "append, ours to one commit a row",
        ratio: ours / rateOf(measured, NAMES.sequenced),
        atLeast: 2,
        figures: figuresOf(measured),
        growth: [growth],
      },
      { what: "append, ours to one commit a row without a sequence", ratio: ours / rateOf(measured, NAMES.loose) },
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

async function makeBaselineTables(owner: Database): Promise<void> {
  await owner.query(sql`create table bench_head (size bigint not null) with (fillfactor = 10)`);
  await owner.query(sql`insert into bench_head values (0)`);
  await owner.query(
    sql`create table bench_sequenced (index bigint primary key, at timestamptz, actor uuid, customer uuid, detail bytea)`,
  );
  await owner.query(
    sql`create table bench_loose (id bigint generated always as identity primary key, at timestamptz, actor uuid, customer uuid, detail bytea)`,
  );
}

const DETAIL = asPublicBytes(Buffer.alloc(DETAIL_SIZE_BYTES));

function sequencedRow() {
  return named(
    "bench-sequenced",
    sql`with head as (update bench_head set size = size + 1 returning size)
      insert into bench_sequenced (index, at, actor, customer, detail) select size - 1, now(), ${newId()}, ${newId()}, ${DETAIL} from head`,
  );
}

function looseRow() {
  return named(
    "bench-loose",
    sql`insert into bench_loose (at, actor, customer, detail) values (now(), ${newId()}, ${newId()}, ${DETAIL})`,
  );
}
