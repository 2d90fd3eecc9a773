// Access tokens: `uba_` and a sealed statement. Nothing is stored: who holds the authority key can read one, and nobody else can write one.
import type { Uuid } from "../kernel/bytes.ts";
import { asId, idBytes } from "../kernel/ids.ts";
import { PURPOSES, type Purpose } from "../kernel/vocabulary.ts";
import { KeysError, type Keys } from "../keys/keys.ts";

export const ACCESS_TOKEN_PREFIX = "uba_";
/** Short, since what is stolen works that long where nobody notices (RFC 9700 2.2). Below the time that a retired key is kept. */
export const ACCESS_TOKEN_SECONDS = 300;

const CONTEXT = Buffer.from("uberrima/access-token/v1");
const TOKEN_PATTERN = /^uba_([A-Za-z0-9_-]{100,280})$/;
const FORMAT = 1;
const BOUND = 2;
const FOR_PERSON = 4;
const ID_BYTES = 16;
const THUMBPRINT_BYTES = 32;

/** The person a client acts for, and the session of theirs that it was exchanged for (RFC 8693). */
export interface ActingFor {
  readonly personId: Uuid;
  readonly sessionId: Uuid;
}

export interface AccessToken {
  readonly tokenId: Uuid;
  readonly clientId: Uuid;
  /** The key or certificate the client proved itself by: the token ends with it. */
  readonly credentialId: Uuid;
  /** SHA-256 of the certificate without which the token is no good (RFC 8705 3); null for a bearer token. */
  readonly certificate: Uint8Array | null;
  readonly actingFor: ActingFor | null;
  /** Those asked for as `scope`, else all the client had. */
  readonly purposes: readonly Purpose[];
  readonly endsAt: Date;
}

export function printAccessToken(keys: Pick<Keys, "sealUnder">, token: AccessToken): string {
  const sealed = keys.sealUnder("authority", encode(token), CONTEXT);
  return ACCESS_TOKEN_PREFIX + Buffer.from(sealed).toString("base64url");
}

/** Null for whatever we did not write, or can no longer read. That it is in time is for the caller to see. */
export function readAccessToken(keys: Pick<Keys, "openUnder">, text: string): AccessToken | null {
  const encoded = TOKEN_PATTERN.exec(text)?.[1];
  if (encoded === undefined) return null;
  const sealed = Buffer.from(encoded, "base64url");
  // One text a token: the last character's spare bits are ours to say.
  if (sealed.toString("base64url") !== encoded) return null;
  try {
    return decode(keys.openUnder("authority", sealed as never, CONTEXT));
  } catch (error) {
    if (error instanceof KeysError) return null;
    throw error;
  }
}

function encode(token: AccessToken): Buffer {
  const { certificate, actingFor } = token;
  const flags = FORMAT | (certificate === null ? 0 : BOUND) | (actingFor === null ? 0 : FOR_PERSON);
  const times = Buffer.alloc(10);
  times.writeUInt32BE(purposeMask(token.purposes), 0);
  times.writeUIntBE(Math.floor(token.endsAt.getTime() / 1000), 4, 6);
  return Buffer.concat([
    Buffer.from([flags]),
    idBytes(token.tokenId),
    idBytes(token.clientId),
    idBytes(token.credentialId),
    times,
    certificate ?? Buffer.alloc(0),
    ...(actingFor === null ? [] : [idBytes(actingFor.personId), idBytes(actingFor.sessionId)]),
  ]);
}

function decode(bytes: Buffer): AccessToken | null {
  const flags = bytes[0] ?? 0;
  if ((flags & ~(BOUND | FOR_PERSON)) !== FORMAT) return null;
  let at = 1;
  const take = (sizeBytes: number): Buffer => bytes.subarray(at, (at += sizeBytes));
  const tokenId = idOf(take(ID_BYTES));
  const clientId = idOf(take(ID_BYTES));
  const credentialId = idOf(take(ID_BYTES));
  const purposes = purposesOf(take(4).readUInt32BE(0));
  const endsAt = new Date(take(6).readUIntBE(0, 6) * 1000);
  const certificate = (flags & BOUND) === 0 ? null : take(THUMBPRINT_BYTES);
  const actingFor =
    (flags & FOR_PERSON) === 0 ? null : { personId: idOf(take(ID_BYTES)), sessionId: idOf(take(ID_BYTES)) };
  return { tokenId, clientId, credentialId, certificate, actingFor, purposes, endsAt };
}

function idOf(bytes: Buffer): Uuid {
  const hex = bytes.toString("hex");
  return asId([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-"));
}

function purposeMask(purposes: readonly Purpose[]): number {
  return purposes.reduce((mask, each) => mask + 2 ** PURPOSES.indexOf(each), 0);
}

function purposesOf(mask: number): Purpose[] {
  return PURPOSES.filter((_, at) => Math.floor(mask / 2 ** at) % 2 === 1);
}
