// A client proves itself by a signed assertion (RFC 7523 3, OpenID Connect private_key_jwt): which key may sign is ours to say, never the token's.
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, jwtVerify, type JWTPayload, type ProtectedHeaderParameters } from "jose";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { ASSERTION_ALGORITHMS, keyObjectOf, type AssertionAlgorithm, type RegisteredKey } from "./public-key.ts";

/** RFC 7523 3, 4: an assertion lives no longer than this. */
const ASSERTION_SECONDS_MAX = 300;
/** How far the two clocks may stand apart. */
const SKEW_SECONDS = 30;
const ASSERTION_LENGTH_MAX = 4096;
/** RFC 7515 7.1; the library would pass over blanks. */
const COMPACT_PATTERN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const TOKEN_ID_PATTERN = /^[\x21-\x7e]{1,255}$/;
/** RFC 7515 4.1.2 to 4.1.8: each would have us take the key, or the way to it, from whoever sent the token. */
const KEY_HEADERS = ["jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"];
const CLOSED_TYPES = new Set(["jwt", "client-authentication+jwt"]);

export interface ClaimedAssertion {
  readonly clientId: Uuid;
  readonly keyId: string | undefined;
  readonly algorithm: AssertionAlgorithm;
  readonly text: string;
}

export interface ProvenAssertion {
  /** The `jti`, to be accepted once. */
  readonly tokenId: string;
  /** From here on it would be refused as expired. */
  readonly endsAt: Date;
}

export interface Expected {
  /** What `aud` may name, and name alone: our issuer identifier or our token endpoint. */
  readonly audiences: readonly string[];
  readonly now: Date;
}

/** What an assertion says of itself, before anything of it is believed: whose key to look for. Null when it can be nobody's. */
export function readClaimed(text: string): ClaimedAssertion | null {
  if (text.length > ASSERTION_LENGTH_MAX || !COMPACT_PATTERN.test(text)) return null;
  try {
    const header = decodeProtectedHeader(text);
    const algorithm = ASSERTION_ALGORITHMS.find((each) => each === header.alg);
    if (algorithm === undefined || !isPlain(header)) return null;
    const { iss, sub } = decodeJwt(text);
    const clientId = typeof sub === "string" && iss === sub ? parseId(sub) : null;
    // RFC 7523 3: both are the client's id, as we write it.
    if (clientId === null || clientId !== sub) return null;
    return { clientId, keyId: header.kid, algorithm, text };
  } catch {
    return null;
  }
}

function isPlain(header: ProtectedHeaderParameters): boolean {
  if (KEY_HEADERS.some((name) => Object.hasOwn(header, name))) return false;
  if (header.kid !== undefined && typeof header.kid !== "string") return false;
  return header.typ === undefined || (typeof header.typ === "string" && CLOSED_TYPES.has(header.typ.toLowerCase()));
}

/** The one key that is to have signed it: the named one, else the only one of its algorithm. Null when there is none, or more than one. */
export function keyFor(claimed: ClaimedAssertion, keys: readonly RegisteredKey[]): RegisteredKey | null {
  const fitting = keys.filter(
    ({ algorithm, keyId }) =>
      algorithm === claimed.algorithm && (claimed.keyId === undefined || keyId === claimed.keyId),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/**
 * Null unless `key` signed it, for us, within its time. A null key costs a verification too, against a key that nobody has, so that no clock tells
 * which clients there are.
 */
export async function proveAssertion(
  claimed: ClaimedAssertion,
  key: RegisteredKey | null,
  expected: Expected,
): Promise<ProvenAssertion | null> {
  const verifier = key === null ? decoyKey(claimed.algorithm) : keyObjectOf(key.jwk);
  try {
    const { payload } = await jwtVerify(claimed.text, verifier, {
      algorithms: [claimed.algorithm],
      issuer: claimed.clientId,
      subject: claimed.clientId,
      audience: [...expected.audiences],
      clockTolerance: SKEW_SECONDS,
      currentDate: expected.now,
      requiredClaims: ["jti", "exp"],
    });
    return key === null ? null : withinLimits(payload, expected.now);
  } catch {
    return null;
  }
}

/** What the library does not hold: one audience, a bounded life, no issue in the future. */
function withinLimits({ aud, jti, exp, iat }: JWTPayload, now: Date): ProvenAssertion | null {
  const nowSeconds = now.getTime() / 1000;
  // An assertion that another server takes as well could be used here by that server (draft-ietf-oauth-rfc7523bis).
  if (Array.isArray(aud) && aud.length !== 1) return null;
  if (typeof jti !== "string" || !TOKEN_ID_PATTERN.test(jti) || typeof exp !== "number") return null;
  if (exp - nowSeconds > ASSERTION_SECONDS_MAX + SKEW_SECONDS) return null;
  if (iat !== undefined && (iat - nowSeconds > SKEW_SECONDS || exp - iat > ASSERTION_SECONDS_MAX)) return null;
  return { tokenId: jti, endsAt: new Date((exp + SKEW_SECONDS) * 1000) };
}

const decoys = new Map<AssertionAlgorithm, KeyObject>();

function decoyKey(algorithm: AssertionAlgorithm): KeyObject {
  const known = decoys.get(algorithm) ?? makeDecoy(algorithm);
  decoys.set(algorithm, known);
  return known;
}

function makeDecoy(algorithm: AssertionAlgorithm): KeyObject {
  if (algorithm === "EdDSA") return generateKeyPairSync("ed25519").publicKey;
  if (algorithm === "PS256") return generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
  return generateKeyPairSync("ec", { namedCurve: algorithm === "ES256" ? "P-256" : "P-384" }).publicKey;
}

/** Made before anybody asks: making an RSA key takes long enough to be told apart. */
export function prepareDecoys(): void {
  for (const algorithm of ASSERTION_ALGORITHMS) decoyKey(algorithm);
}
