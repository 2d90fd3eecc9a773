// Guarantee: an answer written by hand says what the language's own serialisation would say.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { disclosureAnswer } from "../../../contract/disclosures.ts";
import { disclosureText } from "./disclosure-text.ts";
import { anyText } from "../../../test/support/test-text.ts";

const ID = "019ad0f2-7c1e-7a4b-8a51-0123456789ab";
const REASONS = [{ code: "empty", message: 'The record has "no" value\nfor this field.', policy: "needs" }];
const POLICIES = [
  { id: "permit-claims", text: "Whoever handles a claim – and nobody else.", citation: "45 CFR 164.506(c)" },
];
const REMEDIES = [{ code: "assignment", message: "Be assigned.", form: "clear", assignment: "claim" }] as const;
const PROMISE = {
  origin: "x.example/log",
  index: 3,
  leaf: "AQ==",
  time: 9,
  position: 0,
  path: ["AA=="],
  note: "a\nb\n",
};

const text = anyText();
const field = fc.record({
  field: fc.constantFrom("claim.narrative", "person.first-name"),
  recordId: fc.constantFrom(ID, null),
  unitId: fc.constantFrom(ID, null),
  dataClass: fc.constant("identity" as const),
  form: fc.constantFrom("clear" as const, "denied" as const),
  value: fc.option(text, { nil: undefined }),
  given: fc.option(text, { nil: undefined }),
  disputed: fc.constantFrom(undefined, { statementId: ID, filedAt: "2026-11-22T00:00:00Z" }),
  reasons: fc.constantFrom(REASONS, []),
  policies: fc.constantFrom(POLICIES, []),
  permittedBy: fc.constantFrom(REMEDIES, []),
});

test("an answer is written as the language's own serialisation would, whatever its values hold", () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 4 }), fc.constantFrom(REASONS, []), (fields, obligations) => {
      const answer = {
        disclosureId: ID,
        customerId: ID,
        outcome: "partial",
        fields,
        obligations,
        promise: PROMISE,
      } as const;
      assert.deepEqual(JSON.parse(disclosureText(answer)), JSON.parse(JSON.stringify(answer)));
    }),
  );
});

test("lists that are handed out again are told whole, and lists that only look like them for themselves", () => {
  const written = (reasons: typeof REASONS): unknown => {
    const rest = {
      recordId: null,
      unitId: null,
      dataClass: "identity",
      form: "denied",
      policies: [],
      permittedBy: [],
    } as const;
    const fields = [{ ...rest, field: "person.first-name", reasons }];
    const answer = {
      disclosureId: ID,
      customerId: ID,
      outcome: "denied",
      fields,
      obligations: [],
      promise: PROMISE,
    } as const;
    return disclosureAnswer.parse(JSON.parse(disclosureText(answer))).fields[0]?.reasons;
  };
  const others = [{ code: "empty", message: "Another.", policy: "needs" }];
  for (const reasons of [REASONS, others, REASONS]) assert.deepEqual(written(reasons), reasons);
});
