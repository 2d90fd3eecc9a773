// What the document says of a text is what is taken of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { written } from "./common.ts";

test("words are refused where they are blanks alone, and the document says so", () => {
  const { pattern = assert.fail("the document says nothing") } = z.toJSONSchema(written(60), { io: "input" });
  for (const text of ["", " ", "\t\n", " \u{feff}\u{2003}", "a", " a ", "two words"])
    assert.equal(new RegExp(pattern).test(text), written(60).safeParse(text).success, JSON.stringify(text));
});
