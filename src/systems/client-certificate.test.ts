// Certificates: the one registered and no other, by its digest or by a name that a trusted authority gave it.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { test } from "node:test";
import { makeTestCertificate, type TestCertificate } from "../http/test-certificate.ts";
import {
  alternativeNames,
  isRegistered,
  registerCertificate,
  registerName,
  showCertificate,
  subjectOf,
  type ShownCertificate,
} from "./client-certificate.ts";

const NOW = new Date();
const DAY_MS = 86_400_000;
const shown = ({ certPem }: TestCertificate, isTrusted = false): ShownCertificate =>
  showCertificate(new X509Certificate(certPem).raw, isTrusted);

test("a registered certificate is known by its digest alone, for as long as it is valid", () => {
  const own = makeTestCertificate(NOW, { commonName: "claims desk" });
  const registered = registerCertificate(own.certPem, NOW);
  assert.ok(isRegistered(shown(own), registered, NOW));
  // The same name, another key; trusted or not.
  const other = makeTestCertificate(NOW, { commonName: "claims desk" });
  assert.ok(!isRegistered(shown(other, true), registered, NOW));
  assert.ok(!isRegistered(shown(own), registered, new Date(NOW.getTime() + 2 * DAY_MS)));
  assert.ok(!isRegistered(shown(own), registered, new Date(NOW.getTime() - 3 * DAY_MS)));
});

test("what is expired, private, or no single certificate cannot be registered", () => {
  const { certPem, keyPem } = makeTestCertificate(NOW);
  const expired = makeTestCertificate(NOW, { days: -1 }).certPem;
  for (const text of [
    expired,
    keyPem + certPem,
    certPem + certPem,
    "",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
  ])
    assert.throws(() => registerCertificate(text, NOW), { code: "bad-certificate" });
});

test("a name counts only in a certificate that a trusted authority issued", () => {
  const authority = makeTestCertificate(NOW, { commonName: "authority" });
  const own = makeTestCertificate(NOW, {
    commonName: "desk",
    dnsName: "desk.test",
    uri: "spiffe://acme/desk",
    by: authority,
  });
  const names = [
    { type: "subject-dn", value: "CN=desk" },
    { type: "san-dns", value: "desk.test" },
    { type: "san-uri", value: "spiffe://acme/desk" },
    { type: "san-ip", value: "127.0.0.1" },
  ] as const;
  for (const name of names) {
    const registered = registerName(name);
    assert.ok(isRegistered(shown(own, true), registered, NOW), name.type);
    assert.ok(!isRegistered(shown(own, false), registered, NOW), name.type);
    const other = makeTestCertificate(NOW, { commonName: "desk2", dnsName: "desk.test.evil", by: authority });
    if (name.type !== "san-ip") assert.ok(!isRegistered(shown(other, true), registered, NOW), name.type);
  }
  for (const [type, value] of [
    ["san-dns", "*.test"],
    ["san-dns", "test"],
    ["san-uri", "desk.test"],
    ["subject-dn", "desk"],
  ] as const)
    assert.ok(!isRegistered(shown(own, true), registerName({ type, value }), NOW), value);
});

test("a name cannot pass itself off as two", () => {
  assert.deepEqual(alternativeNames('DNS:"a, URI:spiffe://acme/desk, b", IP Address:127.0.0.1'), [
    { type: "DNS", value: "a, URI:spiffe://acme/desk, b" },
    { type: "IP Address", value: "127.0.0.1" },
  ]);
  const hostile = makeTestCertificate(NOW, { dnsName: "a, URI:spiffe://acme/desk, b" });
  const registered = registerName({ type: "san-uri", value: "spiffe://acme/desk" });
  assert.ok(!isRegistered(shown(hostile, true), registered, NOW));
  assert.deepEqual(alternativeNames('DNS:"half'), []);
  const lines = makeTestCertificate(NOW, { commonName: "a\nCN=desk" });
  assert.notEqual(subjectOf(new X509Certificate(lines.certPem)), "CN=desk,CN=a");
});

test("a name that is no name cannot be registered", () => {
  for (const name of [
    { type: "san-ip", value: "nowhere" },
    { type: "san-dns", value: "" },
    { type: "san-dns", value: "a\u0000b" },
    { type: "subject-dn", value: "x".repeat(501) },
  ] as const)
    assert.throws(() => registerName(name), { code: "bad-certificate" });
});
