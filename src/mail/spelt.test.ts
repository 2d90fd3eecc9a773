// Letters say days and moments as people do: in the reader's language, by a clock that is named, never as a machine writes them.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { LANGUAGES, LETTERS } from "./letter.ts";
import { loadTemplates, render } from "./mail.ts";
import { speltDay, speltMoment } from "./spelt.ts";

const FOLDER = join(import.meta.dirname, "../../governance/templates");
const MAILS = loadTemplates(join(FOLDER, "mail"));
const MOMENT = "2026-12-04T06:02:34.538Z";
const MACHINE = /\d{4}-\d\d-\d\dT\d\d/;

const same = (names: readonly string[], value: string) => Object.fromEntries(names.map((name) => [name, value]));

test("a moment is told in the reader's language, by the clock of the zone that it names", () => {
  const at = new Date(MOMENT);
  assert.deepEqual(
    LANGUAGES.map((language) => speltMoment(at, language, "America/New_York")),
    ["December 4, 2026 at 1:02 AM EST", "4 de diciembre de 2026 a las 1:02 GMT-5", "4. Dezember 2026 um 01:02 GMT-5"],
  );
  assert.equal(speltMoment(at, "en", "UTC"), "December 4, 2026 at 6:02 AM UTC");
});

test("a day is the same day wherever it is read, and no other text is taken for one", () => {
  assert.equal(speltDay("2026-12-04", "de"), "4. Dezember 2026");
  assert.equal(speltDay("12345678", "de"), "12345678");
});

test("no mail goes out with a moment that nobody spelt, in any language", () => {
  for (const name of LETTERS) {
    const template = MAILS[name];
    if (template.values.length === 0) continue;
    for (const language of LANGUAGES) {
      assert.throws(() => render(template, language, same(template.values, MOMENT)), { code: "bad-values" }, name);
      const { subject, text } = render(template, language, same(template.values, "4 December"));
      assert.doesNotMatch(subject + text, MACHINE, name);
    }
  }
});

test("letters to customers that never ask for the code one signs in with leave the ones that are read out on the telephone alone", () => {
  for (const [name, { languages }] of Object.entries(MAILS))
    for (const [language, { text }] of Object.entries(languages))
      if (/never ask for|ni pedimos|fragen nie/.test(text))
        assert.match(text, /sign in with|inicia sesión|anmelden\./, `${name} ${language}`);
});
