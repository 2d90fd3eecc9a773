// What a customer's flags change, and that they change nothing in the other direction.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DATA_CLASSES, type Form, type Role } from "../../kernel/vocabulary.ts";
import { createDecider, decideAll, type DecisionInput } from "./policy.ts";
import { anyInput, RUNS } from "./test-inputs.ts";
import { ADJUSTER, shippedPolicies } from "./test-policies.ts";

const decider = createDecider(shippedPolicies());
const decide = (changes: Partial<DecisionInput>): Form => decider.decideField({ ...ADJUSTER, ...changes }).form;
const codes = (changes: Partial<DecisionInput>): string[] =>
  decider.decideField({ ...ADJUSTER, ...changes }).reasons.map(({ code }) => code);

const ASKERS: Readonly<Partial<Record<Role, Partial<DecisionInput>>>> = {
  agent: { role: "agent", purpose: "policy-servicing", assignment: "policy" },
  csr: { role: "csr", purpose: "policy-servicing", assignment: "call" },
  "siu-investigator": { role: "siu-investigator", purpose: "fraud-investigation", assignment: "investigation" },
  dpo: { role: "dpo", purpose: "data-subject-request", assignment: "case" },
  "plan-sponsor": { role: "plan-sponsor", purpose: "group-administration", assignment: "block" },
  "repair-shop": { role: "repair-shop", purpose: "vendor-processing", assignment: "claim" },
  "medical-provider": { role: "medical-provider", purpose: "medical-review", assignment: "patient" },
  litigation: { role: "litigation", purpose: "litigation", assignment: "matter" },
  compliance: { role: "compliance", purpose: "audit", assignment: "none", rowScope: "everything-masked" },
  policyholder: {
    role: "policyholder",
    purpose: "policy-servicing",
    assignment: "none",
    rowScope: "none",
    relationship: "self",
  },
  "dependant-policyholder": {
    role: "dependant-policyholder",
    purpose: "policy-servicing",
    assignment: "none",
    rowScope: "none",
    relationship: "dependant",
  },
};
const as = (role: keyof typeof ASKERS): Partial<DecisionInput> => ASKERS[role] ?? {};

test("a protection order hides the address from the adjuster, masked at most, and says why", () => {
  const contact: Partial<DecisionInput> = { dataClass: "contact", protectionOrder: true };
  assert.equal(decide({ dataClass: "contact" }), "clear");
  assert.equal(decide(contact), "masked");
  assert.deepEqual(codes(contact), ["protection-order"]);
  assert.equal(decide({ ...contact, authorizationCovers: true }), "clear");
});

test("a protection order leaves the address to the protected person, the privacy officer and an open investigation", () => {
  const contact: Partial<DecisionInput> = { dataClass: "contact", protectionOrder: true };
  for (const role of ["policyholder", "dpo", "siu-investigator"] as const)
    assert.equal(decide({ ...as(role), ...contact }), "clear", role);
  assert.equal(decide({ ...as("csr"), ...contact }), "masked");
});

for (const role of ["agent", "plan-sponsor", "repair-shop", "medical-provider", "dependant-policyholder"] as const) {
  test(`a protection order hides even the masked address from the ${role}, who cannot tell from the answer that there is one`, () => {
    const contact: Partial<DecisionInput> = { ...as(role), dataClass: "contact" };
    assert.notEqual(decide(contact), "denied");
    const hidden = decider.decideField({ ...ADJUSTER, ...contact, protectionOrder: true });
    assert.equal(hidden.form, "denied");
    const neverSeen = decider.decideField({ ...ADJUSTER, ...as(role), dataClass: "genetic" });
    assert.deepEqual(hidden.policies, neverSeen.policies);
    assert.deepEqual(hidden.remedies, neverSeen.remedies);
    assert.deepEqual(
      hidden.reasons.map(({ code }) => code),
      neverSeen.reasons.map(({ code }) => code),
    );
    assert.ok(hidden.determining.some((id) => id.startsWith("protection-order/")));
    assert.ok(!JSON.stringify({ ...hidden, determining: [] }).includes("protection"));
  });
}

test("a protection order hides what was treated, and where, from the policyholder of a dependant", () => {
  const health: Partial<DecisionInput> = { ...as("dependant-policyholder"), dataClass: "health" };
  assert.equal(decide(health), "masked");
  assert.equal(decide({ ...health, protectionOrder: true }), "denied");
});

test("a protection order hides the dwelling from the agent, an address under another name", () => {
  const property: Partial<DecisionInput> = { ...as("agent"), dataClass: "property" };
  assert.equal(decide(property), "clear");
  assert.equal(decide({ ...property, protectionOrder: true }), "denied");
});

test("restricted processing leaves consent, legal claims, rights requests and the privacy officer", () => {
  const restricted: Partial<DecisionInput> = { restricted: true };
  assert.equal(decide(restricted), "denied");
  assert.deepEqual(codes(restricted), ["restricted"]);
  assert.equal(decide({ ...restricted, authorizationCovers: true }), "clear");
  for (const role of ["litigation", "dpo", "policyholder"] as const) {
    assert.equal(decide({ ...as(role), ...restricted, dataClass: "identity" }), "clear", role);
  }
  assert.equal(
    decide({ ...as("csr"), ...restricted, dataClass: "identity", purpose: "data-subject-request" }),
    "clear",
  );
  assert.equal(decide({ ...as("csr"), ...restricted, dataClass: "identity" }), "denied");
});

for (const flag of ["employee", "vip"] as const) {
  test(`a customer flagged ${flag} is opened to named assignments only, masked forms too`, () => {
    const compliance: Partial<DecisionInput> = { ...as("compliance"), dataClass: "identity" };
    assert.equal(decide(compliance), "masked");
    assert.equal(decide({ ...compliance, [flag]: true }), "denied");
    assert.deepEqual(codes({ ...compliance, [flag]: true }), ["named-assignment-only"]);
    assert.equal(decide({ ...compliance, [flag]: true, assignment: "case" }), "masked");
    assert.equal(decide({ [flag]: true }), "clear");
    const actuary: Partial<DecisionInput> = {
      role: "actuary",
      purpose: "actuarial",
      rowScope: "everything-masked",
      assignment: "none",
      dataClass: "identity",
    };
    assert.equal(decide({ ...actuary, [flag]: true }), "token");
    const block: Partial<DecisionInput> = { role: "tpa", rowScope: "groups", ownGroup: true, assignment: "none" };
    assert.equal(decide(block), "clear");
    assert.equal(decide({ ...block, [flag]: true }), "denied");
    assert.equal(decide({ ...block, [flag]: true, assignment: "claim" }), "clear");
  });
}

test("contact and health of a minor are for the guardian, and in full only once that rule is signed", () => {
  const health: Partial<DecisionInput> = { ...as("dependant-policyholder"), dataClass: "health", minor: true };
  assert.equal(decide(health), "denied");
  assert.equal(decide({ ...health, relationship: "guardian" }), "masked");
  assert.ok(shippedPolicies().unsigned.some(({ id }) => id === "dependant-policyholder/guardian"));
});

test("a dead customer's own sign-in opens nothing, a representative's does with an authorization", () => {
  const self: Partial<DecisionInput> = { ...as("policyholder"), dataClass: "health" };
  assert.equal(decide(self), "clear");
  assert.equal(decide({ ...self, deceased: true }), "denied");
  const representative: Partial<DecisionInput> = { ...self, deceased: true, relationship: "representative" };
  assert.equal(decide(representative), "denied");
  assert.equal(decide({ ...representative, authorizationCovers: true }), "clear");
});

test("an erased customer opens to nobody", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      assert.equal(decideAll(shippedPolicies(), [{ ...input, erased: true }], "token")[0]?.form, "denied");
    }),
    { numRuns: RUNS },
  );
});

for (const flag of ["protectionOrder", "restricted", "employee", "vip", "minor", "deceased"] as const) {
  test(`the flag ${flag} never opens anything`, () => {
    const rank = (form: Form | undefined): number =>
      ["clear", "masked", "token", "denied"].findIndex((known) => known === form);
    fc.assert(
      fc.property(anyInput, (input) => {
        const [without, flagged] = decideAll(shippedPolicies(), [
          { ...input, [flag]: false },
          { ...input, [flag]: true },
        ]);
        assert.ok(rank(flagged?.form) >= rank(without?.form));
      }),
      { numRuns: RUNS },
    );
  });
}

test("after death every class is as closed as in life", () => {
  for (const dataClass of DATA_CLASSES)
    assert.equal(decide({ dataClass, deceased: true }), decide({ dataClass }), dataClass);
});
