// A client by what it proves itself with: a key that signs, a certificate, or (for development) a static token.
import { connect, type Client } from "./client.ts";
import type { MutualTls } from "./mutual-tls.ts";
import { tokenSource, type Exchange, type PrivateKeyJwt, type TokenEndpoint } from "./token-source.ts";

type Fetch = TokenEndpoint["fetch"];

export type ClientAuth =
  | { readonly privateKeyJwt: PrivateKeyJwt }
  /** Node only. */
  | { readonly mtls: MutualTls }
  | { readonly token: string };

export interface ClientOptions {
  readonly url: string;
  readonly auth: ClientAuth;
  /** Acts for the person whose session token this is, within both their rights (RFC 8693). */
  readonly onBehalfOf?: string | undefined;
  /** Replaces the platform's fetch; not with `mtls`. */
  readonly fetch?: Fetch | undefined;
}

/** Reaches nothing yet; tokens are asked for when the first call is made, and renewed. */
export function createClient(options: ClientOptions): Client {
  const { url, auth } = options;
  if ("token" in auth) return connect({ url, token: auth.token, ...fetchOf(options) });
  const fetch = fetchFor(options);
  return connect({ url, fetch, tokens: tokenSource({ url, fetch }, identityOf(auth), exchangeOf(options)) });
}

/** What proves the client, for the token endpoint. */
export function identityOf(
  auth: Exclude<ClientAuth, { token: string }>,
): PrivateKeyJwt | { readonly clientId: string } {
  return "privateKeyJwt" in auth ? auth.privateKeyJwt : { clientId: auth.mtls.clientId };
}

/** The fetch that shows the client's certificate, where it has one. */
export function fetchFor({ auth, fetch: given }: Pick<ClientOptions, "auth" | "fetch">): Fetch {
  if (!("mtls" in auth)) return given ?? ((url, init) => fetch(url, init));
  const { mtls } = auth;
  return async (url, init) => (await import("./mutual-tls.ts")).fetchOverMutualTls(mtls, url, init);
}

function exchangeOf({ onBehalfOf }: ClientOptions): Exchange | null {
  return onBehalfOf === undefined ? null : { subjectToken: onBehalfOf };
}

function fetchOf({ fetch: given }: ClientOptions): { fetch?: Fetch } {
  return given === undefined ? {} : { fetch: given };
}
