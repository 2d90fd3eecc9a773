// Strikes passages out of a text: what was there is gone, and its length with it.

/** Half-open, in UTF-16 code units, as a page counts. */
export type Span = readonly [from: number, to: number];

/** Of one length whatever it stands for; what the printed forms explain. */
const STRUCK = "[...]";

/** In order, none touching another, none through the middle of a character. Null where one is empty or reaches beyond the text. */
export function spansOf(text: string, given: readonly Span[]): readonly Span[] | null {
  if (given.some(([from, to]) => from < 0 || from >= to || to > text.length)) return null;
  const whole = given.map(([from, to]): Span => [
    isInside(text, from) ? from - 1 : from,
    isInside(text, to) ? to + 1 : to,
  ]);
  return joinSpans(
    whole.toSorted(([one], [other]) => one - other),
    (before, from) => from <= before,
  );
}

/** In order; each is one with the last before it where `isOne` says so of where that ends and this begins. */
export function joinSpans(spans: readonly Span[], isOne: (before: number, from: number) => boolean): readonly Span[] {
  const joined: Span[] = [];
  for (const [from, to] of spans) {
    const last = joined.at(-1);
    if (last !== undefined && isOne(last[1], from)) joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}

/** `spans` as `spansOf` answers them. */
export function struckOut(text: string, spans: readonly Span[]): string {
  const kept = spans.map(([from], at) => text.slice(spans[at - 1]?.[1] ?? 0, from));
  return [...kept, text.slice(spans.at(-1)?.[1] ?? 0)].join(STRUCK);
}

function isInside(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
