// Proposes what to strike out of a text: names that the vault knows, and what looks like a person or their number. A help for whoever reads, and no judgement.
import { joinSpans, type Span, spansOf } from "./strike.ts";

export interface Proposal {
  readonly span: Span;
  readonly why: "known" | "identifier" | "addressed";
}

export interface People {
  /** Names and other words of people who are not the customer. */
  readonly others: readonly string[];
  /** What the customer is called and reached by: no finding. */
  readonly own: readonly string[];
}

const PROPOSALS_MAX = 200;
const WORD_LENGTH_MIN = 3;
const DIGITS_MIN = 7;
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const ACCOUNT = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu;
const NUMBER = /(?<![\p{L}\p{N}])\+?\(?\d[\d ()/.-]{4,30}\d(?![\p{L}\p{N}])/gu;
const DAY = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})$/;
const ADDRESSED =
  /(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Sr|Sra|Srta|Don|Doña)\.?[ \u00a0]+\p{Lu}[\p{L}'’-]+(?:[ \u00a0]+\p{Lu}[\p{L}'’-]+)?/gu;

/** In order; none overlaps another. */
export function proposeStrikes(text: string, people: People): readonly Proposal[] {
  const own = new Set(people.own.flatMap((value) => [foldedOf(value), ...wordsOf(value)]));
  const isOwn = (found: string): boolean => own.has(foldedOf(found)) || wordsOf(found).every((word) => own.has(word));
  const found = [
    ...knownIn(text, people.others, isOwn),
    ...[EMAIL, ACCOUNT].flatMap((pattern) => matches(text, pattern, "identifier")),
    ...matches(text, NUMBER, "identifier").filter((one) => isNumber(textOf(text, one))),
    ...matches(text, ADDRESSED, "addressed").filter(
      (one) =>
        !wordsOf(textOf(text, one))
          .slice(1)
          .every((word) => own.has(word)),
    ),
  ].filter((one) => !isOwn(textOf(text, one)));
  const apart =
    spansOf(
      text,
      found.map(({ span }) => span),
    ) ?? [];
  // A first and a last name are one passage.
  const spans = joinSpans(apart, (before, from) => text.slice(before, from).trim() === "");
  return spans.slice(0, PROPOSALS_MAX).map((span) => ({
    span,
    why: found.find((one) => one.span[0] < span[1] && one.span[1] > span[0])?.why ?? "known",
  }));
}

function knownIn(text: string, others: readonly string[], isOwn: (word: string) => boolean): Proposal[] {
  const terms = new Set(others.flatMap((value) => [value.trim(), ...value.split(/[\s,;]+/u)]));
  const wanted = [...terms].filter((term) => term.length >= WORD_LENGTH_MIN && !isOwn(term));
  if (wanted.length === 0) return [];
  const alternatives = wanted
    .toSorted((one, other) => other.length - one.length)
    .map((term) =>
      term
        .split(/\s+/u)
        .map((word) => RegExp.escape(word))
        .join("\\s+"),
    );
  return matches(
    text,
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})(?![\\p{L}\\p{N}])`, "giu"),
    "known",
  );
}

function matches(text: string, pattern: RegExp, why: Proposal["why"]): Proposal[] {
  return [...text.matchAll(pattern)].map((match) => ({ span: [match.index, match.index + match[0].length], why }));
}

const textOf = (text: string, { span: [from, to] }: Proposal): string => text.slice(from, to);
const foldedOf = (value: string): string => value.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
const wordsOf = (value: string): string[] =>
  value
    .split(/\s+/u)
    .map(foldedOf)
    .filter((word) => word !== "");

function isNumber(found: string): boolean {
  return !DAY.test(found.trim()) && found.replaceAll(/\D/g, "").length >= DIGITS_MIN;
}
