// The identity provider, spoken to by OpenID Connect (authorization code with PKCE) through a certified library.
import { createPrivateKey } from "node:crypto";
import type * as Oidc from "openid-client";
import { FederationError } from "./errors.ts";

export interface ProviderSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** PEM of a private key (private_key_jwt), or a secret; or none, where the proof key alone (PKCE, RFC 7636) binds the code to this server. */
  readonly credential: { readonly privateKeyPem: string } | { readonly secret: string } | { readonly isPublic: true };
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
  readonly scope?: string;
}

export interface Going {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface GoingOptions {
  /** Asks for a fresh factor (OpenID Connect Core 3.1.2.1: max_age, prompt, acr_values). */
  readonly stepUpAcr: readonly string[] | null;
}

export type Claims = Oidc.IDToken;

export interface Provider {
  readonly issuer: string;
  go(options: GoingOptions): Promise<Going & { readonly url: URL }>;
  /** The claims of the verified ID token. Throws FederationError `sso-refused`, `provider-away`. */
  comeBack(current: URL, going: Going, maxAgeSeconds: number | null): Promise<Claims>;
}

const CLOCK_TOLERANCE_SECONDS = 30;
const TIMEOUT_SECONDS = 10;

/** Loaded where there is a provider. */
const library = () => import("openid-client");

/** The provider is discovered at the first use, and again after a failure: it may start later than this server. */
export function openProvider(settings: ProviderSettings): Provider {
  let discovered: Promise<Oidc.Configuration> | null = null;
  const configuration = async (): Promise<Oidc.Configuration> => {
    discovered ??= discover(settings);
    try {
      return await discovered;
    } catch (cause) {
      discovered = null;
      throw new FederationError("provider-away", undefined, { cause });
    }
  };
  return {
    issuer: settings.issuer.href,
    go: async ({ stepUpAcr }) => {
      const [oidc, config] = await Promise.all([library(), configuration()]);
      const going = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri,
        scope: settings.scope ?? "openid profile email groups",
        code_challenge: await oidc.calculatePKCECodeChallenge(going.verifier),
        code_challenge_method: "S256",
        state: going.state,
        nonce: going.nonce,
        ...(stepUpAcr === null ? {} : { prompt: "login", max_age: "0", acr_values: stepUpAcr.join(" ") }),
      });
      return { ...going, url };
    },
    comeBack: async (current, { state, nonce, verifier }, maxAgeSeconds) => {
      const [oidc, config] = await Promise.all([library(), configuration()]);
      try {
        const tokens = await oidc.authorizationCodeGrant(config, current, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          ...(maxAgeSeconds === null ? {} : { maxAge: maxAgeSeconds }),
        });
        const claims = tokens.claims();
        if (claims !== undefined) return claims;
      } catch (cause) {
        throw new FederationError("sso-refused", undefined, { cause });
      }
      throw new FederationError("sso-refused");
    },
  };
}

async function discover({ issuer, clientId, credential }: ProviderSettings): Promise<Oidc.Configuration> {
  const isLocal = issuer.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(issuer.hostname);
  const oidc = await library();
  const authentication = await authenticationBy(oidc, credential);
  const config = await oidc.discovery(
    issuer,
    clientId,
    { [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    authentication,
    {
      timeout: TIMEOUT_SECONDS,
      // OpenID Connect Core 3.1.3.7 (6) would let TLS stand for the signature; here it is always checked. Beyond this machine TLS is insisted on by the library.
      execute: [oidc.enableNonRepudiationChecks, ...(isLocal ? [oidc.allowInsecureRequests] : [])],
    },
  );
  return config;
}

async function authenticationBy(
  oidc: typeof Oidc,
  credential: ProviderSettings["credential"],
): Promise<Oidc.ClientAuth> {
  if ("isPublic" in credential) return oidc.None();
  return "secret" in credential
    ? oidc.ClientSecretBasic(credential.secret)
    : await keyAuthentication(oidc, credential.privateKeyPem);
}

async function keyAuthentication(oidc: typeof Oidc, pem: string): Promise<Oidc.ClientAuth> {
  const key = createPrivateKey(pem);
  const isEc = key.asymmetricKeyType === "ec";
  const algorithm = isEc ? { name: "ECDSA", namedCurve: "P-256" } : { name: "RSA-PSS", hash: "SHA-256" };
  const bytes = key.export({ format: "der", type: "pkcs8" });
  return oidc.PrivateKeyJwt(await crypto.subtle.importKey("pkcs8", new Uint8Array(bytes), algorithm, false, ["sign"]));
}
