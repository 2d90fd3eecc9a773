// Guarantee: whatever else would permit it, nothing that asks for a fresh factor, a passkey or a verified caller is shown in clear without.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DataClass, Role } from "../../kernel/vocabulary.ts";
import { createDecider, type DecisionInput } from "./policy.ts";
import { anyInput, RUNS } from "./test-inputs.ts";
import { ADJUSTER, shippedPolicies } from "./test-policies.ts";

const decider = createDecider(shippedPolicies());
const CUSTOMERS: readonly Role[] = ["policyholder", "dependant-policyholder", "beneficiary"];
const PASSKEY_CLASSES: readonly DataClass[] = [
  "government-id",
  "financial",
  "health",
  "specially-protected-health",
  "genetic",
  "biometric",
];

/** No input that a person can bring about is shown in clear once it is changed so. */
function neverClear(what: string, changes: Partial<DecisionInput>, fits: (input: DecisionInput) => boolean): void {
  fc.assert(
    fc.property(anyInput, (input) => {
      fc.pre(fits(input));
      assert.notEqual(decider.decideField({ ...input, ...changes }).form, "clear", what);
    }),
    { numRuns: RUNS },
  );
}

const INVESTIGATOR: DecisionInput = {
  ...ADJUSTER,
  role: "siu-investigator",
  purpose: "fraud-investigation",
  assignment: "investigation",
};

test("government ids and bank data beside the standard view need a factor shown just now, and within it none", () => {
  for (const dataClass of ["government-id", "financial"] as const) {
    const beside = { ...INVESTIGATOR, dataClass, standardView: false };
    assert.equal(decider.decideField(beside).form, "clear", dataClass);
    const { form, reasons, remedies } = decider.decideField({ ...beside, freshSignIn: false });
    assert.notEqual(form, "clear");
    assert.ok(reasons.some(({ code }) => code === "step-up-needed"));
    assert.ok(remedies.some(({ code }) => code === "step-up"));
    assert.equal(decider.decideField({ ...beside, standardView: true, freshSignIn: false }).form, "clear", dataClass);
    neverClear(
      dataClass,
      { dataClass, standardView: false, freshSignIn: false },
      ({ role }) => !CUSTOMERS.includes(role) && role !== "service-account",
    );
  }
});

test("whatever can be misused for good, ids, bank, health, genetic and biometric data, needs a passkey", () => {
  assert.equal(decider.decideField({ ...INVESTIGATOR, dataClass: "government-id" }).form, "clear");
  for (const dataClass of PASSKEY_CLASSES)
    neverClear(dataClass, { dataClass, phishingResistant: false }, ({ role }) => !CUSTOMERS.includes(role));
  const { reasons } = decider.decideField({ ...INVESTIGATOR, dataClass: "government-id", phishingResistant: false });
  assert.ok(reasons.some(({ code }) => code === "passkey-needed"));
});

test("many customers at once need a factor shown just now, of whatever class", () => {
  neverClear("bulk", { bulk: true, freshSignIn: false }, () => true);
});

test("the call centre sees nothing in clear before the caller is verified, but in an emergency", () => {
  neverClear("caller", { role: "csr", callerVerified: false, breakGlass: false }, () => true);
});

test("whoever declared a conflict of interest, and whoever has not acknowledged what they must, sees nothing in clear", () => {
  neverClear("conflict", { conflictDeclared: true }, () => true);
  const exempt: readonly Role[] = [...CUSTOMERS, "service-account", "regulator-examiner", "law-enforcement"];
  neverClear("policies", { policiesAcknowledged: false }, ({ role }) => !exempt.includes(role));
});

test("nobody who works here sees anything in clear by a password alone", () => {
  neverClear(
    "password",
    { strongSignIn: false, freshSignIn: false, phishingResistant: false },
    ({ role }) => !CUSTOMERS.includes(role),
  );
});
