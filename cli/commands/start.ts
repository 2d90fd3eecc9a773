// `uberrima start`: runs the server in the foreground.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { CliError, EXIT, type ExitCode } from "../exit.ts";
import { examples } from "../options.ts";
import type { World } from "../session.ts";

const SERVER = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

const SETTINGS: readonly (readonly [name: string, meaning: string])[] = [
  ["UBERRIMA_DATA", "folder for data, keys and the local socket (.uberrima)"],
  ["UBERRIMA_HOST, UBERRIMA_PORT", "where to listen (127.0.0.1, 7450)"],
  ["UBERRIMA_TLS_CERT, UBERRIMA_TLS_KEY", "certificate and key files; needed beyond loopback"],
  ["UBERRIMA_CLIENT_CERTIFICATES", "request or ignore certificates of systems (request)"],
  ["UBERRIMA_CLIENT_CA", "file: who issues certificates to systems, which are then known by their names (nobody)"],
  ["UBERRIMA_STATIC_SECRETS", "allow or refuse clients' static tokens (refused with TLS and a database of its own)"],
  [
    "UBERRIMA_CLIENT_APPROVAL",
    "a second person for powerful clients: required or off (required as secrets are refused)",
  ],
  ["UBERRIMA_TRUSTED_PROXIES", "addresses whose X-Forwarded-For is believed"],
  ["UBERRIMA_DATABASE_URL", "PostgreSQL as the application's narrow role (embedded when unset)"],
  ["UBERRIMA_DATABASE_OWNER_URL", "the same as its owner, for migrations"],
  ["UBERRIMA_DATABASE_CONNECTIONS", "connections at most (12)"],
  ["UBERRIMA_KEYRING", "folder of the local keyring (keyring in the data folder)"],
  ["UBERRIMA_KEYRING_PASSPHRASE_FILE", "file whose passphrase seals the root key"],
  ["UBERRIMA_LEASE_SECONDS", "how long keys stay in memory; erasure waits for it (5)"],
  ["UBERRIMA_KEY_RETIREMENT_SECONDS", "how long a rotated key is kept at least; longer than any transaction (3600)"],
  ["UBERRIMA_SIGNING_OVERLAP_SECONDS", "how long the log's old and new key sign together (30 days)"],
  ["UBERRIMA_ALGORITHM", "of fields: xchacha20-poly1305 (the default); aes-256-gcm-siv or aes-256-gcm for everything"],
  ["UBERRIMA_GOVERNANCE", "folder of schema, policies, mappings and rights"],
  ["UBERRIMA_LOG_ORIGIN", "the ledger's name, for good (localhost/uberrima)"],
  ["UBERRIMA_PUBLIC_URL", "where browsers reach the server (where it listens)"],
  ["UBERRIMA_OIDC_ISSUER", "identity provider for single sign-on (none)"],
  ["UBERRIMA_OIDC_CLIENT_ID", "this server's name there"],
  ["UBERRIMA_OIDC_SECRET_FILE", "what proves this server to the provider: a secret ..."],
  ["UBERRIMA_OIDC_KEY_FILE", "... or the PEM of a key (private_key_jwt)"],
  ["UBERRIMA_LOG_LEVEL", "debug, info, warn, error or silent (info)"],
  ["UBERRIMA_REQUESTS_PER_MINUTE_CLIENT", "from one client at most (6000)"],
  ["UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS", "from one address at most (12000)"],
  ["UBERRIMA_EVENTS_SYSLOG", "host:port that security events go to, over TLS (none)"],
  ["UBERRIMA_EVENTS_SYSLOG_CA", "PEM of who signs its certificate (the system's)"],
  ["UBERRIMA_EVENTS_SYSLOG_CERT", "PEM of our own certificate for it (none)"],
  ["UBERRIMA_EVENTS_SYSLOG_KEY", "PEM of its key"],
  ["UBERRIMA_EVENTS_SYSLOG_CONFIRM_SECONDS", "how often it confirms, by a closure (5)"],
  ["UBERRIMA_EVENTS_FILE", "file of JSON lines for security events (none)"],
  ["UBERRIMA_EVENTS_WEBHOOK", "https URL that security events are posted to (none)"],
  ["UBERRIMA_EVENTS_WEBHOOK_TOKEN_FILE", "owner-only file with a bearer token for it (none)"],
  ["UBERRIMA_EVENTS_WEBHOOK_CA", "PEM of who signs its certificate (the system's)"],
  ["UBERRIMA_EVENTS_CLEARED", "which of syslog, file, webhook may see withheld entries (none)"],
];

export function addStart(program: Command, world: World): void {
  program
    .command("start")
    .description("run the server in the foreground; settings come from UBERRIMA_* variables")
    .addHelpText("after", describeSettings)
    .addHelpText("after", examples("uberrima start", "UBERRIMA_DATA=/srv/uberrima UBERRIMA_PORT=8443 uberrima start"))
    .action(async () => {
      const code = await run(world);
      if (code !== EXIT.ok) throw new CliError("the server ended with a failure", { exitCode: code });
    });
}

function run(world: World): Promise<ExitCode> {
  return new Promise((resolve) => {
    const server = spawn(process.execPath, [SERVER], { stdio: "inherit", env: world.environment });
    // The terminal sends its interrupts to the server too, which drains; this process only waits for that.
    process.on("SIGINT", ignore);
    process.on("SIGTERM", () => server.kill("SIGTERM"));
    server.on("error", () => resolve(EXIT.failed));
    server.on("exit", (code) => resolve(code === 0 ? EXIT.ok : EXIT.failed));
  });
}

function ignore(): void {}

function describeSettings(): string {
  const lines = SETTINGS.map(([name, meaning]) => `  ${name}\n      ${meaning}`);
  return `\nSettings:\n${lines.join("\n")}`;
}
