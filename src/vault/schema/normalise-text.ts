// Words: text, names, narratives, identifiers, codes and booleans.
import { accept, type Normalised, refuse } from "./normalised.ts";

const TEXT_LENGTH_MAX = 1_000;
const NAME_LENGTH_MAX = 200;
const IDENTIFIER_LENGTH_MAX = 100;
const NARRATIVE_LENGTH_MAX = 64 * 1024;

// C0 and C1 controls and the bidirectional overrides, which make a text show as something else than it is (Unicode TR 36).
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const CONTROLS_BUT_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const PLAIN_LINE = /^[!-~]+(?: [!-~]+)*$/;

/** NFC, trimmed, runs of white space made one space. */
export function normaliseText(given: string): Normalised {
  return oneLine(given, "NFC", TEXT_LENGTH_MAX);
}

/** NFKC (so that full-width and ligature forms are one name), trimmed, runs of white space made one space. At least one letter. */
export function normaliseName(given: string): Normalised {
  const line = oneLine(given, "NFKC", NAME_LENGTH_MAX);
  return line.ok && !/\p{L}/u.test(line.value) ? refuse("no-letters") : line;
}

/** A number or reference of somebody's system: NFKC, trimmed. Its case and leading zeros may matter there, so they stay. */
export function normaliseIdentifier(given: string): Normalised {
  return oneLine(given, "NFKC", IDENTIFIER_LENGTH_MAX);
}

/** NFC with lines ended by a line feed; everything inside stays. */
export function normaliseNarrative(given: string): Normalised {
  if (given.length > NARRATIVE_LENGTH_MAX) return refuse("too-long");
  const text = given.normalize("NFC").replaceAll(/\r\n?/g, "\n").trim();
  if (text === "") return refuse("empty");
  // Again: a letter may become three in its normal form.
  if (text.length > NARRATIVE_LENGTH_MAX) return refuse("too-long");
  return CONTROLS_BUT_LINES.test(text) ? refuse("control-character") : accept(text);
}

function oneLine(given: string, form: "NFC" | "NFKC", lengthMax: number): Normalised {
  // Checked before and after: a compatibility form may be many times longer than what was given.
  if (given.length > lengthMax * 2) return refuse("too-long");
  // Most values: printable ASCII with single spaces, which is its own normal form in every way.
  if (given.length <= lengthMax && PLAIN_LINE.test(given)) return accept(given);
  const text = given
    .normalize(form)
    .replaceAll(/[\s\u0085]+/g, " ")
    .trim();
  if (text === "") return refuse("empty");
  if (text.length > lengthMax) return refuse("too-long");
  return CONTROLS.test(text) ? refuse("control-character") : accept(text);
}

/** One of the field's codes, in any case. Words of other systems are translated by their mapping. */
export function normaliseCode(given: string, codes: readonly string[]): Normalised {
  const word = given.trim().toLowerCase();
  if (word === "") return refuse("empty");
  return codes.includes(word) ? accept(word) : refuse("not-in-list");
}

const TRUE_WORDS: ReadonlySet<string> = new Set(["true", "t", "yes", "y", "1"]);
const FALSE_WORDS: ReadonlySet<string> = new Set(["false", "f", "no", "n", "0"]);

export function normaliseBoolean(given: string): Normalised {
  const word = given.trim().toLowerCase();
  if (word === "") return refuse("empty");
  if (TRUE_WORDS.has(word)) return accept("true");
  return FALSE_WORDS.has(word) ? accept("false") : refuse("not-a-boolean");
}
