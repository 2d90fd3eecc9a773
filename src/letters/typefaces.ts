// In which typeface a letter is set: PDF's own where that has every character, else one that is put into the file.
import { fileURLToPath } from "node:url";

export interface Typeface {
  readonly plain: string;
  readonly bold: string;
}

/** Nothing is put into the file: every reader and printer has it. It knows Latin-1. */
const BUILT_IN: Typeface = { plain: "Helvetica", bold: "Helvetica-Bold" };
const LATIN_1 = /^[\u0020-\u007e\u00a0-\u00ff]*$/u;

/** DejaVu: Latin with all its accents, Vietnamese among them, Greek and Cyrillic; only the characters used go into the file. */
const PUT_IN: Typeface = {
  plain: fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")),
  bold: fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf")),
};
/** INVARIANT: each has its glyph, in both weights: a name is not printed as something it is not. Scripts that are joined or written from the right are not among them. */
const WRITTEN =
  /^[\u0020-\u007e\u00a0-\u024f\u0370-\u0373\u0376\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0525\u1e00-\u1efb\u2010-\u2027\u2030-\u205e]*$/u;

/** Null where no typeface has all of it. */
export function typefaceFor(texts: readonly string[]): Typeface | null {
  if (texts.every((text) => LATIN_1.test(text))) return BUILT_IN;
  return texts.every((text) => WRITTEN.test(text)) ? PUT_IN : null;
}
