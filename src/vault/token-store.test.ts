// A short token of a new key may be equal to the old one by chance, one time in 512 for nine bits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asCode, asToken } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import { openTestDatabase } from "../postgres/test-database.ts";
import { deleteOlderTokens, insertTokens } from "./token-store.ts";

test("a token that a rotation leaves as it was stays searchable", async () => {
  const db = await openTestDatabase();
  try {
    const [customerId, recordId] = [newId(), newId()];
    const row = {
      token: asToken(Buffer.of(1, 128)),
      customerId,
      recordId,
      indexName: asCode("person-sound-birth-year"),
    };
    await db.database.transaction(async (tx) => {
      await insertTokens(tx, [{ ...row, keyVersion: 1 }]);
      // Twice the same in one batch: a record may give an index one value in two fields.
      await insertTokens(tx, [
        { ...row, keyVersion: 2 },
        { ...row, keyVersion: 2 },
      ]);
      await deleteOlderTokens(tx, [{ customerId, recordId }], 2);
    });
    const left = await db.database.query<{ key_version: number }>(sql`select key_version from search_token`);
    assert.deepEqual(left, [{ key_version: 2 }]);
  } finally {
    await db.close();
  }
});
