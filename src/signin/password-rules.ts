// Which passwords are good enough: long, hard to guess for whoever knows the person, and on no list of common and breached ones.
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { normalisedPassword } from "./argon2.ts";
import type { SignInPolicy } from "./policy.ts";

export type PasswordFault = "too-short" | "too-long" | "common" | "guessable" | "used-before";

/** What whoever knows the person would try first. */
export interface KnownWords {
  readonly name: string;
  readonly email: string;
  readonly company: string;
}

type Rules = Pick<SignInPolicy["password"], "lengthMin" | "lengthMax" | "scoreMin">;

const WORD_LENGTH_MIN = 3;
const OTHER_LETTERS_MIN = 5;

/** Null when it is good enough, apart from having been used before. */
export type JudgePassword = (
  password: string,
  known: KnownWords,
) => Promise<Exclude<PasswordFault, "used-before"> | null>;

interface Dictionaries {
  readonly estimator: ZxcvbnFactory;
  /** Common ones, folded. */
  readonly listed: ReadonlySet<string>;
}

/** Of this process, by the longest password that is looked at. */
const dictionaries = new Map<number, Promise<Dictionaries>>();

/**
 * The dictionaries are read and made ready when the first password is judged, which takes some hundred milliseconds: most servers never see one set,
 * and forty megabytes are theirs to keep.
 */
export function createPasswordRules({ lengthMin, lengthMax, scoreMin }: Rules): JudgePassword {
  return async (given, known) => {
    const { estimator, listed } = await readied(lengthMax);
    const password = normalisedPassword(given);
    // NIST SP 800-63B 5.1.1.2: each code point counts as one character.
    const length = [...password].length;
    if (length < lengthMin) return "too-short";
    if (length > lengthMax) return "too-long";
    if (listed.has(folded(password)) || listed.has(withoutTail(password))) return "common";
    const words = wordsOf(known);
    const isGuessable = isOwnWords(password, words) || estimator.check(password, words).score < scoreMin;
    return isGuessable ? "guessable" : null;
  };
}

function readied(lengthMax: number): Promise<Dictionaries> {
  const known = dictionaries.get(lengthMax) ?? readDictionaries(lengthMax);
  dictionaries.set(lengthMax, known);
  return known;
}

async function readDictionaries(lengthMax: number): Promise<Dictionaries> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary: common }, { dictionary: english, translations }] =
    await Promise.all([
      import("@zxcvbn-ts/core"),
      import("@zxcvbn-ts/language-common"),
      import("@zxcvbn-ts/language-en"),
    ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    translations,
    maxLength: lengthMax,
  });
  return { estimator, listed: new Set(common["passwords-common"].map(folded)) };
}

function folded(password: string): string {
  return password.toLowerCase();
}

/** "Password2026!!" is "password": digits and signs after a word are what everybody adds. */
function withoutTail(password: string): string {
  return folded(password).replace(/[^\p{L}]+$/u, "");
}

/** Besides the person's own words, figures and signs there is hardly anything: "Ada Byron 2026!", which the estimator finds hard. */
function isOwnWords(password: string, words: readonly string[]): boolean {
  const longestFirst = words.toSorted((left, right) => right.length - left.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ""), folded(password));
  return rest !== folded(password) && rest.replaceAll(/[^\p{L}]/gu, "").length < OTHER_LETTERS_MIN;
}

function wordsOf({ name, email, company }: KnownWords): string[] {
  const words = [name, email, company].flatMap((text) => [text, ...text.split(/[\s@.,_+-]+/)]);
  return [...new Set(words.map(folded))].filter((word) => word.length >= WORD_LENGTH_MIN);
}
