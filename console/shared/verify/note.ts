// Signed notes and verifier keys of C2SP signed-note, by WebCrypto: opening a note with one known Ed25519 key.
import { type Bytes, concat, equal, fromBase64, sha256, utf8 } from "./bytes.ts";
import { VerifyError } from "./verify-error.ts";

export interface VerifierKey {
  readonly name: string;
  readonly keyId: Bytes;
  readonly publicKey: CryptoKey;
}

const TYPE_ED25519 = 0x01;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const KEY_ID_BYTES = 4;
const NOTE_BYTES_MAX = 1024 * 1024;
const SIGNATURES_MAX = 256;
const KEY_TEXT = /^([^+\s\p{C}]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u;
const SIGNATURE_LINE = /^\u2014 ([^+\s\p{C}]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** Reads `name+hex8(keyID)+base64(type || publicKey)`, recomputing the key id. Throws VerifyError "bad-key". */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const match = KEY_TEXT.exec(text);
  if (match === null) throw new VerifyError("bad-key", "not a verifier key");
  const [, name = "", keyIdHex = "", keyBase64 = ""] = match;
  const typed = keyBytes(keyBase64);
  const keyId = (await sha256(utf8(`${name}\n`), typed)).subarray(0, KEY_ID_BYTES);
  if (hex(keyId) !== keyIdHex) throw new VerifyError("bad-key", "the key's id does not belong to it");
  return { name, keyId, publicKey: await importKey(typed.slice(1)) };
}

function keyBytes(keyBase64: string): Bytes {
  try {
    const typed = fromBase64(keyBase64, 1 + PUBLIC_KEY_BYTES);
    if (typed[0] === TYPE_ED25519) return typed;
  } catch {
    // Of no other kind either.
  }
  throw new VerifyError("bad-key", "not an Ed25519 verifier key");
}

async function importKey(raw: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  } catch {
    throw new VerifyError("bad-key", "this browser reads no Ed25519 key from it");
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface SignatureLine {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Bytes;
}

/**
 * Returns the text of a note that `key` has signed. Signatures of unknown keys are ignored; a bad one of the known key refuses the note. Throws VerifyError
 * "malformed" or "bad-signature".
 */
export async function openNote(note: string, key: VerifierKey): Promise<string> {
  const { text, signatures } = parseNote(note);
  const ours = signatures.filter((line) => line.name === key.name && equal(line.keyId, key.keyId));
  if (ours.length === 0) throw new VerifyError("bad-signature", "the note is not signed by this key");
  const signed = concat(utf8(text));
  for (const { signature } of ours) {
    const isGood =
      signature.length === SIGNATURE_BYTES && (await crypto.subtle.verify("Ed25519", key.publicKey, signature, signed));
    if (!isGood) throw new VerifyError("bad-signature", "the note's signature by this key is false");
  }
  return text;
}

function parseNote(note: string): { text: string; signatures: SignatureLine[] } {
  // The specification forbids control characters but the newline.
  const isText = note.length <= NOTE_BYTES_MAX && !/[\u0000-\u0009\u000b-\u001f]/.test(note) && note.isWellFormed();
  if (!isText) throw new VerifyError("malformed", "not a signed note");
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
  return { name: match[1]!, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) };
}
