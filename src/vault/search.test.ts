// Search by blind index: who should be found is, and nobody else.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asCode, asToken } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { VaultError, type VaultErrorCode } from "./errors.ts";
import { withWidths } from "./schema/test-widths.ts";
import { ACTOR, type Somebody, type TestVault, openTestVault, personDraft, put, recordDraft } from "./test-vault.ts";
import { openVault } from "./vault.ts";

const fails = (code: VaultErrorCode) => (error: unknown) => error instanceof VaultError && error.code === code;

describe("search", () => {
  let open: TestVault;
  const people = new Map<string, Somebody>();
  before(async () => {
    open = await openTestVault();
    const person = (
      first: string,
      last: string,
      born: string,
      more: readonly (readonly [string, Record<string, string>])[] = [],
    ) => put(open.vault, [["person", { "first-name": first, "last-name": last, "birth-date": born }], ...more]);
    const contact = { email: "Ada.Lovelace@example.com", phone: "701-555-0143", "mobile-phone": "701-555-0199" };
    const ids = { ssn: "219-09-9999", "holder-last-name": "Lovelace" };
    people.set(
      "ada",
      await person("Ada", "Lovelace", "1815-12-10", [
        ["contact", contact],
        ["government-id", ids],
      ]),
    );
    people.set("smith", await person("John", "Smith", "1970-01-02"));
    people.set("smyth", await person("Joan", "Smyth", "1970-09-30"));
    people.set("smithson", await person("Jane", "Smithson", "1970-05-05"));
    people.set("smith-later", await person("John", "Smith", "1971-01-02"));
    people.set("zoe", await person("Zoë", "Müller", "1990-03-04"));
  });
  after(() => open.close());

  const find = async (indexName: string, values: Record<string, string>): Promise<string[]> => {
    const { hits, truncated, unreadable } = await open.vault.search({ indexName, values, context: { country: "US" } });
    assert.equal(truncated, false);
    assert.equal(unreadable, 0);
    const names = hits.map(
      (hit) => [...people].find(([, who]) => who.customerId === hit.customerId)?.[0] ?? "somebody else",
    );
    return names.toSorted();
  };

  test("exact: finds the one who has the value, however it is written", async () => {
    for (const ssn of ["219-09-9999", "219099999", "219 09 9999"])
      assert.deepEqual(await find("ssn", { ssn }), ["ada"]);
    assert.deepEqual(await find("ssn", { ssn: "219-09-9998" }), []);
    assert.deepEqual(await find("email", { email: "ADA.LOVELACE@EXAMPLE.COM" }), ["ada"]);
  });

  test("exact: finds by a second field that is indexed alike", async () => {
    assert.deepEqual(await find("phone", { phone: "(701) 555-0143" }), ["ada"]);
    assert.deepEqual(await find("phone", { phone: "+17015550199" }), ["ada"]);
    assert.deepEqual(await find("phone", { phone: "+17015550198" }), []);
  });

  test("compound: needs all parts to fit", async () => {
    const index = "person-name-birth-date";
    assert.deepEqual(await find(index, { "first-name": "john", "last-name": "SMITH", "birth-date": "1970-01-02" }), [
      "smith",
    ]);
    assert.deepEqual(await find(index, { "first-name": "John", "last-name": "Smith", "birth-date": "1970-01-03" }), []);
    assert.deepEqual(await find(index, { "first-name": "Zoe", "last-name": "Muller", "birth-date": "1990-03-04" }), [
      "zoe",
    ]);
    assert.deepEqual(await find("ssn-last4-name", { ssn: "9999", "holder-last-name": "Lovelace" }), ["ada"]);
    assert.deepEqual(await find("ssn-last4-name", { ssn: "9999", "holder-last-name": "Byron" }), []);
  });

  test("prefix: finds all who begin so, and nobody else", async () => {
    assert.deepEqual(await find("person-prefix-birth-year", { "last-name": "Smit", "birth-date": "1970" }), [
      "smith",
      "smithson",
    ]);
    assert.deepEqual(await find("person-prefix-birth-year", { "last-name": "Smit", "birth-date": "1971" }), [
      "smith-later",
    ]);
    assert.deepEqual(await find("person-prefix-birth-year", { "last-name": "Smet", "birth-date": "1970" }), []);
  });

  test("phonetic: finds who sounds so, and nobody else", async () => {
    assert.deepEqual(await find("person-sound-birth-year", { "last-name": "Smithe", "birth-date": "1970" }), [
      "smith",
      "smyth",
    ]);
    assert.deepEqual(await find("person-sound-birth-year", { "last-name": "Jones", "birth-date": "1970" }), []);
  });

  test("short tokens that many share lead to nobody who does not fit", async () => {
    const index = open.registry.index("person-prefix-birth-year")!;
    const registry = withWidths(open.registry, { [index.name]: { bits: 9, ways: 4 } });
    const vault = openVault({ ...open.parts, registry });
    const drafts = Array.from({ length: 300 }, (_, nth) =>
      personDraft([
        recordDraft("person", { "last-name": `${word(nth)}son`, "birth-date": `${1900 + (nth % 90)}-06-01` }),
      ]),
    );
    await vault.create(drafts, ACTOR);
    // With 300 values in 512 tokens some share one for certain; each search must still give its own alone.
    const shared = await open.db.owner.query<{ customers: number }>(
      sql`select count(*) as customers from search_token where index_name = 'person-prefix-birth-year' group by token having count(*) > 1`,
    );
    assert.ok(shared.length > 0, "no token is shared");
    for (const [nth, draft] of drafts.entries()) {
      const values = { "last-name": word(nth), "birth-date": String(1900 + (nth % 90)) };
      const { hits } = await vault.search({ indexName: index.name, values });
      assert.deepEqual(
        hits.map((hit) => hit.customerId),
        [draft.customerId],
      );
    }
  });

  test("a token put into the database by somebody else finds nobody", async () => {
    const victim = people.get("smith")!;
    const [one] = await open.db.owner.query<{ token: Uint8Array }>(
      sql`select token from search_token where index_name = 'ssn' and customer_id = ${people.get("ada")!.customerId}`,
    );
    await open.db.owner.query(
      sql`insert into search_token (token, customer_id, record_id, index_name, key_version)
        values (${asToken(one!.token)}, ${victim.customerId}, ${victim.recordIds[0]!}, ${asCode("ssn")}, 1)`,
    );
    assert.deepEqual(await find("ssn", { ssn: "219-09-9999" }), ["ada"]);
  });

  test("one record that somebody spoiled is counted and does not hide the others", async () => {
    const twins = await Promise.all(
      ["a", "b"].map(() => put(open.vault, [["contact", { email: "twins@example.com" }]])),
    );
    await open.db.owner.query(
      sql`update record set checks = set_byte(checks, 40, (get_byte(checks, 40) + 1) % 256) where customer_id = ${twins[0]!.customerId}`,
    );
    const { hits, unreadable } = await open.vault.search({
      indexName: "email",
      values: { email: "twins@example.com" },
    });
    assert.deepEqual(
      hits.map((hit) => hit.customerId),
      [twins[1]!.customerId],
    );
    assert.equal(unreadable, 1);
  });

  test("by an unknown index, with a part missing or with a value that cannot be is refused without quoting it", async () => {
    await assert.rejects(find("shoe-size", { size: "9" }), fails("unknown-index"));
    await assert.rejects(find("person-name-birth-date", { "last-name": "Smith" }), fails("invalid-field"));
    await assert.rejects(find("ssn", { ssn: "219-09-9999", "first-name": "Ada" }), fails("invalid-field"));
    await assert.rejects(find("ssn", { ssn: "not-a-number-77" }), (error) => {
      assert.ok(error instanceof VaultError && error.code === "invalid-field");
      assert.ok(!JSON.stringify([error.message, error.issues, error.stack]).includes("not-a-number-77"));
      return true;
    });
  });
});

/** Four letters, another four for each number. */
function word(nth: number): string {
  const letter = (at: number): string => String.fromCharCode(97 + (Math.floor(nth / 26 ** at) % 26));
  return `q${letter(0)}${letter(1)}${letter(2)}`;
}
