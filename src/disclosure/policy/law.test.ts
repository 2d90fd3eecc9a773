// The deny and limit rows of the rules register, and what may be sent to third parties.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Form } from "../../kernel/vocabulary.ts";
import { createDecider, decideAll, RECIPIENTS, type DecisionInput, type FieldDecision } from "./policy.ts";
import { anyInput, RUNS } from "./test-inputs.ts";
import { ADJUSTER, changedPolicies, policyText, shippedPolicies } from "./test-policies.ts";

const decider = createDecider(shippedPolicies());
const decide = (changes: Partial<DecisionInput>): FieldDecision => decider.decideField({ ...ADJUSTER, ...changes });
const form = (changes: Partial<DecisionInput>): Form => decide(changes).form;

/** Everything that could speak for it. */
const GROUNDS = {
  authorizationCovers: true,
  twoPersonApproval: true,
  legalProcessCovers: true,
  privilegeReviewed: true,
} as const;
const UNDERWRITER: Partial<DecisionInput> = { role: "underwriter", purpose: "underwriting", assignment: "submission" };
const DPO: Partial<DecisionInput> = { role: "dpo", purpose: "data-subject-request", assignment: "case" };

test("HIPAA-502-genetic: no genetic underwriting, in any line, not even with an authorization", () => {
  fc.assert(
    fc.property(anyInput, fc.constantFrom("underwriting", "quote"), (input, purpose) => {
      const [decided] = decideAll(
        shippedPolicies(),
        [{ ...input, ...GROUNDS, purpose, dataClass: "genetic" }],
        "token",
      );
      assert.equal(decided?.form, "denied");
    }),
    { numRuns: RUNS },
  );
  const health = decide({ ...UNDERWRITER, ...GROUNDS, line: "health", dataClass: "genetic" });
  assert.ok(health.determining.includes("law/hipaa-genetic-underwriting"));
  assert.deepEqual(health.remedies, []);
});

test("HIPAA-502b: of health-plan information only what is needed is shown in clear; other lines are not under HIPAA", () => {
  const unneeded: Partial<DecisionInput> = { fieldNeeded: false };
  assert.equal(form(unneeded), "clear");
  const decision = decide({ ...unneeded, line: "health" });
  assert.equal(decision.form, "masked");
  assert.ok(decision.determining.includes("law/hipaa-minimum-necessary"));
  assert.ok(decision.remedies.some(({ code }) => code === "justify"));
  assert.equal(form({ ...unneeded, line: "health", authorizationCovers: true }), "clear");
});

test("HIPAA-514h: nobody outside is shown health-plan information unverified, in any form", () => {
  const provider: Partial<DecisionInput> = {
    role: "medical-provider",
    purpose: "medical-review",
    assignment: "patient",
    dataClass: "health",
    line: "health",
  };
  assert.equal(form(provider), "clear");
  assert.equal(form({ ...provider, strongSignIn: false }), "denied");
});

test("42 CFR Part 2: two persons' approval alone does not open specially protected health, an authorization or an order does", () => {
  const protectedHealth: Partial<DecisionInput> = { dataClass: "specially-protected-health" };
  assert.equal(form({ ...protectedHealth, twoPersonApproval: true }), "denied");
  assert.equal(form({ ...protectedHealth, authorizationCovers: true }), "clear");
  assert.equal(form({ ...protectedHealth, legalProcessCovers: true }), "clear");
  assert.deepEqual(
    decide(protectedHealth).remedies.map(({ code }) => code),
    ["authorization", "legal-process"],
  );
});

test("HIPAA-508-psych: psychotherapy notes need an authorization even from a medical reviewer", () => {
  const notes: Partial<DecisionInput> = {
    role: "medical-reviewer",
    purpose: "medical-review",
    dataClass: "specially-protected-health",
    trait: "psychotherapy-note",
  };
  assert.equal(form({ ...notes, trait: "none" }), "clear");
  assert.equal(form(notes), "denied");
  assert.equal(form({ ...notes, authorizationCovers: true }), "clear");
});

test("SIU-IMMUNITY: an investigation is told to none whom it concerns, who cannot tell it from a class they never see", () => {
  for (const role of ["policyholder", "dependant-policyholder", "beneficiary", "agent"] as const) {
    const purpose = role === "agent" ? "policy-servicing" : "claim-handling";
    const asked = decide({
      ...GROUNDS,
      role,
      purpose,
      relationship: "self",
      assignment: "policy",
      dataClass: "investigation",
    });
    assert.equal(asked.form, "denied");
    assert.deepEqual(
      asked.reasons.map(({ code }) => code),
      ["not-for-role"],
    );
    assert.deepEqual(asked.remedies, []);
    assert.ok(asked.determining.includes("law/investigation-not-to-subject"), role);
  }
});

test("an investigation file answers no rights request before privilege was reviewed", () => {
  const file: Partial<DecisionInput> = { ...DPO, dataClass: "investigation", authorizationCovers: true };
  assert.equal(form(file), "denied");
  assert.equal(form({ ...file, privilegeReviewed: true }), "clear");
});

test("AML-SAR: that a suspicious activity was reported is told to authorities and investigators only", () => {
  const report: Partial<DecisionInput> = { dataClass: "investigation", trait: "suspicious-activity", ...GROUNDS };
  assert.equal(
    form({ ...report, role: "siu-investigator", purpose: "fraud-investigation", assignment: "investigation" }),
    "clear",
  );
  assert.equal(form({ ...report, role: "regulator-examiner", purpose: "regulator-exam", assignment: "exam" }), "clear");
  assert.equal(form({ ...report, ...DPO }), "denied");
  assert.equal(form({ ...report, role: "defence-counsel", purpose: "litigation", assignment: "matter" }), "denied");
});

test("a witness stays unknown to the parties", () => {
  const witness: Partial<DecisionInput> = { trait: "witness" };
  assert.equal(form(witness), "clear");
  const party: Partial<DecisionInput> = { ...witness, role: "policyholder", relationship: "self" };
  assert.equal(form({ ...party, trait: "none" }), "clear");
  assert.equal(form(party), "denied");
});

test("a social security number is in clear for the reporting job and the few people whose work it is", () => {
  const ssn: Partial<DecisionInput> = { dataClass: "government-id", trait: "ssn" };
  assert.equal(form({ ...ssn, role: "service-account", purpose: "statutory-reporting", assignment: "block" }), "clear");
  assert.equal(form({ ...ssn, role: "service-account", purpose: "billing", assignment: "block" }), "masked");
  assert.equal(form({ ...ssn, ...DPO }), "clear");
  assert.equal(form({ ...ssn, role: "csr", purpose: "policy-servicing", assignment: "call" }), "masked");
});

test("marketing reads name and address of those who agreed, never an account number, a minor or the dead", () => {
  const marketing: Partial<DecisionInput> = {
    role: "service-account",
    purpose: "marketing",
    assignment: "block",
    dataClass: "identity",
  };
  assert.equal(form(marketing), "denied");
  const agreed: Partial<DecisionInput> = { ...marketing, authorizationCovers: true };
  assert.equal(form(agreed), "clear");
  for (const more of [
    { trait: "account-number" },
    { minor: true },
    { deceased: true },
    { dataClass: "health" },
    { dataClass: "financial" },
  ] as const) {
    assert.equal(form({ ...agreed, ...more }), "denied", JSON.stringify(more));
  }
  assert.ok(decide({ ...agreed, trait: "account-number" }).determining.includes("law/account-numbers-for-marketing"));
  assert.ok(decide({ ...agreed, dataClass: "health" }).determining.includes("law/marketing-classes"));
});

test("untrained staff and weak sign-ins see nothing in clear", () => {
  assert.equal(form({ trainingCurrent: false }), "masked");
  assert.equal(form({ strongSignIn: false }), "masked");
});

test("a basis that is not there is no basis", () => {
  for (const basis of ["authorization", "legal-demand", "rights-request", "incident", "emergency"] as const) {
    const decision = decide({ basis });
    assert.equal(decision.form, "denied", basis);
    assert.deepEqual([...new Set(decision.reasons.map(({ code }) => code))], ["basis-not-met"], basis);
    assert.ok(
      decision.remedies.some(({ code }) => code === "basis"),
      basis,
    );
  }
  assert.equal(form({ basis: "authorization", authorizationCovers: true }), "clear");
  assert.equal(form({ ...DPO, basis: "rights-request" }), "clear");
});

test("entity, line, registered purpose and registered class each bound what is seen, and each is named as the remedy", () => {
  const bounds = {
    entityAllowed: "entity",
    lineAllowed: "line",
    purposeRegistered: "registered-purpose",
    classAllowed: "registered-class",
  } as const;
  for (const [name, code] of Object.entries(bounds)) {
    const decision = decide({ [name]: false });
    assert.equal(decision.form, "denied", name);
    assert.ok(
      decision.remedies.some((remedy) => remedy.code === code && remedy.form === "clear"),
      name,
    );
  }
});

test("NAIC670-13-default: without a condition met, a verified recipient is sent nothing", () => {
  for (const recipient of RECIPIENTS.filter((name) => name !== "none")) {
    const decision = decide({ recipient, recipientVerified: true });
    assert.equal(decision.form, "denied", recipient);
    assert.deepEqual(decision.determining, ["NAIC670-13-default"], recipient);
    assert.equal(decision.reasons[0]?.code, "no-condition-for-recipient", recipient);
  }
});

test("without verification nothing is sent, whatever else is there", () => {
  fc.assert(
    fc.property(anyInput, fc.constantFrom(...RECIPIENTS.filter((name) => name !== "none")), (input, recipient) => {
      const [decided] = decideAll(shippedPolicies(), [{ ...input, recipient, recipientVerified: false }], "token");
      assert.equal(decided?.form, "denied");
    }),
    { numRuns: RUNS },
  );
});

test("a recipient never gets more than the asker may see", () => {
  const rank = (shown: Form | undefined): number =>
    ["clear", "masked", "token", "denied"].findIndex((known) => known === shown);
  fc.assert(
    fc.property(anyInput, (input) => {
      const [sent, seen] = decideAll(shippedPolicies(), [input, { ...input, recipient: "none" }]);
      // The rule on suspicious activity reports looks at the recipient for the asker's own right too.
      assert.ok(rank(sent?.form) >= rank(seen?.form));
    }),
    { numRuns: RUNS },
  );
});

test("NAIC670-13A and -13B1: an authorization, or a contract with what is needed, lets a verified recipient have it", () => {
  const provider: Partial<DecisionInput> = { recipient: "service-provider", recipientVerified: true };
  assert.equal(form({ ...provider, recipientContract: true }), "clear");
  assert.equal(form({ ...provider, recipientContract: true, fieldNeeded: false }), "denied");
  assert.equal(form({ ...provider, authorizationCovers: true }), "clear");
  assert.ok(decide(provider).remedies.some(({ code, form: reached }) => code === "contract" && reached === "clear"));
});

test("GLBA-6802c: whoever received it does not pass it on", () => {
  const contracted = { recipient: "service-provider", recipientVerified: true, recipientContract: true } as const;
  assert.equal(form({ role: "tpa", assignment: "claim", ...contracted }), "denied");
  assert.ok(decide({ role: "tpa", assignment: "claim", ...contracted }).determining.includes("law/no-redisclosure"));
});

test("an employer is sent no health information of one person, an investigation only reaches listed recipients", () => {
  const sent = { recipientVerified: true, recipientContract: true } as const;
  assert.ok(
    decide({ ...sent, recipient: "plan-sponsor", dataClass: "health" }).determining.includes(
      "law/plan-sponsor-health-sent",
    ),
  );
  const siu: Partial<DecisionInput> = {
    ...sent,
    role: "siu-investigator",
    purpose: "fraud-investigation",
    assignment: "investigation",
    dataClass: "investigation",
  };
  assert.equal(form({ ...siu, authorizationCovers: true, recipient: "press" }), "denied");
  assert.equal(form({ ...siu, authorizationCovers: true, recipient: "fraud-bureau" }), "clear");
});

test("a protection order keeps contact details in the house", () => {
  const contact: Partial<DecisionInput> = {
    dataClass: "identity",
    recipient: "service-provider",
    recipientVerified: true,
    recipientContract: true,
  };
  assert.equal(form(contact), "clear");
  assert.equal(form({ ...contact, protectionOrder: true }), "clear");
  assert.equal(form({ ...contact, protectionOrder: true, dataClass: "property" }), "denied");
});

test("an unconfirmed permit permits only once a compliance officer has signed it in", (context) => {
  const tokens: DecisionInput = {
    ...ADJUSTER,
    role: "service-account",
    purpose: "reinsurance",
    dataClass: "identity",
    recipient: "reinsurer",
    recipientVerified: true,
    recipientContract: true,
  };
  assert.equal(decideAll(shippedPolicies(), [tokens])[0]?.form, "denied");
  const entry =
    "  - policy: send/reinsurer-tokens\n    role: compliance\n    date: 2027-01-15\n    note: Read 670 s. 13(C) as adopted in our states.\n";
  const signed = policyText("signed.yaml").replace("signed: []", `signed:\n${entry}`);
  const set = changedPolicies(context, { "signed.yaml": signed })();
  assert.equal(decideAll(set, [tokens])[0]?.form, "token");
  assert.notEqual(set.digest, shippedPolicies().digest);
});
