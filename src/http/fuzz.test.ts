// JSON bodies and page cursors on hostile input: read as they were sent, or refused with a code and without a word of them.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import {
  damagedBytes,
  damagedText,
  nastyBytes,
  nastyText,
  REFUSED,
  runs,
  tried,
} from "../../test/support/test-hostile.ts";
import { asToken } from "../kernel/bytes.ts";
import { createCursors } from "./cursors.ts";
import { HttpError } from "./errors.ts";
import { parseJson } from "./json-body.ts";

const refusing = { error: HttpError };

test("a body is read as what was sent, or refused", () => {
  const valid = Buffer.from(
    '{"customerId":"01980000-0000-7000-8000-000000000000","fields":["person.last-name"],"n":[1.5,null,true,{"a":"\\u00e9\\ud83d\\ude00:,"}]}',
  );
  fc.assert(
    fc.property(fc.oneof(damagedBytes(fc.constant(valid)), nastyBytes), (bytes) => {
      const value = tried(() => parseJson(bytes), refusing);
      if (value === REFUSED) return;
      assert.deepEqual(value, JSON.parse(bytes.toString("utf8")));
      assert.ok(Buffer.from(bytes.toString("utf8")).equals(bytes) && JSON.stringify(value).isWellFormed());
      assert.doesNotMatch(JSON.stringify(value), /(?<!\\)(?:\\\\)*\\ud[89a-f]/);
    }),
    runs(1000),
  );
});

test("a cursor is taken in the one spelling it was given in, for its own list and client, and nothing else is one", () => {
  // The real keys need a database; what is asked here is how a cursor is read, whatever makes the digest.
  const keyedDigest = (label: string, ...parts: readonly (string | Uint8Array)[]) =>
    asToken(
      createHmac("sha256", "a key")
        .update(JSON.stringify([label, ...parts.map(String)]))
        .digest(),
    );
  const cursors = createCursors({ keyedDigest });
  const cursor = cursors.print("clients", "one", "01980000-0000-7000-8000-000000000000") ?? "";
  fc.assert(
    fc.property(
      fc.oneof(
        damagedText(fc.constant(cursor)),
        nastyText,
        fc.constantFrom(`${cursor}=`, ` ${cursor}`, cursor.replaceAll("-", "+")),
      ),
      (text) => {
        if (tried(() => cursors.parse("clients", "one", text), refusing) !== REFUSED) assert.equal(text, cursor);
        assert.equal(
          tried(() => cursors.parse("clients", "two", text), refusing),
          REFUSED,
        );
        assert.equal(
          tried(() => cursors.parse("assignments", "one", text), refusing),
          REFUSED,
        );
      },
    ),
    runs(600),
  );
});
