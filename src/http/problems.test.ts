// Problem documents: the right status for each failure, and never a trace of what was sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { z } from "zod";
import { problem } from "../../contract/common.ts";
import { customerDraft } from "../../contract/customers.ts";
import { AppError } from "../kernel/app-error.ts";
import { HttpError } from "./errors.ts";
import { problemOf, SchemaRefusal } from "./problems.ts";
import { knownNames } from "./known-names.ts";
import { ROUTES } from "../../contract/routes.ts";

const REFERENCE = "0198c0de-0000-7000-8000-000000000000";
const NAMES = knownNames(ROUTES, ["ssn"]);

class DomainError extends AppError {
  readonly code = "out-of-order";
  readonly status: number;
  readonly issues = [
    { field: "ssn", reason: "not-a-ssn" },
    { field: "123-45-6789", reason: "unknown-field" },
  ];
  constructor(status: number) {
    super("things are out of order");
    this.status = status;
  }
}

test("a domain's refusal is answered with its own code, status and words", () => {
  const { problem: document, unexpected } = problemOf(new DomainError(409), REFERENCE, NAMES);
  assert.deepEqual(problem.parse(document), document);
  assert.equal(document.status, 409);
  assert.equal(document.code, "out-of-order");
  assert.equal(document.detail, "things are out of order");
  assert.equal(unexpected, false);
});

test("refused fields are named only when the schema knows them", () => {
  const { errors } = problemOf(new DomainError(422), REFERENCE, NAMES).problem;
  assert.deepEqual(
    errors?.map(({ pointer, code }) => [pointer, code]),
    [
      ["#/body/fields/ssn", "not-a-ssn"],
      ["#/body/fields/*", "unknown-field"],
    ],
  );
});

test("whatever breaks inside is answered with a reference alone", () => {
  for (const error of [
    new DomainError(500),
    new Error("secret detail"),
    "thrown text",
    { code: "23505", detail: "Key (x)" },
  ]) {
    const { problem: document, unexpected } = problemOf(error, REFERENCE, NAMES);
    assert.equal(document.status, 500);
    assert.equal(document.code, "internal");
    assert.equal(document.instance, `urn:uuid:${REFERENCE}`);
    assert.ok(!JSON.stringify(document).includes("secret"));
    assert.ok(unexpected);
  }
});

test("what will pass is answered as such: to be tried again, and a client that changed to sign in again", () => {
  const busy = problemOf(new DomainError(503), REFERENCE, NAMES);
  assert.equal(busy.problem.code, "out-of-order");
  assert.equal(busy.headers["retry-after"], "1");
  assert.match(problemOf(new DomainError(401), REFERENCE, NAMES).headers["www-authenticate"] ?? "", /^Bearer /);
});

test("a database that is away answers 503 with Retry-After", () => {
  const { problem: document, headers } = problemOf(Object.assign(new Error(), { code: "57P01" }), REFERENCE, NAMES);
  assert.equal(document.status, 503);
  assert.equal(headers["retry-after"], "1");
});

test("headers of our own refusals are passed on", () => {
  const error = new HttpError("method-not-allowed", { headers: { allow: "GET" } });
  assert.deepEqual(problemOf(error, REFERENCE, NAMES).headers, { allow: "GET" });
});

test("no name and no value of any body ever stands in its refusal", () => {
  // Marked so that a hit cannot be a coincidence.
  const marked = fc.string({ minLength: 1, maxLength: 30 }).map((text) => `zq${text}qz`);
  const json = fc.jsonValue({ depthSize: "small" });
  const body = fc.oneof(fc.dictionary(marked, fc.oneof(marked, json)), fc.array(marked), marked);
  fc.assert(
    fc.property(body, marked, (noise, value) => {
      for (const sent of [
        noise,
        { kind: value, units: [{ kind: value, records: [{ fields: { [value]: value } }] }] },
      ]) {
        const parsed = customerDraft.safeParse(sent);
        assert.ok(!parsed.success);
        const answer = problemOf(new SchemaRefusal(parsed.error.issues, "body"), REFERENCE, NAMES);
        assert.equal(answer.problem.status, 400);
        assert.doesNotMatch(JSON.stringify(answer), /zq.*qz/s);
      }
    }),
  );
});

test("a member that belongs elsewhere is named, an unknown one is not", () => {
  const schema = z.strictObject({ purpose: z.string() });
  const parsed = schema.safeParse({ purpose: "x", customerId: 1, "078-05-1120": 1 });
  assert.ok(!parsed.success);
  const { errors } = problemOf(new SchemaRefusal(parsed.error.issues, "body"), REFERENCE, NAMES).problem;
  assert.deepEqual(errors, [
    { pointer: "#/body", code: "unrecognized-keys", detail: "does not belong here: customerId" },
  ]);
});
