// What a blind index hashes: the parts of its value, from a record's normalised fields or from a search.
import { doubleMetaphone } from "double-metaphone";
import { alnum, fold } from "./fold.ts";
import type { IndexPart, IndexType } from "./schema.ts";
import type { Transform, ValueType } from "./vocabulary.ts";

/** Normalised values by field name (within the index's record type); absent fields are left out. */
export type NormalisedFields = Readonly<Record<string, string | undefined>>;

interface TransformRule {
  readonly fits: readonly ValueType[];
  /** The part to store, or null when the value is too little for one. */
  store(value: string): string | null;
  /** The parts to look for, when they are not just what `store` gives. */
  search?(value: string): readonly string[];
}

const WORDS: readonly ValueType[] = ["name", "text", "region"];
const NUMBERS: readonly ValueType[] = [
  "identifier",
  "document-number",
  "account-number",
  "iban",
  "mbi",
  "ssn",
  "ein",
  "vin",
  "plate",
];

export const TRANSFORM_RULES: Readonly<Record<Transform, TransformRule>> = {
  exact: {
    fits: [
      "ssn",
      "ein",
      "iban",
      "date",
      "us-state",
      "country",
      "code",
      "boolean",
      "year",
      "percent",
      "routing-number",
      "vin",
      "region",
    ],
    store: (value) => value,
  },
  fold: { fits: WORDS, store: (value) => fold(value) || null },
  alnum: { fits: NUMBERS, store: (value) => alnum(value) || null },
  email: { fits: ["email"], store: (value) => value.toLowerCase() },
  phone: { fits: ["phone"], store: (value) => value.replace(/;ext=.*$/, "").replaceAll(/\D/g, "") || null },
  // The five digits of a ZIP code, since the other four are often missing or zero.
  postcode: {
    fits: ["postcode"],
    store: (value) => (/^\d{5}-\d{4}$/.test(value) ? value.slice(0, 5) : alnum(value) || null),
  },
  year: { fits: ["date", "timestamp", "year"], store: (value) => value.slice(0, 4) },
  last4: { fits: NUMBERS, store: (value) => lastCharacters(alnum(value), 4), search: searchLast4 },
  prefix4: { fits: WORDS, store: (value) => [...fold(value)].slice(0, 4).join("") || null },
  prefix6: { fits: NUMBERS, store: (value) => [...alnum(value)].slice(0, 6).join("") || null },
  metaphone: { fits: WORDS, store: (value) => metaphones(value)[0] ?? null, search: metaphones },
};

/** The parts to index for a record: one list, or one for each alternative field present; none when a part is missing. */
export function indexInputs(index: IndexType, fields: NormalisedFields): string[][] {
  return combine(index.parts.map((part) => partsOf(part, fields, (rule, value) => [rule.store(value)])));
}

/** The parts to look for. A phonetic index stores the main sound only and is asked for both, which halves what it leaks. */
export function searchInputs(index: IndexType, fields: NormalisedFields): string[][] {
  return combine(
    index.parts.map((part) => partsOf(part, fields, (rule, value) => rule.search?.(value) ?? [rule.store(value)])),
  );
}

type Variants = (rule: TransformRule, value: string) => readonly (string | null)[];

function partsOf(part: IndexPart, fields: NormalisedFields, variants: Variants): string[] {
  const rule = TRANSFORM_RULES[part.transform];
  if (part.alternatives.length === 0) {
    const value = fields[part.field];
    return value === undefined ? [] : distinct(variants(rule, value));
  }
  const found = [part.field, ...part.alternatives].flatMap((name) => {
    const value = fields[name];
    return value === undefined ? [] : variants(rule, value);
  });
  return distinct(found);
}

function distinct(found: readonly (string | null)[]): string[] {
  const [first] = found;
  if (found.length === 1) return first === null || first === undefined ? [] : [first];
  return [...new Set(found.filter((value) => value !== null))];
}

/** Each way of choosing one variant of every part. */
function combine(parts: readonly string[][]): string[][] {
  return parts.reduce<string[][]>(
    (lists, variants) => lists.flatMap((list) => variants.map((variant) => [...list, variant])),
    [[]],
  );
}

function lastCharacters(value: string, count: number): string | null {
  return value.length < count ? null : value.slice(-count);
}

/** Whoever searches has four characters in hand, or the whole number. */
function searchLast4(value: string): string[] {
  const last = lastCharacters(alnum(value), 4);
  return last === null ? [] : [last];
}

/** Double metaphone's main and second code. A name it cannot sound out (another script) stands for itself. */
function metaphones(value: string): string[] {
  const folded = fold(value);
  if (folded === "") return [];
  const codes = doubleMetaphone(folded).filter((code) => code !== "");
  return codes.length === 0 ? [folded] : [...new Set(codes)];
}
