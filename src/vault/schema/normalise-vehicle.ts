// Vehicle identification numbers and plates.
import { alnum } from "./fold.ts";
import { accept, type Normalised, refuse } from "./normalised.ts";

const VIN_LENGTH = 17;
const VIN_LENGTH_MIN = 5;
const PLATE_LENGTH_MAX = 12;
// 49 CFR 565.15(c): the value of each letter, and the weight of each place.
const VIN_VALUES: Readonly<Record<string, number>> = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  F: 6,
  G: 7,
  H: 8,
  J: 1,
  K: 2,
  L: 3,
  M: 4,
  N: 5,
  P: 7,
  R: 9,
  S: 2,
  T: 3,
  U: 4,
  V: 5,
  W: 6,
  X: 7,
  Y: 8,
  Z: 9,
};
const VIN_WEIGHTS: readonly number[] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Upper case. Vehicles from before 1981 and from outside North America have shorter numbers or none of its check digits: those warn. */
export function normaliseVin(given: string): Normalised {
  const text = alnum(given);
  if (given.trim() === "") return refuse("empty");
  if (!/^[A-Z0-9]+$/.test(text)) return refuse("wrong-characters");
  if (text.length < VIN_LENGTH_MIN || text.length > VIN_LENGTH) return refuse("wrong-length");
  const usual = text.length === VIN_LENGTH && !/[IOQ]/.test(text) && text[8] === vinCheckDigit(text);
  return usual ? accept(text) : accept(text, "vin-unusual");
}

function vinCheckDigit(vin: string): string {
  const sum = VIN_WEIGHTS.reduce((total, weight, at) => {
    const character = vin[at] ?? "";
    return total + weight * (VIN_VALUES[character] ?? Number(character));
  }, 0);
  const remainder = sum % 11;
  return remainder === 10 ? "X" : String(remainder);
}

export function normalisePlate(given: string): Normalised {
  const text = alnum(given);
  if (given.trim() === "") return refuse("empty");
  if (text === "") return refuse("wrong-characters");
  return text.length > PLATE_LENGTH_MAX ? refuse("wrong-length") : accept(text);
}
