// The masked view, which must work without the values.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asSealed } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { KeysError } from "../keys/keys.ts";
import { openMasks } from "./masked.ts";
import { openFields } from "./open.ts";
import { encodePack, parsePack } from "./pack.ts";
import { type TestVault, ACTOR, openTestVault, personDraft, put, recordDraft, stored } from "./test-vault.ts";

/** What the mask `hidden` shows of every value. */
const HIDDEN = "••••";

describe("the masked view", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  test("shows the masked form of every field, and nothing else", async () => {
    const ada = await put(open.vault, [
      ["person", { "first-name": "Ada", "birth-date": "1815-12-10", "annual-income": "50000", sex: "female" }],
      ["government-id", { ssn: "219-09-9999" }],
    ]);
    const { records, next } = await open.vault.masked(ada.customerId);
    assert.equal(next, null);
    const fields = (type: string) => Object.fromEntries(records.find((record) => record.recordType === type)!.fields!);
    assert.deepEqual(fields("person"), {
      "annual-income": "USD 50,000 to 100,000",
      "birth-date": "1815",
      "first-name": "A••••",
      sex: HIDDEN,
    });
    assert.deepEqual(fields("government-id"), { ssn: "••••9999" });
  });

  test("takes keys anew where their lease ends before they are used, as reading in clear does, and gives up where all do", async () => {
    const ada = await put(open.vault, [["person", { "first-name": "Ada" }]]);
    const { record, unit } = await stored(open.vault, ada);
    const over = (): never => {
      throw new KeysError("lease-expired");
    };
    const ending = (times: number): Pick<typeof open.keys, "openUnitKeys"> => {
      let taken = 0;
      return {
        openUnitKeys: async (row) => {
          const keys = await open.keys.openUnitKeys(row);
          return (taken += 1) <= times ? { ...keys, get: over } : keys;
        },
      };
    };
    const request = { record, unitKey: unit.unitKey, fields: ["first-name"] };
    assert.equal((await openMasks(ending(2), open.registry, request)).get("first-name"), "A••••");
    assert.equal((await openFields(ending(2), open.registry, request)).get("first-name")?.given, "Ada");
    await assert.rejects(openFields(ending(3), open.registry, request), { code: "lease-expired" });
  });

  test("never touches the sealed values: it works when all of them are destroyed", async () => {
    const ada = await put(open.vault, [["person", { "first-name": "Ada", "last-name": "Lovelace", sex: "female" }]]);
    const { record, unit } = await stored(open.vault, ada);
    const ruined = parsePack(record.pack).map((field) => ({ ...field, value: asSealed(Buffer.alloc(1)) }));
    await open.db.owner.query(
      sql`update record set pack = ${encodePack(ruined)} where customer_id = ${ada.customerId} and record_id = ${record.recordId}`,
    );
    const { records } = await open.vault.masked(ada.customerId);
    assert.deepEqual(
      [...records[0]!.fields!],
      [
        ["first-name", "A••••"],
        ["last-name", "L••••"],
        ["sex", HIDDEN],
      ],
    );
    const changed = (await stored(open.vault, ada)).record;
    await assert.rejects(
      openFields(open.keys, open.registry, { record: changed, unitKey: unit.unitKey, fields: ["sex"] }),
    );
  });

  test("goes through many records page by page, each once", async () => {
    const draft = personDraft(
      Array.from({ length: 230 }, (_, nth) => recordDraft("person", { "first-name": `Name${nth}x` })),
    );
    await open.vault.create([draft], ACTOR);
    const first = await open.vault.masked(draft.customerId, { recordType: "person" });
    const second = await open.vault.masked(draft.customerId, { recordType: "person", after: first.next! });
    assert.equal(first.records.length, 200);
    assert.equal(second.next, null);
    assert.equal(new Set([...first.records, ...second.records].map((record) => record.recordId)).size, 230);
  });
});
