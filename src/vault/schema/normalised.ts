// What normalising answers, and what it may be told about the source of a value.
export type ReasonCode =
  | "empty"
  | "too-long"
  | "control-character"
  | "not-well-formed"
  | "no-letters"
  | "not-in-list"
  | "not-a-boolean"
  | "not-a-date"
  | "impossible-date"
  | "date-format-undeclared"
  | "date-out-of-range"
  | "time-missing"
  | "not-a-number"
  | "not-whole"
  | "too-many-digits"
  | "out-of-range"
  | "currency-missing"
  | "currency-unknown"
  | "currency-differs"
  | "not-an-email"
  | "not-a-phone"
  | "unknown-country"
  | "unknown-state"
  | "not-a-postcode"
  | "wrong-length"
  | "wrong-characters"
  | "check-digits";

export type WarningCode =
  | "phone-not-valid"
  | "ssn-never-issued"
  | "mbi-unusual"
  | "routing-check-digit"
  | "vin-unusual"
  | "postcode-unusual";

export type Normalised =
  | { readonly ok: true; readonly value: string; readonly warning?: WarningCode }
  | { readonly ok: false; readonly reason: ReasonCode };

export const DATE_FORMATS = [
  "yyyy-mm-dd",
  "yyyy/mm/dd",
  "yyyymmdd",
  "mm/dd/yyyy",
  "dd/mm/yyyy",
  "m/d/yyyy",
  "d/m/yyyy",
  "mm-dd-yyyy",
  "dd-mm-yyyy",
  "dd.mm.yyyy",
  "yyyy-mm-dd hh:mm:ss",
  "mm/dd/yyyy hh:mm:ss",
  "dd/mm/yyyy hh:mm:ss",
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** What the source declares about its values. Nothing is guessed: without a format only year-first dates are read. */
export interface ValueContext {
  /** ISO 3166 alpha-2, for telephone numbers without a country code, postcodes and regions. */
  readonly country?: string;
  /** ISO 4217, for amounts that do not state theirs. */
  readonly currency?: string;
  readonly dateFormat?: DateFormat;
  /** What separates the fraction: a point unless declared. */
  readonly decimalMark?: "point" | "comma";
}

export function accept(value: string, warning?: WarningCode): Normalised {
  return warning === undefined ? { ok: true, value } : { ok: true, value, warning };
}

export function refuse(reason: ReasonCode): Normalised {
  return { ok: false, reason };
}
