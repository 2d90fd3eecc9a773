// Guarantee: what verifies has one reading. A file with a name given twice is refused, whichever of the two would have been verified.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isDisposalCertificate } from "./certificate.ts";
import { VerifyError } from "./errors.ts";
import { parseJson } from "./parse-json.ts";
import { verifyPromise } from "./promise.ts";
import { type LedgerVectors, readVectors } from "./test-log.ts";

const isRefused = (error: unknown): boolean => error instanceof VerifyError && error.code === "malformed";

test("a certificate with a member twice is refused, at the top and within", () => {
  const bundle = { certificate: { kind: "uberrima.org/disposal-certificate" }, receipt: "", r: "", detail: "" };
  const text = JSON.stringify(bundle);
  assert.equal(isDisposalCertificate(text), true);
  const false_ = '"certificate":{"kind":"other"}';
  for (const twice of [`{${false_},${text.slice(1)}`, text.replace('"kind":', '"kind":"other","kind":')])
    assert.throws(() => isDisposalCertificate(twice), isRefused);
});

test("a promise with a member twice is refused, under another spelling too", () => {
  const { promises, promiseKey } = readVectors<LedgerVectors>("ledger");
  const text = JSON.stringify(promises[0]);
  verifyPromise(text, promiseKey);
  for (const name of ['"index"', '"ind\\u0065x"'])
    assert.throws(() => verifyPromise(`{${name}:7,${text.slice(1)}`, promiseKey), isRefused);
});

test("every text that gives each name once is read as it stands", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(parseJson(text, "no JSON"), JSON.parse(text));
    }),
  );
});
