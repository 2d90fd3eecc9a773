// What the operator sets, parsed once from the environment. Messages name the variable, never its value: a URL holds a password.
import { BlockList, isIP } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type EventSettings, eventSettings, eventVariables } from "./config-events.ts";
import { type MailSettings, mailSettings, mailVariables } from "./config-mail.ts";
import { type WebhookSettings, webhookSettings, webhookVariables } from "./config-webhooks.ts";
import type { ListenConfig } from "./http/http.ts";
import { AppError } from "./kernel/app-error.ts";

export class ConfigError extends AppError {
  readonly code = "bad-configuration";
  readonly status = 500;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConfigError";
  }
}

export interface Config {
  readonly dataFolder: string;
  readonly governanceFolder: string;
  readonly listen: ListenConfig;
  /** null: the embedded server in the data folder. */
  readonly database: { readonly url: string; readonly ownerUrl: string } | null;
  readonly connectionsMax: number;
  readonly keyring: { readonly folder: string; readonly passphraseFile: string | null };
  readonly leaseSeconds: number;
  /** How long an older version of a domain key is kept at least: longer than any transaction lasts. */
  readonly keyRetirementSeconds: number;
  /** The same for signing keys: how long old and new key sign together. */
  readonly signingOverlapSeconds: number;
  readonly algorithm: "xchacha20-poly1305" | "aes-256-gcm-siv" | "aes-256-gcm";
  /** Where browsers reach this server; null: where it listens. */
  readonly publicUrl: URL | null;
  /** Null where nobody signs in through an identity provider. */
  readonly identityProvider: {
    readonly issuer: URL;
    readonly clientId: string;
    readonly credentialFile: { readonly kind: "secret" | "key"; readonly file: string };
  } | null;
  readonly logOrigin: string;
  readonly logLevel: string;
  readonly requestsPerMinute: { readonly address: number; readonly client: number };
  readonly events: EventSettings;
  readonly mail: MailSettings;
  readonly webhooks: WebhookSettings;
  readonly systems: { readonly staticSecrets: boolean; readonly approvals: boolean };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

const file = z.string().min(1);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://");
const webUrl = z
  .string()
  .regex(/^https?:\/\/[^/?#]+[^?#]*$/, "must be a URL that starts with https://")
  .refine(
    (text) => URL.canParse(text) && (text.startsWith("https:") || isLoopback(new URL(text).hostname)),
    "http:// is for loopback only",
  )
  .transform((text) => new URL(text));
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(min, `must be ${min} or more`).max(max, `must be ${max} or less`));

const variables = z.object({
  UBERRIMA_DATA: file.default(".uberrima"),
  UBERRIMA_GOVERNANCE: file.optional(),
  UBERRIMA_HOST: z.string().min(1).default("127.0.0.1"),
  UBERRIMA_PORT: wholeNumber(0, 65_535).default(7450),
  UBERRIMA_TLS_CERT: file.optional(),
  UBERRIMA_TLS_KEY: file.optional(),
  UBERRIMA_CLIENT_CERTIFICATES: z.enum(["request", "ignore"]).default("request"),
  UBERRIMA_CLIENT_CA: file.optional(),
  UBERRIMA_STATIC_SECRETS: z.enum(["allow", "development", "refuse"]).default("development"),
  UBERRIMA_CLIENT_APPROVAL: z.enum(["required", "development", "off"]).default("development"),
  UBERRIMA_TRUSTED_PROXIES: z.string().default(""),
  UBERRIMA_DATABASE_URL: postgresUrl.optional(),
  UBERRIMA_DATABASE_OWNER_URL: postgresUrl.optional(),
  UBERRIMA_DATABASE_CONNECTIONS: wholeNumber(2, 200).default(12),
  UBERRIMA_KEYRING: file.optional(),
  UBERRIMA_KEYRING_PASSPHRASE_FILE: file.optional(),
  UBERRIMA_LEASE_SECONDS: wholeNumber(1, 300).default(5),
  UBERRIMA_KEY_RETIREMENT_SECONDS: wholeNumber(1, 31_536_000).default(3600),
  UBERRIMA_SIGNING_OVERLAP_SECONDS: wholeNumber(1, 315_360_000).default(30 * 86_400),
  UBERRIMA_ALGORITHM: z.enum(["xchacha20-poly1305", "aes-256-gcm-siv", "aes-256-gcm"]).default("xchacha20-poly1305"),
  UBERRIMA_PUBLIC_URL: webUrl.optional(),
  UBERRIMA_OIDC_ISSUER: webUrl.optional(),
  UBERRIMA_OIDC_CLIENT_ID: z.string().min(1).max(200).optional(),
  UBERRIMA_OIDC_SECRET_FILE: file.optional(),
  UBERRIMA_OIDC_KEY_FILE: file.optional(),
  // A signed note's key name holds neither spaces nor plus signs (c2sp.org/signed-note).
  UBERRIMA_LOG_ORIGIN: z
    .string()
    .regex(/^[a-z0-9][a-z0-9./-]{2,99}$/, "must be 3 to 100 lower-case letters, digits, dots, slashes and dashes")
    .default("localhost/uberrima"),
  UBERRIMA_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS: wholeNumber(1, 100_000_000).default(12_000),
  UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: wholeNumber(1, 100_000_000).default(6_000),
  ...eventVariables,
  ...mailVariables,
  ...webhookVariables,
});
type Variables = z.output<typeof variables>;

/** Read by the command line and the tests, not by the server. */
const FOR_OTHERS = /^UBERRIMA_(URL|TOKEN|TOKEN_FILE|KEY_FILE|CA|TEST_.*|BENCH_.*|DEMO_.*)$/;

/** `root` is the folder of the program. Throws ConfigError with one line a fault. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>, root: string): Config {
  const set = Object.entries(environment).filter(([name, value]) => name.startsWith("UBERRIMA_") && value !== "");
  const unknown = set.map(([name]) => name).filter((name) => !(name in variables.shape) && !FOR_OTHERS.test(name));
  const parsed = variables.safeParse(Object.fromEntries(set));
  const faults = [
    ...unknown.map((name) => `${name}: no such setting`),
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults.join("\n"));
  return assemble(parsed.data, root);
}

function assemble(given: Variables, root: string): Config {
  const dataFolder = resolve(given.UBERRIMA_DATA);
  return {
    dataFolder,
    governanceFolder: given.UBERRIMA_GOVERNANCE ?? join(root, "governance"),
    listen: listenConfig(given),
    database: databaseConfig(given),
    connectionsMax: given.UBERRIMA_DATABASE_CONNECTIONS,
    keyring: {
      folder: given.UBERRIMA_KEYRING ?? join(dataFolder, "keyring"),
      passphraseFile: given.UBERRIMA_KEYRING_PASSPHRASE_FILE ?? null,
    },
    leaseSeconds: given.UBERRIMA_LEASE_SECONDS,
    keyRetirementSeconds: given.UBERRIMA_KEY_RETIREMENT_SECONDS,
    signingOverlapSeconds: given.UBERRIMA_SIGNING_OVERLAP_SECONDS,
    algorithm: given.UBERRIMA_ALGORITHM,
    publicUrl: given.UBERRIMA_PUBLIC_URL ?? null,
    identityProvider: identityProviderConfig(given),
    logOrigin: given.UBERRIMA_LOG_ORIGIN,
    logLevel: given.UBERRIMA_LOG_LEVEL,
    requestsPerMinute: {
      address: given.UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS,
      client: given.UBERRIMA_REQUESTS_PER_MINUTE_CLIENT,
    },
    events: events(given),
    mail: mail(given),
    webhooks: webhookSettings(given),
    systems: systemsConfig(given),
  };
}

/** What is for development goes by itself where a server with TLS works on a database of its own. */
function systemsConfig(given: Variables): Config["systems"] {
  const isDevelopment = given.UBERRIMA_DATABASE_URL === undefined || given.UBERRIMA_TLS_CERT === undefined;
  const { UBERRIMA_STATIC_SECRETS: secrets, UBERRIMA_CLIENT_APPROVAL: approval } = given;
  return {
    staticSecrets: secrets === "allow" || (secrets === "development" && isDevelopment),
    approvals: approval === "required" || (approval === "development" && !isDevelopment),
  };
}

function events(given: Variables): EventSettings {
  const { settings, faults } = eventSettings(given);
  if (faults.length > 0) throw new ConfigError(faults.join("\n"));
  return settings;
}

function listenConfig(given: Variables): ListenConfig {
  const { UBERRIMA_TLS_CERT: certFile, UBERRIMA_TLS_KEY: keyFile, UBERRIMA_HOST: host } = given;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new ConfigError("UBERRIMA_TLS_CERT and UBERRIMA_TLS_KEY: set both or neither");
  }
  const { UBERRIMA_CLIENT_CA: clientCaFile = null, UBERRIMA_CLIENT_CERTIFICATES: certificates } = given;
  const clients = { clientCaFile, requestsCertificates: certificates === "request" };
  const tls = certFile !== undefined && keyFile !== undefined ? { certFile, keyFile, ...clients } : null;
  if (tls === null && clientCaFile !== null) {
    throw new ConfigError("UBERRIMA_CLIENT_CA: certificates need UBERRIMA_TLS_CERT and UBERRIMA_TLS_KEY");
  }
  // INVARIANT: customer data never crosses a network in clear.
  if (tls === null && !isLoopback(host)) {
    throw new ConfigError("UBERRIMA_HOST: beyond loopback needs UBERRIMA_TLS_CERT and UBERRIMA_TLS_KEY");
  }
  const trustedProxies = given.UBERRIMA_TRUSTED_PROXIES.split(",").map((part) => part.trim());
  return { host, port: given.UBERRIMA_PORT, tls, trustedProxies: trustedProxies.filter((part) => part !== "") };
}

function identityProviderConfig(given: Variables): Config["identityProvider"] {
  const { UBERRIMA_OIDC_ISSUER: issuer, UBERRIMA_OIDC_CLIENT_ID: clientId } = given;
  const { UBERRIMA_OIDC_SECRET_FILE: secretFile, UBERRIMA_OIDC_KEY_FILE: keyFile } = given;
  if (issuer === undefined && clientId === undefined && secretFile === undefined && keyFile === undefined) return null;
  const credential = secretFile ?? keyFile;
  if (
    issuer === undefined ||
    clientId === undefined ||
    credential === undefined ||
    (secretFile !== undefined && keyFile !== undefined)
  ) {
    throw new ConfigError(
      "UBERRIMA_OIDC_ISSUER and UBERRIMA_OIDC_CLIENT_ID: set both, and one of UBERRIMA_OIDC_SECRET_FILE and UBERRIMA_OIDC_KEY_FILE",
    );
  }
  return { issuer, clientId, credentialFile: { kind: secretFile === undefined ? "key" : "secret", file: credential } };
}

function databaseConfig(given: Variables): Config["database"] {
  const { UBERRIMA_DATABASE_URL: url, UBERRIMA_DATABASE_OWNER_URL: ownerUrl } = given;
  if (url === undefined && ownerUrl === undefined) return null;
  if (url === undefined || ownerUrl === undefined) {
    throw new ConfigError("UBERRIMA_DATABASE_URL and UBERRIMA_DATABASE_OWNER_URL: set both or neither");
  }
  return { url, ownerUrl };
}

/** Only addresses count, and `localhost`; any other name may resolve to anything. */
export function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  const family = isIP(host);
  return family !== 0 && LOOPBACK.check(host, family === 6 ? "ipv6" : "ipv4");
}

function mail(given: Variables): MailSettings {
  const { settings, faults } = mailSettings(given);
  if (faults.length > 0) throw new ConfigError(faults.join("\n"));
  return settings;
}
