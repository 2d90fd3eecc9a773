// One entry for bringing a given value into the form that is compared, indexed and masked. Never quotes the value.
import { normaliseAccountNumber, normaliseIban, normaliseRoutingNumber } from "./normalise-bank.ts";
import { normaliseCountry, normalisePostcode, normaliseRegion, normaliseUsState } from "./normalise-place.ts";
import { normaliseDate, normaliseTimestamp, normaliseYear } from "./normalise-date.ts";
import { normaliseDocumentNumber, normaliseEin, normaliseMbi, normaliseSsn } from "./normalise-government-id.ts";
import { normaliseEmail, normalisePhone } from "./normalise-contact.ts";
import { normaliseDecimal, normaliseInteger, normaliseMoney, normalisePercent } from "./normalise-number.ts";
import {
  normaliseBoolean,
  normaliseCode,
  normaliseIdentifier,
  normaliseName,
  normaliseNarrative,
  normaliseText,
} from "./normalise-text.ts";
import { normalisePlate, normaliseVin } from "./normalise-vehicle.ts";
import type { Normalised, ValueContext } from "./normalised.ts";
import type { FieldType } from "./schema.ts";
import type { ValueType } from "./vocabulary.ts";

export type { Normalised, ReasonCode, ValueContext, WarningCode } from "./normalised.ts";

type Normaliser = (given: string, context: ValueContext) => Normalised;

const NORMALISERS: Readonly<Record<Exclude<ValueType, "code">, Normaliser>> = {
  text: normaliseText,
  name: normaliseName,
  narrative: normaliseNarrative,
  identifier: normaliseIdentifier,
  boolean: normaliseBoolean,
  date: normaliseDate,
  timestamp: normaliseTimestamp,
  year: normaliseYear,
  integer: normaliseInteger,
  decimal: normaliseDecimal,
  percent: normalisePercent,
  money: normaliseMoney,
  email: normaliseEmail,
  phone: normalisePhone,
  country: normaliseCountry,
  "us-state": normaliseUsState,
  region: normaliseRegion,
  postcode: normalisePostcode,
  ssn: normaliseSsn,
  ein: normaliseEin,
  mbi: normaliseMbi,
  "document-number": normaliseDocumentNumber,
  iban: normaliseIban,
  "account-number": normaliseAccountNumber,
  "routing-number": normaliseRoutingNumber,
  vin: normaliseVin,
  plate: normalisePlate,
};

const codes = new WeakMap<FieldType, readonly string[]>();

/** Remembered: types are fixed once they are read. */
function codesOf(field: FieldType): readonly string[] {
  const known = codes.get(field) ?? Object.keys(field.codes ?? {});
  codes.set(field, known);
  return known;
}

/**
 * Normalises a value as given. A normalised value, given again in any context without a declared format, stays as it is.
 * `warning` marks a value that is kept although it cannot be right (a telephone number of an area that does not exist).
 */
export function normaliseField(field: FieldType, given: string, context: ValueContext = {}): Normalised {
  // A lone surrogate has no UTF-8 form: it would be sealed as another character than was given.
  if (!given.isWellFormed()) return { ok: false, reason: "not-well-formed" };
  if (field.type === "code") return normaliseCode(given, codesOf(field));
  return NORMALISERS[field.type](given, context);
}
