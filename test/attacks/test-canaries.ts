// Values that stand nowhere else: one for every field of every record type, each fit for its type.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { normaliseField } from "../../src/vault/schema/normalise.ts";
import { loadRegistry, type FieldType, type RecordType } from "../../src/vault/schema/registry.ts";

export const registry = loadRegistry(join(import.meta.dirname, "../../governance/schema"));

/** Types of so few values that finding one proves nothing. */
const TOO_FEW: ReadonlySet<string> = new Set(["code", "boolean", "year", "percent", "country", "us-state", "region"]);
const PLAIN: Readonly<Record<string, string>> = { boolean: "true", percent: "37", country: "US" };

export interface Canary {
  /** As a source writes it. */
  readonly given: string;
  /** What must not be found: as given and as normalised. Empty for a value of a short closed list. */
  readonly secrets: readonly string[];
}

let count = 0;
let dates = 0;

/** A fresh one each time. */
export function canaryFor(field: FieldType): Canary {
  count += 1;
  const given = givenFor(field, count);
  const normalised = normaliseField(field, given);
  if (!normalised.ok) throw new Error(`the canary for ${field.path} is refused: ${normalised.reason}`);
  return { given, secrets: TOO_FEW.has(field.type) ? [] : [...new Set([given, normalised.value])] };
}

const datesAgain = new Map<string, Canary>();

/** For records made in great number: the same date each time, since each further short number adds to what chance finds. The rest is fresh. */
export function canaryWithOldDate(field: FieldType): Canary {
  const canary = datesAgain.get(field.path) ?? canaryFor(field);
  if (field.type === "date") datesAgain.set(field.path, canary);
  return canary;
}

/** A fresh word for what is no field: names of clients, reasons, keys, file names, broken input. */
export function canaryWord(): string {
  count += 1;
  return `Zq${letters(count)}vortexidrome`;
}

function givenFor(field: FieldType, n: number): string {
  const word = letters(n);
  switch (field.type) {
    case "code":
      return Object.keys(field.codes ?? {})[0] ?? "";
    case "year":
      return "1987";
    case "us-state":
    case "region":
      return "ND";
    case "date":
      return freshDate();
    case "timestamp":
      return new Date(Date.UTC(1995, 0, 3 + n, 3, 41, 7)).toISOString();
    case "email":
      return `zq${word}@vortexidrome.example`;
    default:
      return PLAIN[field.type] ?? numberFor(field, n) ?? `Zq${word}vortexidrome`;
  }
}

/** A day of an odd number: sizes in bytes and the like, of eight digits as well, are even. */
function freshDate(): string {
  dates += 1;
  const [year, month, day] = [1921 + Math.floor(dates / 168), Math.floor(dates / 14) % 12, 1 + 2 * (dates % 14)];
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/**
 * Long ones, wherever the type allows it: eight digits stand by chance in a few megabytes of hexadecimal or of times and fractions, sixteen
 * nowhere. Dates, and the numbers that have nine digits by law (social security, employer, routing, ZIP+4), stay short: the scanner tells a
 * chance hit on them from a leak by decoys (`test-short-numbers.ts`), and their records hold long canaries besides, which stand as witnesses.
 */
function numberFor(field: FieldType, n: number): string | undefined {
  const five = String(10_000 + ((n * 7919) % 89_999));
  const long = sixteenDigits(n);
  const numbers: Readonly<Record<string, string>> = {
    integer: `73${long.slice(0, 14)}1`,
    decimal: `7${long.slice(0, 12)}.${long.slice(12, 15)}3`,
    money: `91${long.slice(0, 13)}.47 USD`,
    phone: `+43 720 ${long.slice(0, 10)}`,
    postcode: `${five}-${five.slice(1)}`,
    ssn: `2${five.slice(0, 2)}-${five.slice(2, 4)}-7${five.slice(2)}`,
    ein: `47-31${five}`,
    mbi: `1EG4TE${five}`,
    "document-number": `ZQ73${five}X`,
    iban: iban(`ZQVT${long.slice(0, 16)}`),
    "account-number": `8317${long}`,
    "routing-number": `8317${five}`,
    vin: `1ZVBPTAMZDK${five}X`,
    plate: `ZQ${five}V`,
    narrative: `Zq${letters(n)}vortexidrome fell "badly" on the jetée; it rained.`,
    text: `Zq${letters(n)}vortexidrome of the "jetée"`,
    name: `Zq${letters(n)}vortexidromé`,
    identifier: `ZQ-73${five}-${letters(n).toUpperCase()}`,
  };
  return numbers[field.type];
}

/** They look like any others, the same each run. */
function sixteenDigits(n: number): string {
  const hash = createHash("sha256").update(`canary ${n}`).digest();
  return String(hash.readBigUInt64BE() % 10n ** 16n).padStart(16, "7");
}

/** ISO 7064, modulo 97. */
function iban(account: string): string {
  const digits = [...`${account}GB00`].map((sign) => String(Number.parseInt(sign, 36))).join("");
  return `GB${String(98n - (BigInt(digits) % 97n)).padStart(2, "0")}${account}`;
}

function letters(n: number): string {
  return [...String(n).padStart(3, "0")].map((digit) => "abcdefghij"[Number(digit)]).join("");
}

/** Every field of the record type, each with its own canary. */
export function recordOfCanaries({ name, fields }: RecordType, canaryOf: typeof canaryFor = canaryFor) {
  const canaries = new Map(fields.map((field) => [field.name, canaryOf(field)]));
  const given = Object.fromEntries([...canaries].map(([field, canary]) => [field, canary.given]));
  return { type: name, fields: given, secrets: [...canaries.values()].flatMap(({ secrets }) => secrets) };
}
