// For tests: a vault over a fresh database, a real keyring and a real ledger, and short ways to put somebody into it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Uuid } from "../kernel/bytes.ts";
import { systemClock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import { openKeys, openLocalKeyring } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { fileSignerMemory, openLedger } from "../ledger/ledger.ts";
import { type TestDatabase, openTestDatabase } from "../postgres/test-database.ts";
import type { CustomerDraft, NewUnit, RecordDraft } from "./drafts.ts";
import type { StoredRecord } from "./stored-record.ts";
import { prepareRecordOrThrow } from "./prepare-record.ts";
import type { SourceKey } from "./source-key.ts";
import { type Registry, type Vault, type VaultParts, type WriteActor, loadRegistry, openVault } from "./vault.ts";

export const ACTOR: WriteActor = { actorId: null, actorRevision: null, purpose: "administration", basis: "role-duty" };
export const TEST_SHARD = 1;

export interface TestVault {
  readonly db: TestDatabase;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly parts: VaultParts;
  readonly vault: Vault;
  /** What another process would open. Closed with the rest. */
  reopenKeys(): Promise<Keys>;
  close(): Promise<void>;
}

const SCHEMA = join(import.meta.dirname, "../../governance/schema");
let shared: Registry | undefined;

function testRegistry(): Registry {
  shared ??= loadRegistry(SCHEMA);
  return shared;
}

export async function openTestVault(): Promise<TestVault> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-vault-"));
  const db = await openTestDatabase();
  const keyring = await openLocalKeyring({ folder: join(folder, "keys") });
  const opened: Keys[] = [];
  const reopenKeys = async (): Promise<Keys> => {
    opened.push(await openKeys({ database: db.database, ...keyring, leaseSeconds: 1, refreshSeconds: 0.05 }));
    return opened.at(-1)!;
  };
  const keys = await reopenKeys();
  const ledger = await openLedger({
    database: db.database,
    keys,
    clock: systemClock,
    origin: "test.example/vault",
    logShard: TEST_SHARD,
    signerMemory: fileSignerMemory(join(folder, "signer")),
  });
  const registry = testRegistry();
  const parts = { database: db.database, keys, ledger, registry, clock: systemClock, logShard: TEST_SHARD };
  const close = async (): Promise<void> => {
    for (const each of opened) each.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { db, keys, ledger, registry, parts, vault: openVault(parts), reopenKeys, close };
}

export const RELATIONSHIP: NewUnit = {
  kind: "relationship",
  entity: "life-co",
  brand: "alpha",
  line: "life",
  book: null,
};

export function recordDraft(
  recordType: string,
  fields: Record<string, string>,
  source: SourceKey | null = null,
): RecordDraft {
  const record = prepareRecordOrThrow(testRegistry(), {
    recordType,
    fields,
    context: { country: "US", currency: "USD" },
  });
  return { recordId: newId(), record, source };
}

/** A new person with one relationship unit that holds these records. */
export function personDraft(records: readonly RecordDraft[], sources: readonly SourceKey[] = []): CustomerDraft {
  const unit = { unitId: newId(), create: RELATIONSHIP, sources: [], records };
  return { customerId: newId(), create: { kind: "person" }, sources, units: [unit] };
}

export interface Somebody {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  readonly recordIds: readonly Uuid[];
}

/** Writes a new person; each record as [type, fields]. */
export async function put(
  vault: Vault,
  records: readonly (readonly [string, Record<string, string>])[],
): Promise<Somebody> {
  const draft = personDraft(records.map(([type, fields]) => recordDraft(type, fields)));
  await vault.create([draft], ACTOR);
  const unit = draft.units[0]!;
  return {
    customerId: draft.customerId,
    unitId: unit.unitId,
    recordIds: unit.records.map((record) => record.recordId),
  };
}

/** The first record of somebody, with its unit. */
export async function stored(vault: Vault, somebody: Somebody, at = 0): Promise<StoredRecord> {
  const [found] = await vault.loadRecords([somebody.customerId], { recordId: somebody.recordIds[at]! });
  if (found === undefined) throw new Error("the record is not stored");
  return found;
}
