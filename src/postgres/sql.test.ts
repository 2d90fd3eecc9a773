// The sql tag: values never become text, and statements nest.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { asCode, asSealed } from "../kernel/bytes.ts";
import { type SqlParameter, isStatement, named, sql } from "./sql.ts";
import { type TestDatabase, openTestDatabase } from "./test-database.ts";

/** What a caller whose types were talked into it might pass. */
const untyped = (value: unknown): SqlParameter => value as SqlParameter;

describe("the text of a statement", () => {
  test("holds a number for each value and never the value", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 3 }), { minLength: 1, maxLength: 5 }), (values) => {
        const statement = values.reduce((left, value) => sql`${left} , ${untyped(value)}`, sql`select 1`);
        assert.equal(statement.text, ["select 1", ...values.map((_, at) => `$${at + 1}`)].join(" , "));
        assert.deepEqual(statement.values, values);
      }),
    );
  });

  test("renumbers the parameters of nested statements, however deep, also beyond nine", () => {
    const nine = sql`${1}, ${2}, ${3}, ${4}, ${5}, ${6}, ${7}, ${8}, ${9}`;
    const inner = sql`(${10}, ${11}, ${12})`;
    const outer = sql`values (${nine}, ${sql`${inner} or ${13}`}, ${14})`;
    const numbers = Array.from({ length: 14 }, (_, at) => at + 1);
    assert.deepEqual(outer.values, numbers);
    assert.deepEqual(outer.text.match(/\d+/g)?.map(Number), numbers);
  });

  test("refuses a parameter number written by hand, which nesting would turn into another", () => {
    assert.throws(() => sql`select $1`, TypeError);
  });

  test("refuses undefined, which PostgreSQL would take for null", () => {
    assert.throws(() => sql`select ${untyped(undefined)}`, TypeError);
  });

  test("does not take an object from JSON for a statement", () => {
    const forged = JSON.parse(JSON.stringify({ ...sql`drop table customer`, kind: "statement" })) as unknown;
    assert.equal(isStatement(forged), false);
    const statement = sql`select ${untyped(forged)}`;
    assert.equal(statement.text, "select $1");
  });

  test("keeps its text and values under a name", () => {
    const { text, values, name } = named("find", sql`select ${1}`);
    assert.deepEqual({ text, values, name }, { text: "select $1", values: [1], name: "find" });
  });
});

describe("in the database", () => {
  let db: TestDatabase;
  before(async () => {
    db = await openTestDatabase({ migrated: false });
  });
  after(() => db.close());

  test("hostile text comes back as the text it was", async () => {
    const hostile = ["'; drop schema public cascade; --", "$1", "\\'", "{}", '"', "a\nb", "'||version()||'", "\u0027"];
    for (const text of hostile) {
      const rows = await db.owner.query(sql`select ${untyped(text)}::text as said`);
      assert.deepEqual(rows, [{ said: text }]);
    }
    const [row] = await db.owner.query<{ said: string[] }>(sql`select ${untyped(hostile)}::text[] as said`);
    assert.deepEqual(row?.said, hostile);
  });

  test("every kind of parameter comes back as it went", async () => {
    const at = new Date("2026-02-03T04:05:06.789Z");
    const bytes = asSealed(Uint8Array.of(0, 1, 255));
    const [row] = await db.owner
      .query(sql`select ${at}::timestamptz as at, ${bytes}::bytea as bytes, ${asCode("a.b")}::text as code,
      ${2 ** 53 - 1}::bigint as number, ${5n}::bigint as big, ${true}::boolean as yes, ${null}::text as nothing,
      ${[bytes, null]}::bytea[] as list, ${[at]}::timestamptz[] as times`);
    const buffer = Buffer.from(bytes);
    assert.deepEqual(row, {
      at,
      bytes: buffer,
      code: "a.b",
      number: 2 ** 53 - 1,
      big: 5,
      yes: true,
      nothing: null,
      list: [buffer, null],
      times: [at],
    });
  });

  test("arrays come back as they went, whatever words are in them", async () => {
    const words = ["null", "NULL", "Null", "", " ", "a b", "a,b", "{}", "a:b/c.d_e-f", "0", "x\u00e9", "\\", '"', "a"];
    const [row] = await db.owner.query<{ words: string[]; plain: string[]; numbers: number[]; none: string[] }>(
      sql`select ${untyped(words)}::text[] as words, ${untyped(["a:b/c.d_e-f", null, "nulls", "0"])}::text[] as plain,
        ${[1, null, -2.5, 1e21]}::float8[] as numbers, ${untyped([])}::text[] as none`,
    );
    assert.deepEqual(row, {
      words,
      plain: ["a:b/c.d_e-f", null, "nulls", "0"],
      numbers: [1, null, -2.5, 1e21],
      none: [],
    });
    for (const word of words) {
      const rows = await db.owner.query(sql`select ${untyped([word])}::text[] as said`);
      assert.deepEqual(rows, [{ said: [word] }]);
    }
  });

  test("an integer too large for a number is refused rather than rounded", async () => {
    await assert.rejects(db.owner.query(sql`select 9007199254740993::bigint as big`), RangeError);
  });

  test("an object that only looks like a statement is not run", async () => {
    const forged = { text: "select 1", values: [] } as unknown as ReturnType<typeof sql>;
    await assert.rejects(db.owner.query(forged), TypeError);
  });
});
