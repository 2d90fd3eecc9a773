// What the token endpoint says of itself (RFC 8414), and by which names assertions may mean it.
import { isIP } from "node:net";
import { PURPOSES } from "../kernel/vocabulary.ts";
import { ASSERTION_ALGORITHMS } from "./public-key.ts";
import { EXCHANGE_GRANT } from "./issue-token.ts";

export interface Metadata {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly revocation_endpoint: string;
  readonly grant_types_supported: readonly string[];
  readonly token_endpoint_auth_methods_supported: readonly string[];
  readonly token_endpoint_auth_signing_alg_values_supported: readonly string[];
  readonly revocation_endpoint_auth_methods_supported: readonly string[];
  readonly revocation_endpoint_auth_signing_alg_values_supported: readonly string[];
  readonly response_types_supported: readonly string[];
  readonly scopes_supported: readonly string[];
  readonly tls_client_certificate_bound_access_tokens: boolean;
}

/** `hasCertificates`: whether the connection asks for them; `hasAuthority`: whether one was named that issues them. */
export function metadataOf(issuer: string, options: { hasCertificates: boolean; hasAuthority: boolean }): Metadata {
  const { hasCertificates, hasAuthority } = options;
  const methods = [
    "private_key_jwt",
    ...(hasCertificates ? ["self_signed_tls_client_auth"] : []),
    ...(hasCertificates && hasAuthority ? ["tls_client_auth"] : []),
  ];
  return {
    issuer,
    token_endpoint: `${issuer}/oauth/token`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    grant_types_supported: ["client_credentials", EXCHANGE_GRANT],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    response_types_supported: [],
    scopes_supported: PURPOSES,
    tls_client_certificate_bound_access_tokens: hasCertificates,
  };
}

/** On the loopback interface one server has several names; anywhere else it has the one it was given. */
export function audiencesOf(issuer: string): string[] {
  const url = new URL(issuer);
  const names = isLoopback(url.hostname) ? ["127.0.0.1", "localhost", "[::1]"] : [url.hostname];
  const issuers = names.map((name) => issuer.replace(`//${url.hostname}`, `//${name}`));
  return issuers.flatMap((each) => [each, `${each}/oauth/token`]);
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || (isIP(hostname) === 4 && hostname.startsWith("127."));
}
