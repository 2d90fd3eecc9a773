// Bank details.
import { accept, type Normalised, refuse } from "./normalised.ts";

const ACCOUNT_LENGTH_MAX = 34;
const ROUTING_DIGITS = 9;
// The ABA's check: the weighted sum of the digits is a multiple of ten.
const ROUTING_WEIGHTS = [3, 7, 1] as const;

/** ISO 13616: two letters, two check digits (ISO 7064, modulo 97), up to 30 letters and digits. */
export function normaliseIban(given: string): Normalised {
  const text = compact(given);
  if (text === "") return refuse("empty");
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(text)) return refuse("wrong-characters");
  if (text.length < 15 || text.length > ACCOUNT_LENGTH_MAX) return refuse("wrong-length");
  const rearranged = `${text.slice(4)}${text.slice(0, 4)}`;
  const digits = rearranged.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n ? accept(text) : refuse("check-digits");
}

export function normaliseAccountNumber(given: string): Normalised {
  const text = compact(given);
  if (text === "") return refuse("empty");
  if (!/^[A-Z0-9]+$/.test(text)) return refuse("wrong-characters");
  return text.length > ACCOUNT_LENGTH_MAX ? refuse("wrong-length") : accept(text);
}

/** Nine digits; a wrong check digit only warns, since the payment network will refuse it while the customer's file must show it. */
export function normaliseRoutingNumber(given: string): Normalised {
  const text = compact(given);
  if (text === "") return refuse("empty");
  if (!/^\d+$/.test(text)) return refuse("wrong-characters");
  if (text.length !== ROUTING_DIGITS) return refuse("wrong-length");
  const sum = [...text].reduce((total, digit, at) => total + Number(digit) * (ROUTING_WEIGHTS[at % 3] ?? 0), 0);
  return sum % 10 === 0 ? accept(text) : accept(text, "routing-check-digit");
}

function compact(given: string): string {
  return given
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s\u2010-\u2015-]/g, "");
}
