// Letters on paper say days as their language does, and never a moment as a machine writes it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { LANGUAGES } from "../mail/mail.ts";
import { loadLetterhead, wordsOf } from "./letterhead.ts";

const PAPER = loadLetterhead(join(import.meta.dirname, "../../governance/templates/letters"));
const MOMENT = "2026-12-04T06:02:34.538Z";

test("no letter is printed with a moment that nobody spelt, and days are spelt, in every language", () => {
  for (const [kind, template] of Object.entries(PAPER.templates) as [
    keyof typeof PAPER.templates,
    { values: string[] },
  ][])
    for (const language of LANGUAGES) {
      const words = (value: string) =>
        wordsOf(PAPER, { kind, language, values: Object.fromEntries(template.values.map((name) => [name, value])) });
      assert.throws(() => words(MOMENT), { code: "bad-values" }, kind);
      const { subject, text } = words("2026-12-04");
      assert.doesNotMatch(subject + text, /\d{4}-\d\d-\d\d/, kind);
    }
});
