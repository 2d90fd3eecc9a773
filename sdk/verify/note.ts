// Signed notes and verifier keys of C2SP signed-note: opening a note with one known Ed25519 key.
import { createPublicKey, hash, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { fromBase64 } from "./encoding.ts";
import { VerifyError } from "./errors.ts";

export interface VerifierKey {
  readonly name: string;
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
}

const TYPE_ED25519 = 0x01;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const KEY_ID_BYTES = 4;
const NOTE_BYTES_MAX = 1024 * 1024;
/** The specification asks for 16 at least. */
const SIGNATURES_MAX = 256;
const KEY_TEXT = /^([^+\s\p{C}]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u;
const SIGNATURE_LINE = /^\u2014 ([^+\s\p{C}]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** Reads `name+hex8(keyID)+base64(type || publicKey)`, recomputing the key id. Throws VerifyError "bad-key". */
export function parseVerifierKey(text: string): VerifierKey {
  const match = KEY_TEXT.exec(text);
  if (match === null) throw new VerifyError("bad-key", "not a verifier key");
  const [, name, keyIdHex, keyBase64] = match as unknown as [string, string, string, string];
  const typed = Buffer.from(keyBase64, "base64");
  if (typed.toString("base64") !== keyBase64 || typed.length !== 1 + PUBLIC_KEY_BYTES || typed[0] !== TYPE_ED25519) {
    throw new VerifyError("bad-key", "not an Ed25519 verifier key");
  }
  const keyId = hash("sha256", Buffer.concat([Buffer.from(`${name}\n`, "utf8"), typed]), "buffer").subarray(
    0,
    KEY_ID_BYTES,
  );
  if (keyId.toString("hex") !== keyIdHex) throw new VerifyError("bad-key", "the key's id does not belong to it");
  return { name, keyId, publicKey: importKey(typed.subarray(1)) };
}

function importKey(raw: Buffer): KeyObject {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });
  } catch (cause) {
    throw new VerifyError("bad-key", "not an Ed25519 public key", { cause });
  }
}

interface SignatureLine {
  readonly name: string;
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

/**
 * Returns the text of a note that `key` has signed. Signatures of unknown keys are ignored; a bad one of the known key refuses the note. Throws VerifyError
 * "malformed" or "bad-signature".
 */
export function openNote(note: string, key: VerifierKey): string {
  const { text, signatures } = parseNote(note);
  const ours = signatures.filter((line) => line.name === key.name && line.keyId.equals(key.keyId));
  if (ours.length === 0) throw new VerifyError("bad-signature", "the note is not signed by this key");
  const signed = Buffer.from(text, "utf8");
  for (const { signature } of ours) {
    if (signature.length !== SIGNATURE_BYTES || !verify(null, signed, key.publicKey, signature)) {
      throw new VerifyError("bad-signature", "the note's signature by this key is false");
    }
  }
  return text;
}

function parseNote(note: string): { text: string; signatures: SignatureLine[] } {
  // The specification forbids control characters but the newline.
  if (
    Buffer.byteLength(note, "utf8") > NOTE_BYTES_MAX ||
    /[\u0000-\u0009\u000b-\u001f]/.test(note) ||
    !note.isWellFormed()
  ) {
    throw new VerifyError("malformed", "not a signed note");
  }
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n"))
    throw new VerifyError("malformed", "a note has a text, an empty line and signatures");
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > SIGNATURES_MAX) throw new VerifyError("malformed", "the note has too many signatures");
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): SignatureLine {
  const match = SIGNATURE_LINE.exec(line);
  if (match === null) throw new VerifyError("malformed", "not a signature line");
  const bytes = fromBase64(match[2]!);
  if (bytes.length <= KEY_ID_BYTES) throw new VerifyError("malformed", "a signature has a key id and more");
  return { name: match[1]!, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
}
