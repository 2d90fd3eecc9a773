// Access tokens for a client that holds a key or certificate: asked for when needed (RFC 6749 4.4), kept until shortly before they end.
import type { JWK } from "jose";
import { z } from "zod";
import { SdkError } from "./sdk-error.ts";

/** Whatever gives a request its token. */
export interface TokenSource {
  token(): Promise<string>;
  /** The server did not take it: another is asked for next time. */
  forget(token: string): void;
}

/** A client that signs (RFC 7523, private_key_jwt). */
export interface PrivateKeyJwt {
  readonly clientId: string;
  /** A private JWK: EC P-256 or P-384, Ed25519, or RSA. Its `kid` must be the one registered, where it has one. */
  readonly key: JWK;
  /** The server's issuer identifier, where it is not the URL of the connection. */
  readonly issuer?: string | undefined;
}

/** A client that shows a certificate (RFC 8705); `fetch` must show it. */
export interface CertificateHolder {
  readonly clientId: string;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface TokenEndpoint {
  readonly url: string;
  readonly fetch: Fetch;
}

/** For someone whose session token the client holds: the token then stands for both (RFC 8693). */
export interface Exchange {
  readonly subjectToken: string;
}

const ASSERTION_SECONDS = 60;
const RENEWED_EARLY_SECONDS = 30;
const TIMEOUT_MS = 30_000;
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

const tokenAnswer = z.looseObject({ access_token: z.string(), expires_in: z.number() });
const tokenRefusal = z.looseObject({ error: z.string(), error_description: z.string().optional() });

/** Throws SdkError: with the code of RFC 6749 5.2, written with dashes, or `unreachable` or `unexpected-answer`. */
export function tokenSource(
  endpoint: TokenEndpoint,
  client: PrivateKeyJwt | CertificateHolder,
  exchange: Exchange | null = null,
): TokenSource {
  let asked: Promise<Kept> | null = null;
  let given = "";
  const ask = (): Promise<Kept> => {
    const asking = askFor(endpoint, client, exchange);
    asked = asking;
    // A failure is not kept.
    asking.catch(() => {
      if (asked === asking) asked = null;
    });
    return asking;
  };
  return {
    async token() {
      const kept = await (asked ?? ask());
      given = (Date.now() < kept.renewAtMs ? kept : await ask()).token;
      return given;
    },
    forget(token) {
      if (given === token) asked = null;
    },
  };
}

interface Kept {
  readonly token: string;
  readonly renewAtMs: number;
}

async function askFor(
  endpoint: TokenEndpoint,
  client: PrivateKeyJwt | CertificateHolder,
  exchange: Exchange | null,
): Promise<Kept> {
  const form = new URLSearchParams(exchange === null ? { grant_type: "client_credentials" } : exchangeForm(exchange));
  for (const [name, value] of Object.entries(await proofOf(endpoint, client))) form.set(name, value);
  const answer = await post(endpoint, "/oauth/token", form);
  const parsed = tokenAnswer.safeParse(answer);
  if (!parsed.success) throw new SdkError("unexpected-answer", "the server's answer holds no token");
  const seconds = parsed.data.expires_in - RENEWED_EARLY_SECONDS;
  return { token: parsed.data.access_token, renewAtMs: Date.now() + Math.max(seconds, 0) * 1000 };
}

function exchangeForm({ subjectToken }: Exchange): Record<string, string> {
  return { grant_type: EXCHANGE_GRANT, subject_token: subjectToken, subject_token_type: ACCESS_TOKEN_TYPE };
}

/** Ends a token before its time (RFC 7009). */
export async function revokeToken(
  endpoint: TokenEndpoint,
  client: PrivateKeyJwt | CertificateHolder,
  token: string,
): Promise<void> {
  await post(endpoint, "/oauth/revoke", new URLSearchParams({ token, ...(await proofOf(endpoint, client)) }));
}

/** INVARIANT: the assertion names the server that was meant, never one that the server itself names: else it could be used elsewhere. */
async function proofOf(
  endpoint: TokenEndpoint,
  client: PrivateKeyJwt | CertificateHolder,
): Promise<Record<string, string>> {
  if (!("key" in client)) return { client_id: client.clientId };
  // Loaded for those who sign: it takes as long to load as Node itself.
  const { importJWK, SignJWT } = await import("jose");
  const { clientId, key, issuer = withoutSlash(endpoint.url) } = client;
  const alg = algorithmOf(key);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({
    iss: clientId,
    sub: clientId,
    aud: issuer,
    jti: crypto.randomUUID(),
    iat: nowSeconds,
    exp: nowSeconds + ASSERTION_SECONDS,
  })
    .setProtectedHeader({ alg, ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .sign(await importJWK(key, alg));
  return { client_id: clientId, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
}

/** The one way to sign that the server takes from a key of this kind. Throws TypeError for any other kind. */
function algorithmOf({ kty, crv }: JWK): "ES256" | "ES384" | "EdDSA" | "PS256" {
  if (kty === "RSA") return "PS256";
  if (kty === "OKP" && crv === "Ed25519") return "EdDSA";
  if (kty === "EC" && crv === "P-256") return "ES256";
  if (kty === "EC" && crv === "P-384") return "ES384";
  throw new TypeError("the key must be EC P-256 or P-384, Ed25519, or RSA");
}

async function post(endpoint: TokenEndpoint, path: string, form: URLSearchParams): Promise<unknown> {
  const url = withoutSlash(endpoint.url) + path;
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let answer: Response;
  try {
    answer = await endpoint.fetch(url, { method: "POST", headers, body: form.toString(), redirect: "error", signal });
  } catch (cause) {
    throw new SdkError("unreachable", `no answer from ${new URL(url).origin}`, { cause });
  }
  const content = parseJson(await answer.text());
  if (answer.ok) return content;
  const refusal = tokenRefusal.safeParse(content);
  const { status } = answer;
  if (!refusal.success) throw new SdkError("unexpected-answer", `the server answered ${status}`, { status });
  const { error, error_description: described } = refusal.data;
  throw new SdkError(error.replaceAll("_", "-"), described ?? "the server gave no token", { status });
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
