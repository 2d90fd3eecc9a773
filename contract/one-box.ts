// What somebody typed into the one search box, as the searches that it may mean: pure, so that nothing typed leaves the page before it is asked about.

/** One search, the body of POST /v1/searches less its purpose. Names no customer by itself. */
export interface OneBoxSearch {
  readonly index: string;
  readonly values: Readonly<Record<string, string>>;
  readonly country?: string;
}

/** What is missing before anything can be asked; null where something can. */
export type OneBoxHint = "empty" | "too-long" | "needs-birth-year" | "needs-name" | "not-understood";

export interface OneBox {
  /** The likeliest first; each that is asked is a disclosure of its own, so ask the others only when somebody chooses them. */
  readonly searches: readonly OneBoxSearch[];
  readonly hint: OneBoxHint | null;
}

const TEXT_LENGTH_MAX = 200;
const BIRTH_YEAR_MIN = 1900;
const BIRTH_YEAR_MAX = 2099;

/** Deterministic; never throws. `country`: ISO 3166-1 alpha-2, for telephone numbers that name none. */
export function readOneBox(typed: string, country: string): OneBox {
  const text = typed.normalize("NFKC").trim().replaceAll(/\s+/g, " ");
  if (text === "") return nothing("empty");
  if (text.length > TEXT_LENGTH_MAX) return nothing("too-long");
  for (const reading of READINGS) {
    const searches = reading(text);
    if (searches.length > 0) return { searches: searches.map((one) => located(one, country)), hint: null };
  }
  return nothing(hintFor(text));
}

function located(one: OneBoxSearch, country: string): OneBoxSearch {
  return one.index === "phone" && !one.values["phone"]?.startsWith("+") ? { ...one, country } : one;
}

const nothing = (hint: OneBoxHint): OneBox => ({ searches: [], hint });

type Reading = (text: string) => readonly OneBoxSearch[];

/** The surest signs first. */
const READINGS: readonly Reading[] = [email, governmentNumber, telephone, named, vehicleOrAccount, numbered];

function email(text: string): OneBoxSearch[] {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? [search("email", { email: text })] : [];
}

/** A social security number as it is written, three, two and four digits. */
function governmentNumber(text: string): OneBoxSearch[] {
  return /^\d{3}-\d{2}-\d{4}$/.test(text) ? [search("ssn", { ssn: text })] : [];
}

/** Written as one: a country code, brackets, or groups. Ten digits in a row may as well number a policy. */
function telephone(text: string): OneBoxSearch[] {
  const digits = text.replaceAll(/\D/g, "");
  if (!/^\+?[\d\s().\-/]+$/.test(text) || digits.length < 7 || digits.length > 15) return [];
  const phone = search("phone", { phone: text });
  if (text.startsWith("+") || /[().\s]/.test(text) || /^\d{3}-\d{3,4}(-\d{4})?$/.test(text)) return [phone];
  return digits.length === 10 && digits === text ? [phone, ...numbersOf(text)] : [];
}

const DATE = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\/(\d{1,2})\/(\d{4})|(\d{1,2})\.(\d{1,2})\.(\d{4}))$/;

/** Names with a day or year of birth, or with the last four digits of a number, in either order. */
function named(text: string): OneBoxSearch[] {
  const words = text.split(" ");
  const at = words.findIndex((word) => DATE.test(word) || /^\d{4}$/.test(word));
  if (at === -1) return [];
  const names = words.toSpliced(at, 1).join(" ");
  const word = words[at]!;
  if (!isName(names)) return [];
  const people = splitName(names);
  const born = DATE.exec(word);
  if (born !== null) {
    const date = isoDate(born);
    return date === null ? [] : people.flatMap((name) => byBirthDate(name, date));
  }
  const fourDigits = people.map(({ last }) => search("ssn-last4-name", { ssn: word, "holder-last-name": last }));
  const year = Number(word);
  const isYear = year >= BIRTH_YEAR_MIN && year <= BIRTH_YEAR_MAX;
  return isYear ? [...people.flatMap((name) => byBirthYear(name, word)), ...fourDigits] : fourDigits;
}

interface PersonName {
  /** Null where only a last name was given. */
  readonly first: string | null;
  readonly last: string;
}

/** "Mara Holloway" and "Holloway, Mara"; of three words the middle one may belong to either. */
function splitName(names: string): PersonName[] {
  const [before = "", after] = names.split(",").map((part) => part.trim());
  if (after !== undefined && after !== "" && before !== "") return [{ first: after, last: before }];
  const words = (before === "" ? (after ?? "") : before).split(" ");
  if (words.length === 1) return [{ first: null, last: words[0]! }];
  const split = (count: number): PersonName => ({
    first: words.slice(0, count).join(" "),
    last: words.slice(count).join(" "),
  });
  const shortFirst: PersonName = { first: words[0]!, last: words.at(-1)! };
  return words.length === 2 ? [split(1)] : [shortFirst, split(words.length - 1), split(1)];
}

function byBirthDate({ first, last }: PersonName, date: string): OneBoxSearch[] {
  if (first === null) return [search("person-sound-birth-year", { "last-name": last, "birth-date": date.slice(0, 4) })];
  return [search("person-name-birth-date", { "first-name": first, "last-name": last, "birth-date": date })];
}

function byBirthYear({ first, last }: PersonName, year: string): OneBoxSearch[] {
  if (first === null) return [search("person-sound-birth-year", { "last-name": last, "birth-date": year })];
  return [search("person-name-birth-year", { "first-name": first, "last-name": last, "birth-date": year })];
}

/** With slashes the month comes first, with dots the day, as where these are written. Null for no day of the calendar. */
function isoDate([, y1, m1, d1, m2, d2, y2, d3, m3, y3]: RegExpExecArray): string | null {
  const [year, month, day] = [y1 ?? y2 ?? y3, m1 ?? m2 ?? m3, d1 ?? d2 ?? d3].map((part) => part!.padStart(2, "0"));
  const text = `${year}-${month}-${day}`;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text;
}

function vehicleOrAccount(text: string): OneBoxSearch[] {
  const joined = text.replaceAll(" ", "").toUpperCase();
  // ISO 3779: seventeen characters, none of which can be mistaken for one or zero.
  if (/^(?=.*[A-Z])(?=.*\d)[A-HJ-NPR-Z0-9]{17}$/.test(joined))
    return [search("vin", { vin: joined }), ...numbersOf(text)];
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(joined) ? [search("iban", { iban: joined }), ...numbersOf(text)] : [];
}

/** Letters before the first digit are a short prefix. */
const IDENTIFIER = /^[\p{L}]{0,6}[\s./_-]?[\p{L}]{0,3}\d[\p{L}\d]*(?:[\s./_-][\p{L}\d]{1,12})*$/u;

/** One word with a digit, or groups of one number. */
function numbered(text: string): OneBoxSearch[] {
  return /\d/.test(text) && IDENTIFIER.test(text) && !/^\d{4}$/.test(text) ? numbersOf(text) : [];
}

/** Numbers look alike: what begins as claims are wont to is asked of claims first. */
function numbersOf(text: string): OneBoxSearch[] {
  const claim = search("claim-number", { number: text });
  const policy = search("policy-number", { number: text });
  const customers = [
    search("person-customer-number", { "customer-number": text }),
    search("organisation-customer-number", { "customer-number": text }),
  ];
  return /^(?:cl|clm|claim|c|s|sch)[\s._/-]*\d/i.test(text)
    ? [claim, policy, ...customers]
    : [policy, claim, ...customers];
}

function hintFor(text: string): OneBoxHint {
  if (/^\d{4}$/.test(text)) return "needs-name";
  return isName(text) ? "needs-birth-year" : "not-understood";
}

function isName(text: string): boolean {
  return /^[\p{L}\p{M}][\p{L}\p{M}'’.,\s-]*$/u.test(text);
}

function search(index: string, values: Readonly<Record<string, string>>): OneBoxSearch {
  return { index, values };
}
