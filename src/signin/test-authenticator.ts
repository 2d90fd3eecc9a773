// For tests: an authenticator in software, with keys and signatures of its own, that can be told to misbehave.
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

export interface Behaviour {
  readonly origin?: string;
  readonly rpId?: string;
  /** False: nobody was asked for a finger, a face or a PIN. */
  readonly userVerified?: boolean;
  /** Set to what it counts to instead. */
  readonly counter?: number;
}

export interface AuthenticatorOptions {
  readonly challenge: string;
  readonly [other: string]: unknown;
}

interface Held {
  readonly credentialId: Buffer;
  readonly key: KeyObject;
  readonly userHandle: string;
  counter: number;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

/** One passkey a device, as it stands in these tests. */
export function createAuthenticator(origin: string) {
  let held: Held | null = null;
  return {
    /** What `navigator.credentials.create` would answer. */
    register(options: AuthenticatorOptions, behaviour: Behaviour = {}) {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const credentialId = randomBytes(32);
      held = { credentialId, key: privateKey, userHandle: (options["user"] as { readonly id: string }).id, counter: 0 };
      const start = authenticatorData({ origin, behaviour, counter: 0, flags: ATTESTED });
      const attestationObject = attested(Buffer.concat([start, credentialData(credentialId, publicKey)]));
      const clientDataJSON = clientData("webauthn.create", options.challenge, behaviour.origin ?? origin);
      const response = { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) };
      return { ...named(credentialId), response: { ...response, transports: ["internal"] } };
    },
    /** What `navigator.credentials.get` would answer. */
    sign(options: AuthenticatorOptions, behaviour: Behaviour = {}) {
      if (held === null) throw new Error("nothing was registered");
      const { credentialId, key, userHandle } = held;
      held.counter = behaviour.counter ?? held.counter + 1;
      const data = authenticatorData({ origin, behaviour, counter: held.counter, flags: 0 });
      const client = clientData("webauthn.get", options.challenge, behaviour.origin ?? origin);
      const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
      const signature = createSign("sha256").update(signed).sign(key);
      return {
        ...named(credentialId),
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(data),
          signature: text(signature),
          userHandle,
        },
      };
    },
  };
}

function named(credentialId: Buffer) {
  const id = text(credentialId);
  return { id, rawId: id, type: "public-key", clientExtensionResults: {} } as const;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** WebAuthn 5.8.1. */
function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

interface DataOf {
  readonly origin: string;
  readonly behaviour: Behaviour;
  readonly counter: number;
  readonly flags: number;
}

/** WebAuthn 6.1. */
function authenticatorData({ origin, behaviour, counter, flags }: DataOf): Buffer {
  const { rpId = new URL(origin).hostname, userVerified = true } = behaviour;
  const head = Buffer.alloc(5);
  head.writeUInt8(USER_PRESENT | flags | (userVerified ? USER_VERIFIED : 0));
  head.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash("sha256").update(rpId).digest(), head]);
}

/** WebAuthn 6.5.1: no model, the id, an ES256 key (RFC 9053 7.1.1). */
function credentialData(credentialId: Buffer, publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const bytes = (coordinate: string) => new Uint8Array(Buffer.from(coordinate, "base64url"));
  const key = new Map<number, number | Uint8Array<ArrayBuffer>>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(credentialId.length);
  return Buffer.concat([Buffer.alloc(16), length, credentialId, isoCBOR.encode(key)]);
}

/** WebAuthn 8.7: attestation "none". */
function attested(authData: Buffer): Uint8Array {
  const object = new Map<string, unknown>([
    ["fmt", "none"],
    ["attStmt", new Map()],
    ["authData", new Uint8Array(authData)],
  ]);
  return isoCBOR.encode(object as Parameters<typeof isoCBOR.encode>[0]);
}

export type Authenticator = ReturnType<typeof createAuthenticator>;
