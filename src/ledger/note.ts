// Signed notes after C2SP signed-note, with Ed25519 keys (type 0x01): what checkpoints and promises are signed as.
import { createPrivateKey, createPublicKey, hash, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { utf8 } from "../kernel/bytes.ts";

const TYPE_ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const SEED_BYTES = 32;
const NOTE_BYTES_MAX = 64 * 1024;
const SIGNATURES_MAX = 64;
const NAME_BYTES_MAX = 200;
// RFC 8410 section 7: PKCS #8 of an Ed25519 key up to its 32-byte seed.
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
// Base64 may hold a plus, names may not.
const KEY_TEXT = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;
// The specification forbids control characters but the newline.
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

export interface NoteVerifier {
  readonly name: string;
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
}

export interface NoteSigner {
  readonly name: string;
  /** The verifier key text: `name+hex8(keyID)+base64(type || publicKey)`. */
  readonly verifierKey: string;
  sign(text: string): string;
  /** The note's text when it carries a good signature of this signer and no bad one; null otherwise. Unknown signatures are ignored. */
  open(note: string): string | null;
  readonly verifiers: readonly NoteVerifier[];
}

/** Names have no spaces, no plus and no control characters, and are bounded here. */
function isKeyName(name: string): boolean {
  return name !== "" && utf8(name).length <= NAME_BYTES_MAX && !/[\s+\p{C}]/u.test(name);
}

/** A signer from its 32-byte Ed25519 seed. Throws RangeError on a bad name or seed. */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  if (!isKeyName(name)) throw new RangeError("a key name has no spaces, plus or control characters");
  if (seed.length !== SEED_BYTES) throw new RangeError("an Ed25519 seed has 32 bytes");
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  const typedKey = Buffer.concat([Buffer.of(TYPE_ED25519), rawPublicKey(publicKey)]);
  const keyId = keyIdOf(name, typedKey);
  const verifiers = [{ name, keyId, publicKey }];
  return {
    name,
    verifierKey: `${name}+${keyId.toString("hex")}+${typedKey.toString("base64")}`,
    sign: (text) => {
      assertText(text);
      const signature = Buffer.concat([keyId, sign(null, utf8(text), privateKey)]);
      return `${text}\n\u2014 ${name} ${signature.toString("base64")}\n`;
    },
    open: (note) => openNote(note, verifiers),
    verifiers,
  };
}

/** Reads the verifier key text of an Ed25519 key; null when it is none, or its id does not belong to it. */
export function parseVerifierKey(text: string): NoteVerifier | null {
  const [, name = "", id = "", key = ""] = KEY_TEXT.exec(text) ?? [];
  const typedKey = Buffer.from(key, "base64");
  if (!isKeyName(name) || typedKey.toString("base64") !== key) return null;
  if (typedKey.length !== 1 + SEED_BYTES || typedKey[0] !== TYPE_ED25519) return null;
  const keyId = keyIdOf(name, typedKey);
  if (keyId.toString("hex") !== id) return null;
  const x = typedKey.subarray(1).toString("base64url");
  return { name, keyId, publicKey: createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" }) };
}

function keyIdOf(name: string, typedKey: Buffer): Buffer {
  return hash("sha256", Buffer.concat([utf8(`${name}\n`), typedKey]), "buffer").subarray(0, KEY_ID_BYTES);
}

function rawPublicKey(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
}

function assertText(text: string): void {
  if (!text.endsWith("\n") || CONTROL.test(text) || !text.isWellFormed())
    throw new RangeError("not the text of a note");
}

/** The note's text when one of these keys has signed it and none of them badly. */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): string | null {
  // INVARIANT: one text for what was signed. A lone surrogate would be verified as the U+FFFD that it becomes in UTF-8.
  if (utf8(note).length > NOTE_BYTES_MAX || CONTROL.test(note) || !note.isWellFormed()) return null;
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > SIGNATURES_MAX) return null;
  let verified = false;
  for (const line of lines) {
    const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
    if (match === null) return null;
    const signature = Buffer.from(match[2]!, "base64");
    // RFC 4648 3.5: a decoder that lets unused bits pass would open one signature in several spellings.
    if (signature.toString("base64") !== match[2]) return null;
    const keyId = signature.subarray(0, KEY_ID_BYTES);
    const key = verifiers.find((known) => known.name === match[1] && known.keyId.equals(keyId));
    if (key === undefined) continue;
    if (!verify(null, utf8(text), key.publicKey, signature.subarray(KEY_ID_BYTES))) return null;
    verified = true;
  }
  return verified ? text : null;
}
