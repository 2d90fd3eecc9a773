// For tests: key pairs of every kind that is taken, and the assertions that a client (or a forger) signs with them.
import { generateKeyPairSync, randomUUID, type KeyObject } from "node:crypto";
import { SignJWT, type JWTPayload } from "jose";
import type { AssertionAlgorithm } from "./public-key.ts";

export interface TestKey {
  readonly algorithm: AssertionAlgorithm;
  readonly privateKey: KeyObject;
  /** As a client registers it. */
  readonly publicJwk: object;
}

export function makeKey(algorithm: AssertionAlgorithm, kid?: string): TestKey {
  const { publicKey, privateKey } = pairOf(algorithm);
  const publicJwk = { ...publicKey.export({ format: "jwk" }), ...(kid === undefined ? {} : { kid }) };
  return { algorithm, privateKey, publicJwk };
}

function pairOf(algorithm: AssertionAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === "EdDSA") return generateKeyPairSync("ed25519");
  if (algorithm === "PS256") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  return generateKeyPairSync("ec", { namedCurve: algorithm === "ES256" ? "P-256" : "P-384" });
}

export interface AssertionParts {
  readonly clientId: string;
  readonly audience: string | string[];
  /** In place of what a good client would say. */
  readonly claims?: JWTPayload;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly now?: Date;
}

/** Good for a minute, unless `claims` says otherwise; a claim given as undefined is left out. */
export function signAssertion(key: TestKey, parts: AssertionParts): Promise<string> {
  const { clientId, audience, claims = {}, header = {}, now = new Date() } = parts;
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: seconds,
    exp: seconds + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: key.algorithm, ...header })
    .sign(key.privateKey);
}
