// For tests: a ledger over a fresh database, and drafts to put into it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../kernel/ids.ts";
import { systemClock } from "../kernel/clock.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import { openTestDatabase } from "../postgres/test-database.ts";
import type { TestDatabase } from "../postgres/test-database.ts";
import type { LedgerKeys } from "./detail.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { openLedger } from "./ledger.ts";
import type { Ledger, LedgerOptions, Sequenced } from "./ledger.ts";
import { jointSigner } from "./joint-signer.ts";
import { publishOnce } from "./publish.ts";
import type { PublisherParts } from "./publish.ts";
import { fileSignerMemory } from "./signer-memory.ts";
import { testKeys } from "./test-keys.ts";

export const TEST_ORIGIN = "ledger.test/main";
export const TEST_SHARD = 1;

export interface TestLedger {
  readonly db: TestDatabase;
  readonly ledger: Ledger;
  readonly keys: LedgerKeys;
  readonly options: LedgerOptions;
  readonly parts: PublisherParts;
  readonly folder: string;
  /** Publishes until everything sequenced is covered. */
  publish(): Promise<void>;
  close(): Promise<void>;
}

export async function openTestLedger(): Promise<TestLedger> {
  const db = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "uberrima-ledger-"));
  const keys = testKeys();
  const options: LedgerOptions = {
    database: db.database,
    keys,
    clock: systemClock,
    origin: TEST_ORIGIN,
    logShard: TEST_SHARD,
    signerMemory: fileSignerMemory(join(folder, "signer")),
  };
  const ledger = await openLedger(options);
  const parts = {
    ...options,
    signer: jointSigner(TEST_ORIGIN, () => keys.signingSeeds("ledger-signing")),
    memory: options.signerMemory,
  };
  const publish = async (): Promise<void> => {
    while ((await publishOnce(parts)) !== null);
  };
  const close = async (): Promise<void> => {
    await db.close();
    await rm(folder, { recursive: true });
  };
  return { db, ledger, keys, options, parts, folder, publish, close };
}

export function draft(changes: Partial<EntryDraft> = {}): EntryDraft {
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId: newId(),
    customerId: newId(),
    recipientId: null,
    purpose: "claim-handling",
    basis: "role-duty",
    classes: ["identity", "contact"],
    withheld: false,
    detail: { fields: ["person.last-name", "claim.narrative"], policies: ["adjuster-assigned"] },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
    ...changes,
  };
}

/** Appends `count` entries, gathered. */
export async function appendMany(
  ledger: Ledger,
  count: number,
  changes: Partial<EntryDraft> = {},
): Promise<Sequenced[]> {
  const sequenced = await Promise.all(Array.from({ length: count }, () => ledger.append(draft(changes))));
  return sequenced.map((entry) => {
    if (entry === null) throw new Error("an entry without guards was stale");
    return entry;
  });
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

export async function storedIndexes(on: Querier): Promise<number[]> {
  const rows = await on.query<{ index: number }>(sql`select index from ledger_entry order by index`);
  return rows.map((row) => row.index);
}
