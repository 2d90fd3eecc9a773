// Rotations of the index and authority keys while people are searched for and read.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { ACTOR, type TestVault, openTestVault, personDraft, put, recordDraft } from "./test-vault.ts";
import type { CustomerDraft } from "./vault.ts";

describe("after a rotation", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const versions = async () => {
    const rows = await open.db.owner.query<{ version: number }>(
      sql`select distinct key_version as version from search_token order by 1`,
    );
    return rows.map((row) => row.version);
  };

  test("of the index key everybody is found, before, during and after their tokens are made anew", async () => {
    const drafts: CustomerDraft[] = Array.from({ length: 250 }, (_, nth) =>
      personDraft([recordDraft("contact", { email: `p${nth}@example.com` })]),
    );
    await open.vault.create(drafts, ACTOR);
    const find = async (nth: number): Promise<readonly Uuid[]> => {
      const { hits } = await open.vault.search({ indexName: "email", values: { email: `p${nth}@example.com` } });
      return hits.map((hit) => hit.customerId);
    };
    const allFound = async () => {
      for (const nth of [0, 7, 249]) assert.deepEqual(await find(nth), [drafts[nth]!.customerId]);
    };
    const { version } = await open.keys.rotateDomain("index");
    await allFound();
    const first = await open.vault.reindexBatch(null);
    assert.equal(first.records, 200);
    assert.deepEqual(await versions(), [version - 1, version]);
    await allFound();
    const second = await open.vault.reindexBatch(first.next);
    assert.deepEqual([second.records, second.next, second.unreadable], [50, null, []]);
    assert.deepEqual(await versions(), [version]);
    await allFound();
  });

  test("of the index key a record that was spoiled keeps its former tokens and is reported", async () => {
    const ada = await put(open.vault, [["contact", { email: "spoiled@example.com" }]]);
    await open.db.owner.query(
      sql`update record set checks = set_byte(checks, 40, (get_byte(checks, 40) + 1) % 256) where customer_id = ${ada.customerId}`,
    );
    const { version } = await open.keys.rotateDomain("index");
    const unreadable = [];
    for (let batch = await open.vault.reindexBatch(null); ; batch = await open.vault.reindexBatch(batch.next)) {
      unreadable.push(...batch.unreadable);
      if (batch.next === null) break;
    }
    assert.deepEqual(unreadable, [{ customerId: ada.customerId, recordId: ada.recordIds[0] }]);
    assert.deepEqual(await versions(), [version - 1, version]);
  });

  test("of the authority key every row gets a MAC under the new one, and forged rows get none", async () => {
    const source = { system: "life", kind: "customer", key: "1" };
    const draft = personDraft([recordDraft("government-id", { ssn: "219-09-9991" })], [source]);
    await open.vault.create([draft], ACTOR);
    const twin = await put(open.vault, [["government-id", { ssn: "219-09-9991" }]]);
    const forged = await put(open.vault, [["person", { "first-name": "Eve" }]]);
    await open.vault.link({ from: draft.customerId, to: twin.customerId, kind: "household", unitId: null }, ACTOR);
    await open.vault.decideMatch(
      { customerId: draft.customerId, otherCustomerId: twin.customerId, verdict: "different" },
      ACTOR,
    );
    await open.db.owner.query(
      sql`update retention_unit set entity = 'other-co' where customer_id = ${forged.customerId}`,
    );
    const { version } = await open.keys.rotateDomain("authority");
    const { renewed, forged: refused } = await open.vault.renewMacs();
    assert.ok(renewed > 250);
    assert.equal(refused, 1);
    const old = await open.db.owner.query<{ rows: number }>(
      sql`select count(*) as rows from (
        select mac from retention_unit where customer_id <> ${forged.customerId} union all select mac from source_key
        union all select mac from customer_link union all select mac from match_suggestion where mac is not null
        union all select substring(authority from 2) from customer) r
        where get_byte(mac, 3) <> ${version}`,
    );
    assert.equal(old[0]!.rows, 0);
    const [subject] = await open.vault.loadForDecision([draft]);
    assert.equal(subject!.revision, 2, "a new MAC is no change of what decisions rest on");
    assert.equal((await open.vault.sources([source]))[0]?.customerId, draft.customerId);
    assert.equal((await open.vault.links(draft.customerId)).length, 1);
    assert.equal((await open.vault.matches({ customerId: draft.customerId, state: "different" })).length, 1);
    await assert.rejects(open.vault.loadForDecision([forged]));
    assert.deepEqual(await open.vault.renewMacs(), { renewed: 0, forged: 1 });
  });
});
