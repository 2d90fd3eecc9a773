// The operator's settings: what is refused, and that no message repeats a value.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { nastyText, runs, tried } from "../test/support/test-hostile.ts";
import { ConfigError, isLoopback, parseConfig } from "./config.ts";

const ROOT = "/program";

function refusal(environment: Record<string, string>): string {
  try {
    parseConfig(environment, ROOT);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  assert.fail("was accepted");
}

test("an empty environment listens on loopback with the embedded database", () => {
  const config = parseConfig({}, ROOT);
  assert.equal(config.listen.host, "127.0.0.1");
  assert.equal(config.listen.port, 7450);
  assert.equal(config.listen.tls, null);
  assert.equal(config.database, null);
  assert.equal(config.governanceFolder, "/program/governance");
});

test("refuses to listen beyond loopback without TLS, whatever the address looks like", () => {
  for (const host of [
    "0.0.0.0",
    "::",
    "192.168.1.10",
    "::ffff:10.0.0.1",
    "insurer.example",
    "127.0.0.1.example.org",
    "2130706433",
  ]) {
    assert.match(refusal({ UBERRIMA_HOST: host }), /^UBERRIMA_HOST: beyond loopback needs UBERRIMA_TLS_CERT/, host);
  }
  for (const host of ["127.0.0.1", "127.9.9.9", "::1", "localhost"]) assert.ok(isLoopback(host), host);
});

test("listens anywhere with certificate and key, and refuses one without the other", () => {
  const tls = { UBERRIMA_TLS_CERT: "cert.pem", UBERRIMA_TLS_KEY: "key.pem" };
  assert.equal(parseConfig({ UBERRIMA_HOST: "0.0.0.0", ...tls }, ROOT).listen.host, "0.0.0.0");
  assert.match(refusal({ UBERRIMA_TLS_CERT: "cert.pem" }), /set both or neither/);
});

test("names every wrong variable at once and repeats no value", () => {
  const secret = "hunter2-secret";
  const message = refusal({
    UBERRIMA_PORT: secret,
    UBERRIMA_DATABASE_URL: `mysql://user:${secret}@host/db`,
    UBERRIMA_LEASE_SECONDS: "0",
  });
  assert.match(message, /UBERRIMA_PORT: must be a whole number/);
  assert.match(message, /UBERRIMA_DATABASE_URL: must start with postgres/);
  assert.match(message, /UBERRIMA_LEASE_SECONDS: must be 1 or more/);
  assert.ok(!message.includes(secret));
});

test("a misspelt setting is refused rather than ignored", () => {
  assert.match(refusal({ UBERRIMA_TLS_CRT: "cert.pem" }), /^UBERRIMA_TLS_CRT: no such setting$/);
  assert.equal(parseConfig({ UBERRIMA_TOKEN: "for the command line" }, ROOT).listen.port, 7450);
});

test("receivers of security events are parsed, and half a setting is refused", () => {
  const none = parseConfig({}, ROOT).events;
  assert.deepEqual(none, { syslog: null, file: null, webhook: null });
  const set = { UBERRIMA_EVENTS_SYSLOG: "siem.example", UBERRIMA_EVENTS_CLEARED: "syslog" };
  const { syslog } = parseConfig(set, ROOT).events;
  assert.deepEqual([syslog?.host, syslog?.port, syslog?.cleared], ["siem.example", 6514, true]);
  assert.equal(parseConfig({ UBERRIMA_EVENTS_SYSLOG: "[::1]:7000" }, ROOT).events.syslog?.port, 7000);
  assert.match(refusal({ UBERRIMA_EVENTS_SYSLOG: "tcp://siem" }), /must be host or host:port/);
  assert.match(refusal({ UBERRIMA_EVENTS_SYSLOG: "siem:99999" }), /port must be/);
  assert.match(refusal({ ...set, UBERRIMA_EVENTS_SYSLOG_CERT: "c.pem" }), /set both or neither/);
  assert.match(refusal({ UBERRIMA_EVENTS_CLEARED: "file" }), /names a stream that is not set/);
  assert.match(refusal({ UBERRIMA_EVENTS_CLEARED: "everything" }), /must be of: syslog, file/);
  assert.match(refusal({ UBERRIMA_EVENTS_WEBHOOK: "http://siem.example" }), /must be https/);
  assert.match(
    refusal({ UBERRIMA_EVENTS_WEBHOOK: "https://me:secret@siem.example" }),
    /^UBERRIMA_EVENTS_WEBHOOK: must be https, without a user$/,
  );
});

test("an outside database needs the owner's URL beside the application's", () => {
  const url = "postgres://app@db/uberrima";
  assert.match(refusal({ UBERRIMA_DATABASE_URL: url }), /set both or neither/);
  const config = parseConfig({ UBERRIMA_DATABASE_URL: url, UBERRIMA_DATABASE_OWNER_URL: url }, ROOT);
  assert.deepEqual(config.database, { url, ownerUrl: url });
});

test("whatever stands in a setting, the start is refused by name or the setting is used, and no value is repeated", () => {
  const settings = [
    "PORT",
    "HOST",
    "TLS_CERT",
    "TRUSTED_PROXIES",
    "DATABASE_URL",
    "LEASE_SECONDS",
    "LOG_ORIGIN",
    "LOG_LEVEL",
    "DATA",
  ];
  const names = fc.constantFrom(...settings.map((name) => `UBERRIMA_${name}`));
  fc.assert(
    fc.property(fc.dictionary(names, nastyText), (environment) => {
      tried(() => parseConfig(environment, ROOT), { error: ConfigError });
    }),
    runs(500),
  );
});

test("the README names every setting, and no other", () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  const declared = read("config.ts") + read("config-events.ts") + read("config-mail.ts") + read("config-webhooks.ts");
  const settings = [...declared.matchAll(/^ {2}(UBERRIMA_\w+):/gm)].map(([, name]) => name ?? "");
  assert.ok(settings.length > 15);
  // The command line's own.
  const others = ["UBERRIMA_URL", "UBERRIMA_TOKEN", "UBERRIMA_TOKEN_FILE", "UBERRIMA_CA", "UBERRIMA_KEY_FILE"];
  const named = new Set(read("../README.md").match(/UBERRIMA_[A-Z_]*[A-Z]/g));
  assert.deepEqual([...named].toSorted(), [...settings, ...others].toSorted());
});
