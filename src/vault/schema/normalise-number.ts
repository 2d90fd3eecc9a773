// Numbers and money as decimal strings: nothing passes through a floating-point number.
import { accept, type Normalised, type ReasonCode, refuse, type ValueContext } from "./normalised.ts";

interface Decimal {
  readonly negative: boolean;
  /** Without leading zeros, "0" for none. */
  readonly whole: string;
  /** Without trailing zeros, "" for none. */
  readonly fraction: string;
}

const WHOLE_DIGITS_MAX = 18;
const FRACTION_DIGITS_MAX = 9;
const GIVEN_LENGTH_MAX = 60;
const PERCENT_MAX = 100n;

// ISO 4217: the currencies whose minor unit is not a hundredth.
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};
const MINOR_DIGITS_USUAL = 2;
const SYMBOLS: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY" };
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

export function normaliseInteger(given: string, context: ValueContext): Normalised {
  const parsed = parseDecimal(given, context);
  if (typeof parsed === "string") return refuse(parsed);
  return parsed.fraction === "" ? accept(print(parsed)) : refuse("not-whole");
}

/** Without leading and trailing zeros: "012.50" is "12.5". */
export function normaliseDecimal(given: string, context: ValueContext): Normalised {
  const parsed = parseDecimal(given, context);
  return typeof parsed === "string" ? refuse(parsed) : accept(print(parsed));
}

/** From 0 to 100, with or without the sign. */
export function normalisePercent(given: string, context: ValueContext): Normalised {
  const parsed = parseDecimal(given.trim().replace(/\s?%$/, ""), context);
  if (typeof parsed === "string") return refuse(parsed);
  const whole = BigInt(parsed.whole);
  if (parsed.negative || whole > PERCENT_MAX || (whole === PERCENT_MAX && parsed.fraction !== ""))
    return refuse("out-of-range");
  return accept(print(parsed));
}

/** "USD 1234.50": the currency, then the amount with at least the digits of its minor unit. The currency is stated by the value or by its source. */
export function normaliseMoney(given: string, context: ValueContext): Normalised {
  const split = splitCurrency(given.trim());
  const declared = context.currency;
  // A dollar sign is some dollar: the source's own, when that is one.
  const stated = split.symbol !== null && declared?.endsWith("D") && split.symbol === "$" ? declared : split.currency;
  if (stated !== null && declared !== undefined && stated !== declared) return refuse("currency-differs");
  const currency = stated ?? declared;
  if (currency === undefined) return refuse(split.amount === "" ? "empty" : "currency-missing");
  if (!CURRENCIES.has(currency)) return refuse("currency-unknown");
  const parsed = parseDecimal(split.amount, context);
  if (typeof parsed === "string") return refuse(parsed);
  const digits = MINOR_DIGITS[currency] ?? MINOR_DIGITS_USUAL;
  return accept(`${currency} ${print({ ...parsed, fraction: parsed.fraction.padEnd(digits, "0") })}`);
}

interface SplitMoney {
  readonly amount: string;
  readonly currency: string | null;
  readonly symbol: string | null;
}

function splitCurrency(text: string): SplitMoney {
  const coded =
    /^([A-Z]{3})\s?(.*)$/s.exec(text) ??
    /^(.*?)\s?([A-Z]{3})$/s.exec(text)?.toSpliced(1, 2, text.slice(-3), text.slice(0, -3));
  if (coded != null) return { currency: coded[1] ?? null, amount: (coded[2] ?? "").trim(), symbol: null };
  const signed = /^([-(]?)\s?([$€£¥])\s?(.*)$/s.exec(text);
  if (signed === null) return { amount: text, currency: null, symbol: null };
  const symbol = signed[2] ?? "";
  return { amount: `${signed[1]}${signed[3]}`, currency: SYMBOLS[symbol] ?? null, symbol };
}

/** Digits with an optional sign, group marks each three digits, and at most one decimal mark. Parentheses mean negative, as in ledgers. */
function parseDecimal(given: string, context: ValueContext): Decimal | ReasonCode {
  let text = given.trim();
  if (text === "") return "empty";
  if (text.length > GIVEN_LENGTH_MAX) return "too-many-digits";
  const inParentheses = /^\((.*)\)$/s.exec(text);
  if (inParentheses !== null) text = `-${inParentheses[1]}`;
  const pattern =
    context.decimalMark === "comma"
      ? /^(?<sign>[+-]?)(?<whole>\d{1,3}(?:[. '\u00a0\u202f]\d{3})+|\d*)(?:,(?<fraction>\d*))?$/
      : /^(?<sign>[+-]?)(?<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?<fraction>\d*))?$/;
  const match = pattern.exec(text);
  if (match?.groups === undefined) return "not-a-number";
  const whole = (match.groups["whole"] ?? "").replaceAll(/\D/g, "").replace(/^0+/, "");
  const fraction = (match.groups["fraction"] ?? "").replace(/0+$/, "");
  if (!/\d/.test(text)) return "not-a-number";
  if (whole.length > WHOLE_DIGITS_MAX || fraction.length > FRACTION_DIGITS_MAX) return "too-many-digits";
  const zero = whole === "" && fraction === "";
  return { negative: match.groups["sign"] === "-" && !zero, whole: whole || "0", fraction };
}

function print(value: Decimal): string {
  return `${value.negative ? "-" : ""}${value.whole}${value.fraction === "" ? "" : `.${value.fraction}`}`;
}
