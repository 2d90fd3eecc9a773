// Numbers that governments give: social security, employer, Medicare, and those of passports, licences and identity cards.
import { alnum } from "./fold.ts";
import { accept, type Normalised, refuse } from "./normalised.ts";

const SSN_DIGITS = 9;
const MBI_LENGTH = 11;
const DOCUMENT_LENGTH_MAX = 40;

/**
 * Nine digits. Numbers outside the issued ranges are kept with a warning: area 9 is an ITIN, feeds for tests use areas that are never
 * issued, and areas stopped meaning anything in 2011 (SSA randomisation).
 */
export function normaliseSsn(given: string): Normalised {
  const digits = digitsOnly(given);
  if (typeof digits !== "string") return digits;
  if (digits.length !== SSN_DIGITS) return refuse("wrong-length");
  return /^(?:000|666|9)|^...00|0000$/.test(digits) ? accept(digits, "ssn-never-issued") : accept(digits);
}

/** An employer identification number: nine digits. */
export function normaliseEin(given: string): Normalised {
  const digits = digitsOnly(given);
  if (typeof digits !== "string") return digits;
  return digits.length === SSN_DIGITS ? accept(digits) : refuse("wrong-length");
}

/** A Medicare beneficiary identifier: 11 letters and digits. The published pattern only warns, since CMS's own test files break it. */
export function normaliseMbi(given: string): Normalised {
  const text = given.trim().toUpperCase().replaceAll(/[\s-]/g, "");
  if (text === "") return refuse("empty");
  if (text.length !== MBI_LENGTH) return refuse("wrong-length");
  if (!/^[A-Z0-9]+$/.test(text)) return refuse("wrong-characters");
  const letter = "[AC-HJKMNP-RT-Y]";
  const usual = new RegExp(`^[1-9]${letter}[0-9AC-HJKMNP-RT-Y]\\d${letter}[0-9AC-HJKMNP-RT-Y]\\d${letter}{2}\\d{2}$`);
  return usual.test(text) ? accept(text) : accept(text, "mbi-unusual");
}

/** Letters and digits in upper case: each country has its own rules, and a wrong one would lose a real document. */
export function normaliseDocumentNumber(given: string): Normalised {
  const text = alnum(given);
  if (given.trim() === "") return refuse("empty");
  if (text === "") return refuse("wrong-characters");
  return text.length > DOCUMENT_LENGTH_MAX ? refuse("too-long") : accept(text);
}

function digitsOnly(given: string): string | Normalised {
  const text = given.trim().replaceAll(/[\s.\u2010-\u2015-]/g, "");
  if (text === "") return refuse("empty");
  return /^\d+$/.test(text) ? text : refuse("wrong-characters");
}
