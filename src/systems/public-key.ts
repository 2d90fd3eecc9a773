// A public key that a client registers (RFC 7517): held to four algorithms, checked to be a key, and cut down to the members that make it one.
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { SystemsError } from "./errors.ts";

/** By the key alone is decided what signs with it: a header never is asked (RFC 8725 3.1). */
export const ASSERTION_ALGORITHMS = ["ES256", "ES384", "EdDSA", "PS256"] as const;
export type AssertionAlgorithm = (typeof ASSERTION_ALGORITHMS)[number];

const RSA_BITS_MIN = 2048;
const RSA_BITS_MAX = 4096;
const KEYS_IN_DOCUMENT_MAX = 10;
const KEY_ID_LENGTH_MAX = 100;
/** RFC 7518 6.2.2, 6.3.2, 6.4; RFC 8037: whoever sends one of these has shown their private key. */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/);
const publicJwk = z.discriminatedUnion("kty", [
  z.object({ kty: z.literal("EC"), crv: z.enum(["P-256", "P-384"]), x: base64url, y: base64url }),
  z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: base64url }),
  z.object({ kty: z.literal("RSA"), n: base64url, e: base64url }),
]);
export type PublicJwk = z.output<typeof publicJwk>;

/** As stored in an authority row. */
export const registeredKey = z.strictObject({
  keyId: z.string().min(1).max(KEY_ID_LENGTH_MAX),
  algorithm: z.enum(ASSERTION_ALGORITHMS),
  jwk: publicJwk,
});
export type RegisteredKey = z.output<typeof registeredKey>;

const describing = z.looseObject({
  kid: z.string().min(1).max(KEY_ID_LENGTH_MAX).optional(),
  use: z.literal("sig").optional(),
  alg: z.string().optional(),
  key_ops: z.array(z.literal("verify")).min(1).optional(),
});
const keySet = z.looseObject({ keys: z.array(z.unknown()).min(1).max(KEYS_IN_DOCUMENT_MAX) });

/** The keys of a JWK set, or one JWK. Throws SystemsError `bad-keys` for the first that will not do. */
export function parseKeys(document: unknown): RegisteredKey[] {
  const set = keySet.safeParse(document);
  const keys = (set.success ? set.data.keys : [document]).map(parseKey);
  if (new Set(keys.map(({ keyId }) => keyId)).size !== keys.length)
    throw new SystemsError("bad-keys", "two keys have the same kid");
  return keys;
}

function parseKey(document: unknown): RegisteredKey {
  const described = describing.safeParse(document);
  if (!described.success) throw new SystemsError("bad-keys", "a key is no JWK for signatures (kid, use, key_ops)");
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(described.data, member))) {
    throw new SystemsError("bad-keys", "a key is private: keep it, make another, and register the public half alone");
  }
  const parsed = publicJwk.safeParse(document);
  if (!parsed.success)
    throw new SystemsError("bad-keys", "keys are EC P-256 or P-384, Ed25519, or RSA of 2048 to 4096 bits");
  const jwk = parsed.data;
  const algorithm = algorithmOf(jwk);
  if (described.data.alg !== undefined && described.data.alg !== algorithm)
    throw new SystemsError("bad-keys", `the alg of a key must be ${algorithm}, by what key it is`);
  assertSound(jwk);
  return { keyId: described.data.kid ?? thumbprintOf(jwk), algorithm, jwk };
}

function algorithmOf(jwk: PublicJwk): AssertionAlgorithm {
  if (jwk.kty === "RSA") return "PS256";
  if (jwk.kty === "OKP") return "EdDSA";
  return jwk.crv === "P-256" ? "ES256" : "ES384";
}

/** OpenSSL refuses points that are not on their curve. */
function assertSound(jwk: PublicJwk): void {
  let key: KeyObject;
  try {
    key = keyObjectOf(jwk);
  } catch (cause) {
    throw new SystemsError("bad-keys", "a key is not a point or modulus of its kind", { cause });
  }
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {};
  if (jwk.kty !== "RSA") return;
  const bits = modulusLength ?? 0;
  if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX || publicExponent !== 65_537n)
    throw new SystemsError("bad-keys", "an RSA key has 2048 to 4096 bits and the exponent 65537");
}

export function keyObjectOf(jwk: PublicJwk): KeyObject {
  return createPublicKey({ key: { ...jwk }, format: "jwk" });
}

/** RFC 7638: the members that make the key, in order of name. */
export function thumbprintOf(jwk: PublicJwk): string {
  const members = Object.fromEntries(Object.entries(jwk).sort(([left], [right]) => (left < right ? -1 : 1)));
  return createHash("sha256").update(JSON.stringify(members)).digest("base64url");
}
