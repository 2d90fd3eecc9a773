// Letters on paper: nothing but sender and addressee shows in the window, whatever the letter says; and what is protected is not printed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Box, LAYOUTS, type LayoutName } from "./layouts.ts";
import { mayBePrinted } from "./paper-rules.ts";
import { typefaceFor } from "./typefaces.ts";
import { type PaperLetter, printLetter, printLetters } from "./print-letter.ts";

const PAGE_HEIGHT = { A4: 841.89, LETTER: 792 };
const LETTER: Omit<PaperLetter, "layout"> = {
  sender: "Acme Insurance, P.O. Box 12, Springfield",
  addressee: ["Mara Holloway", "12 Elm Street", "Springfield, IL 62701"],
  placeAndDate: "Springfield, November 29, 2026",
  subject: "Your claim CL-2041 after the accident of May 3",
  paragraphs: Array.from({ length: 14 }, (_, at) =>
    `Paragraph ${at}: the treatment at St. Mary's was approved. `.repeat(6),
  ),
};
const RULES = { classes: [], isDemandedByLaw: false, flags: [], isOtherAddress: false } as const;

interface Run {
  readonly text: string;
  readonly left: number;
  /** Of the baseline, from the top. */
  readonly base: number;
}

/** The first page's runs of text, read back out of the file as its operators say (ISO 32000 9.4). */
function runsOf(pdf: Buffer, pageHeight: number): Run[] {
  const content =
    pdf
      .toString("latin1")
      .split(/\bstream\r?\n/)[1]
      ?.split("endstream")[0] ?? "";
  return [...content.matchAll(/BT\s([\s\S]*?)ET/g)].map(([, block = ""]) => {
    const [, left = "NaN", bottom = "NaN"] = /1 0 0 1 (-?[\d.]+) (-?[\d.]+) Tm/.exec(block) ?? [];
    const text = [...block.matchAll(/<([0-9a-f]+)>/g)].map(([, hex = ""]) =>
      Buffer.from(hex, "hex").toString("latin1"),
    );
    return { text: text.join(""), left: Number(left), base: pageHeight - Number(bottom) };
  });
}

/** A line may begin left of the window and reach into it: only what lies above, below or right of it is outside for certain. */
const showsIn = ({ left, base }: Run, { top, height, left: from, width }: Box): boolean =>
  base > top && base - 12 < top + height && left < from + width;

for (const layout of Object.keys(LAYOUTS) as LayoutName[])
  test(`in the window of ${layout} stand sender and addressee, and nothing else`, async () => {
    const { size, window, address } = LAYOUTS[layout];
    const runs = runsOf(await printLetter({ ...LETTER, layout }, { compress: false }), PAGE_HEIGHT[size]);
    assert.ok(
      runs.some(({ text }) => text.includes("CL-2041")) && runs.every(({ left, base }) => left > 0 && base > 0),
    );
    const shown = runs.filter((run) => showsIn(run, window));
    assert.deepEqual(
      shown.map(({ text }) => text),
      [LETTER.sender, ...LETTER.addressee],
    );
    // And they show in every case.
    for (const { left, base } of shown)
      assert.ok(left >= address.left - 0.1 && base <= address.top + address.height + 0.1 && base >= address.top);
  });

test("an addressee that does not fit, or cannot be written, is refused rather than cut", async () => {
  const long = { ...LETTER, layout: "us-10", addressee: ["x".repeat(200)] } as const;
  await assert.rejects(printLetter(long), { code: "does-not-fit" });
  const many = { ...LETTER, layout: "us-10", addressee: ["1", "2", "3", "4", "5", "6"] } as const;
  await assert.rejects(printLetter(many), { code: "does-not-fit" });
  for (const name of ["王小明", "محمد", "דוד", "Ada 🙂"]) {
    const other = { ...LETTER, layout: "din-5008-b", addressee: [name] } as const;
    await assert.rejects(printLetter(other), { code: "cannot-be-written" }, name);
  }
});

/** What each font's own table says that its characters are (ISO 32000 9.10.3), one table a font. */
function tablesOf(pdf: Buffer): ReadonlyMap<string, string>[] {
  const texts = pdf.toString("latin1").matchAll(/begincmap([\s\S]*?)endcmap/g);
  return [...texts].map(([, table = ""]) => {
    const ranges = [...table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)];
    const pairs = ranges.flatMap(([, from = "0", list = ""]) =>
      // Two characters where they are drawn as one.
      [...list.matchAll(/<([0-9a-f ]+)>/g)].map(([, hex = ""], at): [string, string] => [
        (parseInt(from, 16) + at).toString(16).padStart(4, "0"),
        Buffer.from(hex.replaceAll(" ", ""), "hex").swap16().toString("utf16le"),
      ]),
    );
    return new Map(pairs);
  });
}

test("names in Greek, Cyrillic and Latin with any accent are printed as they are, in the window and nowhere else", async () => {
  const addressee = ["Жанна Петрова", "Γιώργος Παπαδόπουλος", "Łukasz Żółć", "Nguyễn Văn Đạt"];
  // As some systems write it: letters and accents apart.
  const apart = addressee.map((line) => line.normalize("NFD"));
  const pdf = await printLetter({ ...LETTER, layout: "din-5008-b", addressee: apart }, { compress: false });
  const content = pdf.toString("latin1");
  const written = [...content.matchAll(/BT\s([\s\S]*?)ET/g)].map(([, block = ""]) =>
    [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []),
  );
  const read = tablesOf(pdf).flatMap((table) =>
    written.map((codes) => codes.map((code) => table.get(code) ?? "").join("")),
  );
  for (const line of addressee) assert.ok(read.includes(line), line);
});

test("whatever counts as writable has a glyph in both weights, so that nothing is printed as an empty box", async () => {
  const { default: Kit } = await import("pdfkit");
  const every = Array.from({ length: 0x2100 }, (_, code) => String.fromCodePoint(code));
  const writable = every.filter((char) => typefaceFor(["Ж", char]) !== null);
  assert.ok(writable.length > 1000);
  const face = typefaceFor(["Ж"]) ?? assert.fail();
  for (const font of [face.plain, face.bold]) {
    const paper = new Kit().font(font) as unknown as { readonly _font: { readonly font: Glyphs } };
    const missing = writable.filter((char) => !paper._font.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0));
    assert.deepEqual(missing, []);
  }
});

interface Glyphs {
  hasGlyphForCodePoint(code: number): boolean;
}

test("specially protected health is not printed unless the law's notice demands it; under a protection order only the other address", async () => {
  assert.equal(mayBePrinted({ ...RULES, classes: ["contact"] }), true);
  assert.equal(mayBePrinted({ ...RULES, classes: ["specially-protected-health"] }), false);
  assert.equal(mayBePrinted({ ...RULES, classes: ["specially-protected-health"], isDemandedByLaw: true }), true);
  assert.equal(mayBePrinted({ ...RULES, isDemandedByLaw: true, flags: ["protection-order"] }), false);
  assert.equal(mayBePrinted({ ...RULES, flags: ["protection-order"], isOtherAddress: true }), true);
});

test("the same letters make the same file, and printed on both sides none begins on the back of another", async () => {
  const letters = [1, 2, 3].map((at) => ({ ...LETTER, layout: "us-10", reference: `letter ${at}` }) as const);
  const at = new Date("2026-03-01T10:00:00Z");
  const [once, again] = [await printLetters(letters, { at }), await printLetters(letters, { at })];
  assert.ok(once.pdf.equals(again.pdf));
  const short = letters.map((letter) => ({ ...letter, paragraphs: ["short"] }));
  assert.equal((await printLetters(short, { at })).pages, 3);
  assert.equal((await printLetters(short, { at, sides: "two" })).pages, 6);
});
