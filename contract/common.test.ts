// What the document says of a text is what is taken of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { written } from "./common.ts";

test("words are refused where too little is left of them without the blanks around them, and the document says so", () => {
  for (const least of [1, 2, 3, 10]) {
    const words = written(60, least);
    const { pattern = assert.fail("the document says nothing") } = z.toJSONSchema(words, { io: "input" });
    for (const text of ["", " ", "\t\n", " \u{feff}\u{2003}", "a", " a ", " ab", "a b ", "123456789", " 1 3 5 7 9 1 "])
      assert.equal(new RegExp(pattern).test(text), words.safeParse(text).success, `${least}: ${JSON.stringify(text)}`);
  }
});
