// Every form in which a value may lie in a byte: encodings of what was given, of its digits alone, backwards, and hashes without a key.
import { createHash } from "node:crypto";

/** Fewer digits stand in every dump. */
const DIGITS_MIN = 8;
const HASHES = ["md5", "sha1", "sha256", "sha512"];
/** As much of a hash as nobody would cut it below. */
const HASH_BYTES = 12;

export type Trace = readonly [how: string, bytes: Buffer];

export function tracesOf(secret: string): Trace[] {
  const written = JSON.stringify(secret).slice(1, -1);
  const ascii = written.replaceAll(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [
    ...formsOf(secret).flatMap(([form, text]) =>
      encodingsOf(text).map(([how, bytes]): Trace => [`${form}, ${how}`, bytes]),
    ),
    ["as given, JSON", Buffer.from(written)],
    ["as given, JSON in ASCII", Buffer.from(ascii)],
    ["as given, URL encoding", Buffer.from(encodeURIComponent(secret))],
    ["as given, form encoding", Buffer.from(new URLSearchParams([["", secret]]).toString().slice(1))],
    ...[secret, digitsOf(secret) ?? ""].filter((text) => text !== "").flatMap(hashesOf),
  ];
}

function formsOf(secret: string): (readonly [form: string, text: string])[] {
  const digits = digitsOf(secret);
  return [
    ["as given", secret],
    ["lower case", secret.toLowerCase()],
    ["upper case", secret.toUpperCase()],
    ["reversed", reversed(secret)],
    ...(digits === null
      ? []
      : ([
          ["digits", digits],
          ["digits reversed", reversed(digits)],
        ] as const)),
  ];
}

/** Without separators; null where they are few, or all there is. */
function digitsOf(secret: string): string | null {
  const digits = secret.replaceAll(/\D/g, "");
  return digits.length < DIGITS_MIN || digits === secret ? null : digits;
}

const reversed = (text: string): string => [...text].toReversed().join("");

function encodingsOf(text: string): Trace[] {
  const bytes = Buffer.from(text, "utf8");
  return [
    ["UTF-8", bytes],
    ["UTF-16 little-endian", Buffer.from(text, "utf16le")],
    ["UTF-16 big-endian", Buffer.from(text, "utf16le").swap16()],
    ["hexadecimal", Buffer.from(bytes.toString("hex"))],
    ["upper-case hexadecimal", Buffer.from(bytes.toString("hex").toUpperCase())],
    ...base64Of(bytes),
  ];
}

// Base64 depends on where the value begins: what the bytes before and after do not touch is fixed for each of the three ways.
function base64Of(bytes: Buffer): Trace[] {
  return [0, 1, 2].flatMap((shift): Trace[] => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const [from, to] = [shift === 0 ? 0 : 4, Math.floor(padded.length / 3) * 4];
    return (["base64", "base64url"] as const).map((way) => [
      `${way} at ${shift}`,
      Buffer.from(padded.toString(way).slice(from, to)),
    ]);
  });
}

function hashesOf(text: string): Trace[] {
  return HASHES.flatMap((algorithm): Trace[] => {
    const digest = createHash(algorithm).update(text).digest().subarray(0, HASH_BYTES);
    return [
      [algorithm, digest],
      [`${algorithm} in hexadecimal`, Buffer.from(digest.toString("hex"))],
      [`${algorithm} in upper-case hexadecimal`, Buffer.from(digest.toString("hex").toUpperCase())],
      [`${algorithm} in base64`, Buffer.from(digest.toString("base64"))],
      [`${algorithm} in base64url`, Buffer.from(digest.toString("base64url"))],
    ];
  });
}
