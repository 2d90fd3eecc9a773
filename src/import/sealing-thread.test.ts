// Large batches are sealed in a thread of their own, as they would be here; one that dies takes its batch along and no other.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { DATA_CLASSES } from "../kernel/vocabulary.ts";
import { openTestVault, type TestVault } from "../vault/test-vault.ts";
import type { SealedRecord, SealJob } from "../vault/vault.ts";
import { startSealingThread } from "./sealing-thread.ts";

const SCHEMA = join(import.meta.dirname, "../../governance/schema");

let open: TestVault;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-sealing-"));
  open = await openTestVault();
});
after(async () => {
  await open?.close();
  await rm(folder, { recursive: true, force: true });
});

function jobs(count: number): SealJob[] {
  const keys = new Map(DATA_CLASSES.map((each) => [each, { version: 1, key: new Uint8Array(randomBytes(32)) }]));
  return Array.from({ length: count }, (_, at) => ({
    place: { customerId: newId(), recordId: newId(), unitId: newId(), recordType: "contact", schemaVersion: 1 },
    fields: new Map([["email", { normalised: `lovelace-${at}@example.com`, given: `Lovelace-${at}@example.com` }]]),
    keys,
  }));
}

const tokensOf = (record: SealedRecord | undefined): string =>
  (record?.tokens ?? []).map(({ indexName, token }) => `${indexName} ${Buffer.from(token).toString("hex")}`).join();

test("a batch is sealed in the thread as a small one is in this, each record with its own tokens", async (context) => {
  const thread = startSealingThread({ ...open, schemaFolder: SCHEMA });
  context.after(() => thread.stop());
  const batch = jobs(40);
  const [many, one] = [await thread.seal(batch), await thread.seal(batch.slice(0, 1))];
  assert.equal(many.length, 40);
  const [first, second, alone] = [many[0], many[1], one[0]].map((record) => tokensOf(record));
  assert.ok(alone !== "");
  assert.equal(first, alone);
  assert.notEqual(second, alone);
});

test("a thread that dies fails its batch, and the next batch has another", async (context) => {
  const schemaFolder = join(folder, "schema");
  const thread = startSealingThread({ ...open, schemaFolder });
  context.after(() => thread.stop());
  await assert.rejects(thread.seal(jobs(40)), /sealing thread/);
  await cp(SCHEMA, schemaFolder, { recursive: true });
  assert.equal((await thread.seal(jobs(40))).length, 40);
});
