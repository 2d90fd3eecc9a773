// Files in the age format (C2SP age): for the recipient's own key, or for a room, whose key is the link itself.
import { createHash, randomBytes } from "node:crypto";
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";

// Twenty megabytes with its post-quantum curves, which a server that sends nobody anything need not hold.
const age = () => import("age-encryption");

const SECRET_SIZE_BYTES = 32;
/** Of a room the identity itself, so that the server keeps nothing that opens its file. */
const ROOM_SECRET = /^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{50,80}$/;

export interface SealedFile {
  readonly file: Uint8Array;
  /** Held by whoever has the link, and as a keyed digest by the server. */
  readonly secret: string;
}

export async function sealFor(publicKey: string, text: string): Promise<SealedFile> {
  return { file: await encryptTo(publicKey, text), secret: newLinkSecret() };
}

/** INVARIANT: begins with no dash, for a command line takes that for an option: `package pick-up` has it as an argument. */
export function newLinkSecret(): string {
  const secret = randomBytes(SECRET_SIZE_BYTES).toString("base64url");
  return secret.startsWith("-") ? newLinkSecret() : secret;
}

export async function sealForRoom(text: string): Promise<SealedFile> {
  const { generateHybridIdentity, identityToRecipient } = await age();
  const secret = await generateHybridIdentity();
  return { file: await encryptTo(await identityToRecipient(secret), text), secret };
}

async function encryptTo(publicKey: string, text: string): Promise<Uint8Array> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  encrypter.addRecipient(publicKey);
  return encrypter.encrypt(text);
}

/** Null where it is no secret of a room, or the file is not for it. */
export async function openRoom(secret: string, file: Uint8Array): Promise<string | null> {
  if (!ROOM_SECRET.test(secret)) return null;
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(secret);
    return await decrypter.decrypt(file, "text");
  } catch {
    return null;
  }
}

export const digestOf = (file: Uint8Array): string => createHash("sha256").update(file).digest("hex");

export function lookupOf(keys: Pick<Keys, "keyedDigest">, secret: string) {
  return keys.keyedDigest("package-link", secret);
}

/** The same recipient knows a customer by the same reference from package to package; no two recipients can join theirs. */
export function referenceFor(keys: Pick<Keys, "keyedDigest">, recipientId: Uuid, customerId: Uuid): string {
  const digest = keys.keyedDigest("package-subject", recipientId, customerId);
  return `sub_${Buffer.from(digest.subarray(0, 16)).toString("base64url")}`;
}
