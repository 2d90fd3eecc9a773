// The plaintext of one sealed field: both forms of its value as canonical JSON, padded so that its length says little.
import { VaultError } from "./errors.ts";

/** A value as it is compared (`normalised`) and as it came (`given`). */
export interface FieldValue {
  readonly normalised: string;
  readonly given: string;
}

const STEP_BYTES = 32;
const STEPPED_MAX_BYTES = 256;

/** `{"g":given,"n":normalised}` (RFC 8785), `g` only when it differs. Not yet padded. */
export function fieldValueText(value: FieldValue): string {
  const normalised = JSON.stringify(value.normalised);
  return value.given === value.normalised
    ? `{"n":${normalised}}`
    : `{"g":${JSON.stringify(value.given)},"n":${normalised}}`;
}

/**
 * The size to which a value of so many bytes is filled up with spaces, which JSON ignores: a reader of the database must not tell "married" from
 * "single" by a ciphertext's length. Steps of 32 bytes up to 256, then Padmé (Nikitin et al., "Reducing Metadata Leakage from
 * Encrypted Files", 2019): at most 12 % more.
 */
export function paddedLength(bytes: number): number {
  if (bytes <= STEPPED_MAX_BYTES) return Math.max(STEP_BYTES, Math.ceil(bytes / STEP_BYTES) * STEP_BYTES);
  const exponent = 31 - Math.clz32(bytes);
  const roundBits = exponent - (32 - Math.clz32(exponent));
  const step = 2 ** roundBits;
  return Math.ceil(bytes / step) * step;
}

/** Text as it is sealed: filled up with spaces. */
export function padded(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  return Buffer.concat([bytes, Buffer.alloc(paddedLength(bytes.length) - bytes.length, " ")]);
}

/** Throws VaultError "malformed" without a cause, because a JSON parser's message quotes its input. */
export function parseFieldValue(plaintext: Buffer): FieldValue {
  const parsed = parseJson(plaintext.toString("utf8"));
  if (typeof parsed === "object" && parsed !== null && "n" in parsed && typeof parsed.n === "string") {
    const given = "g" in parsed ? parsed.g : parsed.n;
    if (typeof given === "string") return { normalised: parsed.n, given };
  }
  throw new VaultError("malformed", "a sealed field does not hold a value");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
