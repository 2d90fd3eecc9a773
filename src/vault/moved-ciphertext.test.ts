// Ciphertexts moved to another customer, record, unit, field, form or revision.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asSealed, type Sealed } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { VaultError } from "./errors.ts";
import { openFields } from "./open.ts";
import { openMasks } from "./masked.ts";
import { encodePack, type PackedField, parsePack } from "./pack.ts";
import type { ReadRecord } from "./record-store.ts";
import { type Somebody, type TestVault, openTestVault, put, recordDraft, stored, ACTOR } from "./test-vault.ts";

const isTampering = (error: unknown): boolean =>
  error instanceof VaultError && (error.code === "does-not-open" || error.code === "forged");

describe("a ciphertext in another place", () => {
  let open: TestVault;
  let ada: Somebody;
  let bob: Somebody;
  before(async () => {
    open = await openTestVault();
    const person = (first: string, last: string) =>
      [
        ["person", { "first-name": first, "last-name": last, "annual-income": "50000" }],
        ["person", { "first-name": first, "last-name": last, "annual-income": "50000" }],
      ] as const;
    ada = await put(open.vault, person("Ada", "Lovelace"));
    bob = await put(open.vault, person("Bob", "Babbage"));
  });
  after(() => open.close());

  /** Puts a pack into storage as an operator of the database could, and says whether field and mask still open. */
  async function refusedWith(somebody: Somebody, pack: Sealed, names = ["first-name"]): Promise<void> {
    const [customerId, recordId] = [somebody.customerId, somebody.recordIds[0]!];
    const untouched = (await stored(open.vault, somebody)).record.pack;
    const write = (to: Sealed) =>
      open.db.owner.query(
        sql`update record set pack = ${to} where customer_id = ${customerId} and record_id = ${recordId}`,
      );
    await write(pack);
    const { record, unit } = await stored(open.vault, somebody);
    await assert.rejects(
      openFields(open.keys, open.registry, { record, unitKey: unit.unitKey, fields: names }),
      isTampering,
    );
    await assert.rejects(
      openMasks(open.keys, open.registry, { record, unitKey: unit.unitKey, fields: names }),
      isTampering,
    );
    await write(untouched);
  }

  const packOf = async (somebody: Somebody, at = 0): Promise<PackedField[]> =>
    parsePack((await stored(open.vault, somebody, at)).record.pack);
  const change = (pack: PackedField[], name: string, to: Partial<PackedField>): Sealed =>
    encodePack(pack.map((field) => (field.name === name ? { ...field, ...to } : field)));

  test("opens where it belongs", async () => {
    const { record, unit } = await stored(open.vault, ada);
    const values = await openFields(open.keys, open.registry, {
      record,
      unitKey: unit.unitKey,
      fields: ["first-name"],
    });
    assert.equal(values.get("first-name")?.normalised, "Ada");
  });

  test("does not open at another customer", async () => {
    await refusedWith(ada, encodePack(await packOf(bob)));
  });

  test("does not open in another record of the same customer", async () => {
    await refusedWith(ada, encodePack(await packOf(ada, 1)));
  });

  test("does not open as another field of the same record", async () => {
    const pack = await packOf(ada);
    const last = pack.find((field) => field.name === "last-name")!;
    await refusedWith(ada, change(pack, "first-name", { value: last.value, mask: last.mask }));
  });

  test("does not open under another revision, earlier or later", async () => {
    const pack = await packOf(ada);
    await refusedWith(ada, change(pack, "first-name", { revision: 2 }));
    await refusedWith(ada, change(pack, "first-name", { revision: 0 }));
  });

  test("does not open as the other form: a mask as a value, a value as a mask", async () => {
    const pack = await packOf(ada);
    const { value, mask } = pack.find((field) => field.name === "annual-income")!;
    await refusedWith(ada, change(pack, "annual-income", { value: mask!, mask: value }), ["annual-income"]);
  });

  test("does not open with any byte changed", async () => {
    const pack = await packOf(ada);
    const { value, mask } = pack.find((field) => field.name === "first-name")!;
    const { record, unit } = await stored(open.vault, ada);
    for (let at = 0; at < value.length; at += 1) {
      const flipped = Buffer.from(value);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      const changed: ReadRecord = { ...record, pack: change(pack, "first-name", { value: asSealed(flipped), mask }) };
      const request = { record: changed, unitKey: unit.unitKey, fields: ["first-name"] };
      await assert.rejects(openFields(open.keys, open.registry, request), isTampering);
    }
  });

  test("does not open when the row claims another unit, type or schema version", async () => {
    const { record, unit } = await stored(open.vault, ada);
    const other = await stored(open.vault, bob);
    const request = { record, unitKey: unit.unitKey, fields: ["first-name"] };
    const opens = (to: Partial<ReadRecord>) =>
      openFields(open.keys, open.registry, { ...request, record: { ...record, ...to } });
    await assert.rejects(opens({ unitId: other.record.unitId }), isTampering);
    await assert.rejects(opens({ customerId: other.record.customerId }), isTampering);
    await assert.rejects(opens({ recordType: "organisation" }), isTampering);
    await assert.rejects(opens({ schemaVersion: 2 }), isTampering);
    await assert.rejects(
      openFields(open.keys, open.registry, { ...request, unitKey: other.unit.unitKey }),
      (error) => error instanceof VaultError && error.code === "forged",
    );
  });

  test("does not open when an earlier revision of a field is put back into the pack", async () => {
    const { record } = await stored(open.vault, ada);
    const correction = recordDraft("person", { "first-name": "Augusta", "last-name": "Lovelace" }).record;
    await open.vault.correct({ ...record, expectedRevision: 1, record: correction, remove: [] }, ACTOR);
    const old = parsePack(record.pack).find((field) => field.name === "first-name")!;
    await refusedWith(ada, change(await packOf(ada), "first-name", { value: old.value, mask: old.mask }));
  });
});
