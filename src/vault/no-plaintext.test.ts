// Everything the database holds, searched for values that were put into the vault.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { ACTOR, type TestVault, openTestVault, personDraft, put, recordDraft } from "./test-vault.ts";

// Rare enough to be found only where they were put; each long enough that no chance makes them.
const CANARIES = {
  name: "Quetzalcoatlus",
  ssn: "219-09-9777",
  email: "zyzzyva-canary@example.com",
  phone: "701-555-0177",
  street: "4242 Xylophone Boulevard",
  occupation: "Chrysoelephantine sculptor",
  policy: "QX-77123456",
  given: "12/31/1961",
  source: "SRC-KEY-9081726354",
} as const;

describe("the database", () => {
  let open: TestVault;
  let dump: Buffer;
  before(async () => {
    open = await openTestVault();
    await fill();
    dump = await dumpEverything(open.db.superuserUrl);
  });
  after(() => open.close());

  async function fill(): Promise<void> {
    const source = { system: "life", kind: "policy", key: CANARIES.source };
    const birth = open.vault.prepare({
      recordType: "person",
      fields: { "birth-date": CANARIES.given },
      context: { dateFormat: "mm/dd/yyyy" },
    });
    assert.ok(birth.ok);
    const draft = personDraft(
      [
        recordDraft("person", { "first-name": "Ada", "last-name": CANARIES.name, occupation: CANARIES.occupation }),
        { ...recordDraft("person", { "first-name": "Ada" }), record: birth.record },
        recordDraft("government-id", { ssn: CANARIES.ssn, "holder-last-name": CANARIES.name }),
        recordDraft("contact", { email: CANARIES.email, phone: CANARIES.phone }, source),
        recordDraft("address", { line1: CANARIES.street, postcode: "58102" }),
      ],
      [{ ...source, kind: "customer" }],
    );
    await open.vault.create([draft], ACTOR);
    const other = await put(open.vault, [["government-id", { ssn: CANARIES.ssn }]]);
    const person = draft.units[0]!.records[0]!;
    const correction = recordDraft("person", { occupation: `${CANARIES.occupation} and more` }).record;
    await open.vault.correct(
      { customerId: draft.customerId, recordId: person.recordId, expectedRevision: 1, record: correction, remove: [] },
      ACTOR,
    );
    await open.vault.link({ from: draft.customerId, to: other.customerId, kind: "household", unitId: null }, ACTOR);
    await open.vault.search({ indexName: "ssn", values: { ssn: CANARIES.ssn } });
    await open.vault.masked(draft.customerId);
    await open.vault.erase({ customerId: other.customerId, unitId: null }, ACTOR);
  }

  test("holds something to look through: every table of the vault has rows in the dump", () => {
    for (const table of [
      "customer",
      "retention_unit",
      "record",
      "record_history",
      "search_token",
      "source_key",
      "customer_link",
      "match_suggestion",
      "unit_key",
      "ledger_entry",
    ]) {
      assert.ok(dump.includes(`\n${table}: `), `nothing of ${table} was dumped`);
    }
  });

  test("holds no value in any encoding, neither as given nor normalised", () => {
    const values = [
      ...Object.values(CANARIES),
      "219099777",
      "1961-12-31",
      "7015550177",
      "+17015550177",
      "quetzalcoatlus",
      "qx77123456",
    ];
    for (const value of values)
      for (const [encoding, needle] of encodings(value))
        assert.ok(!dump.includes(needle), `a value lies in the dump as ${encoding}`);
  });

  test("holds no hash of a value that can be guessed without a key", () => {
    for (const value of [
      CANARIES.ssn,
      "219099777",
      CANARIES.email,
      CANARIES.source,
      CANARIES.name.toLowerCase(),
      "+17015550177",
    ]) {
      for (const algorithm of ["md5", "sha1", "sha256", "sha512"]) {
        const digest = createHash(algorithm).update(value).digest();
        for (const length of [8, 12, 16])
          assert.ok(!dump.includes(digest.subarray(0, length)), `a bare ${algorithm} lies in the dump`);
        assert.ok(!dump.includes(digest.toString("hex").slice(0, 24)), `a bare ${algorithm} lies in the dump as text`);
      }
    }
  });

  test("would be caught by these searches if it did", async () => {
    const client = new pg.Client({ connectionString: open.db.superuserUrl });
    await client.connect();
    await client.query("create table leak (line bytea)");
    await client.query("insert into leak values ($1)", [Buffer.from(`x${CANARIES.ssn}x`)]);
    await client.end();
    assert.ok((await dumpEverything(open.db.superuserUrl)).includes(CANARIES.ssn));
  });
});

function encodings(value: string): [string, Buffer][] {
  const bytes = Buffer.from(value, "utf8");
  // Base64 depends on where the value begins: the middle of each of the three ways is fixed.
  const base64 = [0, 1, 2].map((shift): [string, Buffer] => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return [`base64 at ${shift}`, Buffer.from(text.slice(4, Math.floor(((shift + bytes.length) * 8) / 24) * 4))];
  });
  return [
    ["UTF-8", bytes],
    ["UTF-16 little-endian", Buffer.from(value, "utf16le")],
    ["UTF-16 big-endian", Buffer.from(value, "utf16le").swap16()],
    ["hexadecimal", Buffer.from(bytes.toString("hex"))],
    ["reversed", Buffer.from(bytes.toReversed())],
    ["upper case", Buffer.from(value.toUpperCase())],
    ["lower case", Buffer.from(value.toLowerCase())],
    ["URL encoding", Buffer.from(encodeURIComponent(value))],
    ...base64,
  ];
}

/** Every row of every table, both as text and with its byte strings as the bytes they are. */
async function dumpEverything(url: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const parts: Buffer[] = [];
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I', tablename) as name from pg_tables where schemaname = 'public' order by 1",
    );
    for (const { name } of tables) {
      for (const row of (await client.query<Record<string, unknown>>(`select * from ${name}`)).rows) {
        parts.push(Buffer.from(`\n${name}: ${JSON.stringify(row)}\n`));
        for (const value of Object.values(row)) if (Buffer.isBuffer(value)) parts.push(value, Buffer.from("\n"));
      }
    }
  } finally {
    await client.end();
  }
  return Buffer.concat(parts);
}
