// Passages of texts that are to be struck out, as whoever reads chooses them. Places alone; what they say is read from the text that is shown. Pure.

export interface Passage {
  readonly field: string;
  readonly from: number;
  readonly to: number;
}

/** Those that say the same, struck and kept together: nobody is struck out in one place and named in the next. */
export interface Mention {
  readonly words: string;
  readonly why: "known" | "identifier" | "addressed" | "chosen";
  readonly passages: readonly Passage[];
  readonly isStruck: boolean;
}

interface Text {
  readonly name: string;
  readonly value: string;
  readonly proposals: readonly { readonly from: number; readonly to: number; readonly why: Mention["why"] }[];
}

const STRUCK = "[...]";

/** Proposed by the server, all struck until somebody keeps them. */
export function proposed(texts: readonly Text[]): readonly Mention[] {
  const all = texts.flatMap(({ name, value, proposals }) =>
    proposals.map(({ from, to, why }) => ({ words: value.slice(from, to), why, passage: { field: name, from, to } })),
  );
  return [...Map.groupBy(all, ({ words }) => folded(words)).values()].map((same) => ({
    words: same[0]!.words,
    why: same[0]!.why,
    passages: same.map(({ passage }) => passage),
    isStruck: true,
  }));
}

/** The words wherever they stand, in whatever letters. */
export function withChosen(mentions: readonly Mention[], texts: readonly Text[], chosen: string): readonly Mention[] {
  const words = chosen.trim();
  if (words === "") return mentions;
  const passages = texts.flatMap(({ name, value }) =>
    placesOf(value, words).map((from) => ({ field: name, from, to: from + words.length })),
  );
  const others = mentions.filter((one) => folded(one.words) !== folded(words));
  return [...others, { words, why: "chosen", passages, isStruck: true }];
}

export function toggled(mentions: readonly Mention[], words: string): readonly Mention[] {
  return mentions.map((one) => (one.words === words ? { ...one, isStruck: !one.isStruck } : one));
}

export function struckOf(mentions: readonly Mention[]): readonly Passage[] {
  return mentions.filter(({ isStruck }) => isStruck).flatMap(({ passages }) => passages);
}

/** As it goes out. */
export function without(text: Pick<Text, "name" | "value">, struck: readonly Passage[]): string {
  const ofText = struck.filter(({ field }) => field === text.name).toSorted((one, other) => one.from - other.from);
  const out: string[] = [];
  let at = 0;
  for (const { from, to } of ofText) {
    if (from >= at || out.length === 0) out.push(text.value.slice(at, from), STRUCK);
    at = Math.max(at, to);
  }
  return [...out, text.value.slice(at)].join("");
}

const folded = (words: string): string => words.toLowerCase();

const isLetter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/** As words of their own, or else wherever they stand. Where small letters are of another length than large ones, as they are written. */
function placesOf(value: string, words: string): number[] {
  const isAligned = folded(value).length === value.length && folded(words).length === words.length;
  const [text, wanted] = isAligned ? [folded(value), folded(words)] : [value, words];
  const found: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) found.push(at);
  const whole = found.filter((at) => !isLetter(text.charAt(at - 1)) && !isLetter(text.charAt(at + wanted.length)));
  return whole.length > 0 ? whole : found;
}
