// For tests: a real OpenID provider on loopback whose people sign in at once, and a browser that follows redirects with its cookies.
import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider as OidcProvider } from "oidc-provider";

export interface TestPerson {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly acr?: string;
  readonly amr?: readonly string[];
}

export interface TestProvider {
  readonly issuer: URL;
  /** Who sits at the browser. */
  person: TestPerson;
  /** Follows from the authorisation request to where the provider sends the browser back, which is not visited. */
  browse(url: string): Promise<URL>;
  stop(): Promise<void>;
}

const SIGNING_KEY = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
export const CLIENT = { clientId: "uberrima", secret: "only-for-this-test-0123456789abcdef" } as const;
/** Without a secret: bound by its proof key alone. */
export const PUBLIC_CLIENT = "uberrima-rooms";
export const REDIRECT_URI = "http://127.0.0.1:9/v1/sso/callback";

export async function startTestProvider(person: TestPerson, redirectUri = REDIRECT_URI): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const stage = { person };
  const oidc = providerAt(issuer, stage, redirectUri);
  const callback = oidc.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) return void callback(request, response);
    void oidc
      .interactionDetails(request, response)
      .then(async ({ prompt, params, grantId }) => {
        const { sub, acr, amr } = stage.person;
        if (prompt.name === "login") {
          const login = { accountId: sub, remember: true, ...(acr ? { acr } : {}), ...(amr ? { amr: [...amr] } : {}) };
          return oidc.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
        }
        const grant =
          grantId === undefined
            ? new oidc.Grant({ accountId: sub, clientId: String(params["client_id"]) })
            : await oidc.Grant.find(grantId);
        grant!.addOIDCScope("openid profile email groups");
        return oidc.interactionFinished(
          request,
          response,
          { consent: { grantId: await grant!.save() } },
          { mergeWithLastSubmission: true },
        );
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return {
    issuer,
    get person() {
      return stage.person;
    },
    set person(next: TestPerson) {
      stage.person = next;
    },
    browse: (url) => browse(url, redirectUri),
    stop: () => stop(server),
  };
}

function providerAt(issuer: URL, stage: { person: TestPerson }, redirectUri: string): OidcProvider {
  return new OidcProvider(issuer.origin, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
      {
        client_id: PUBLIC_CLIENT,
        token_endpoint_auth_method: "none",
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [{ ...SIGNING_KEY.export({ format: "jwk" }), kid: "test", alg: "RS256", use: "sig" }] },
    cookies: { keys: ["a key of the test's own"] },
    conformIdTokenClaims: false,
    scopes: ["openid", "profile", "email", "groups"],
    claims: {
      openid: ["sub", "acr", "amr", "auth_time"],
      profile: ["name", "given_name", "family_name", "preferred_username"],
      email: ["email", "email_verified"],
      groups: ["groups"],
    },
    acrValues: ["phr", "mfa"],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...stage.person.claims }) }),
    ttl: { Session: 3600, Grant: 3600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
}

/** As a browser follows, with its cookies, to where the provider sends it back, which is not visited. */
export async function browse(url: string, redirectUri: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(url);
  for (let hops = 0; hops < 20; hops += 1) {
    if (at.href.startsWith(redirectUri)) return at;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null)
      throw new Error(`the provider stopped at ${at.pathname}: ${answer.status} ${await answer.text()}`);
    at = new URL(location, at);
  }
  throw new Error("the provider goes round in circles");
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
