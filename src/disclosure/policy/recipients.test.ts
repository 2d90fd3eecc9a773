// What may be sent to whom: each permit, once signed where it must be, sends what it says to the recipient it says, and stops where it says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decideAll, type DecisionInput, type PolicySet } from "./policy.ts";
import { ADJUSTER, changedPolicies, policyText, shippedPolicies } from "./test-policies.ts";

interface Sending {
  readonly permit: string;
  readonly input: Partial<DecisionInput>;
  readonly form: "clear" | "masked" | "token";
  /** One change each after which it is sent no more. */
  readonly stops: readonly Partial<DecisionInput>[];
}

const SIU: Partial<DecisionInput> = {
  role: "siu-investigator",
  purpose: "fraud-investigation",
  assignment: "investigation",
};
const COMPLIANCE: Partial<DecisionInput> = { role: "compliance", rowScope: "everything-masked", assignment: "none" };
const SYSTEM: Partial<DecisionInput> = { role: "service-account", assignment: "block", dataClass: "identity" };
const unneeded: Partial<DecisionInput> = { fieldNeeded: false };
const uncontracted: Partial<DecisionInput> = { recipientContract: false };

const SENDINGS: readonly Sending[] = [
  {
    permit: "send/authorization",
    input: { recipient: "other", authorizationCovers: true },
    form: "clear",
    stops: [{ authorizationCovers: false }],
  },
  {
    permit: "send/legal-process",
    input: { recipient: "court", legalProcessCovers: true },
    form: "clear",
    stops: [{ legalProcessCovers: false }, { recipient: "press" }],
  },
  {
    permit: "send/legal-process",
    input: { recipient: "fraud-bureau", legalProcessCovers: true },
    form: "clear",
    stops: [{ legalProcessCovers: false }, { recipient: "consumer-reporting-agency" }],
  },
  {
    permit: "send/service-provider",
    input: { recipient: "service-provider", recipientContract: true },
    form: "clear",
    stops: [unneeded, uncontracted, { purpose: "subrogation" }],
  },
  {
    permit: "send/insurer",
    input: { recipient: "insurer", recipientContract: true, purpose: "subrogation" },
    form: "clear",
    stops: [unneeded, uncontracted, { dataClass: "financial" }],
  },
  {
    permit: "send/loss-history",
    input: { recipient: "consumer-reporting-agency", recipientContract: true, purpose: "claim-handling" },
    form: "clear",
    stops: [unneeded, uncontracted, { purpose: "subrogation" }, { dataClass: "health" }],
  },
  {
    permit: "send/reinsurer-tokens",
    input: { ...SYSTEM, recipient: "reinsurer", recipientContract: true, purpose: "reinsurance" },
    form: "token",
    stops: [unneeded, uncontracted, { dataClass: "financial" }],
  },
  {
    permit: "send/reinsurer-narrative",
    input: {
      ...SYSTEM,
      dataClass: "claims-narrative",
      recipient: "reinsurer",
      recipientContract: true,
      purpose: "reinsurance",
    },
    form: "masked",
    stops: [unneeded, uncontracted],
  },
  {
    permit: "send/provider-benefits",
    input: { recipient: "medical-provider", recipientContract: true, dataClass: "health" },
    form: "clear",
    stops: [unneeded, uncontracted, { dataClass: "claims-narrative" }],
  },
  {
    permit: "send/regulator",
    input: { ...COMPLIANCE, purpose: "statutory-reporting", recipient: "regulator" },
    form: "masked",
    stops: [unneeded, { recipient: "court" }],
  },
  {
    permit: "send/fraud-on-the-insurer",
    input: { ...SIU, recipient: "law-enforcement", twoPersonApproval: true },
    form: "clear",
    stops: [unneeded, { twoPersonApproval: false }],
  },
  {
    permit: "send/research-tokens",
    input: { ...SYSTEM, purpose: "actuarial", recipient: "research-organization", recipientContract: true },
    form: "token",
    stops: [uncontracted, { recipient: "acquirer" }],
  },
  {
    permit: "send/affiliate-audit",
    input: { ...COMPLIANCE, purpose: "audit", dataClass: "identity", recipient: "affiliate", recipientContract: true },
    form: "masked",
    stops: [unneeded, uncontracted, { dataClass: "contact" }],
  },
  {
    permit: "send/lienholder",
    input: {
      ...SYSTEM,
      purpose: "policy-servicing",
      dataClass: "property",
      recipient: "lienholder",
      recipientContract: true,
    },
    form: "masked",
    stops: [unneeded, uncontracted, { dataClass: "contact" }],
  },
  {
    permit: "send/fraud-report",
    input: { ...SIU, recipient: "fraud-bureau" },
    form: "clear",
    stops: [unneeded, { recipient: "insurer" }],
  },
  {
    permit: "send/health-payment",
    input: { line: "health", dataClass: "health", recipient: "insurer" },
    form: "clear",
    stops: [unneeded, { line: "auto" }, { dataClass: "claims-narrative" }],
  },
  {
    permit: "send/health-oversight",
    input: { ...COMPLIANCE, purpose: "audit", line: "health", dataClass: "health", recipient: "regulator" },
    form: "masked",
    stops: [unneeded, { line: "auto" }],
  },
  {
    permit: "send/requested-transaction",
    input: { dataClass: "financial", recipient: "insurer" },
    form: "masked",
    stops: [unneeded, { dataClass: "identity" }, { recipient: "marketing-partner" }],
  },
];

function allSigned(load: (files: Record<string, string>) => PolicySet): PolicySet {
  const entries = shippedPolicies().unsigned.map(
    ({ id }) =>
      `  - policy: ${id}\n    role: dpo\n    date: 2027-01-15\n    note: Read for this test and found to apply.\n`,
  );
  return load({ "signed.yaml": policyText("signed.yaml").replace("signed: []", `signed:\n${entries.join("")}`) });
}

test("each permit to send sends what it says, to whom it says, and no further", (context) => {
  const set = allSigned((files) => changedPolicies(context, files)());
  assert.deepEqual(set.unsigned, []);
  for (const { permit, input, form, stops } of SENDINGS) {
    const sent: DecisionInput = { ...ADJUSTER, recipientVerified: true, ...input };
    const [decided] = decideAll(set, [sent]);
    assert.equal(decided?.form, form, permit);
    assert.ok(decided?.determining.includes(permit), permit);
    for (const stop of [...stops, { recipientVerified: false }]) {
      const [stopped] = decideAll(set, [{ ...sent, ...stop }], "token");
      assert.ok(!stopped?.determining.includes(permit), `${permit} ${JSON.stringify(stop)}`);
    }
  }
});

test("every permit to send stands in this table", () => {
  const permits = [...shippedPolicies().rules, ...shippedPolicies().unsigned].filter(
    (rule) => rule.effect === "permit" && rule.family === "send",
  );
  assert.deepEqual(
    permits.map(({ id }) => id).toSorted(),
    [...new Set(SENDINGS.map(({ permit }) => permit))].toSorted(),
  );
});

test("of a minor a guardian sees contact and health in clear once that rule is signed", (context) => {
  const set = allSigned((files) => changedPolicies(context, files)());
  const guardian: DecisionInput = {
    ...ADJUSTER,
    role: "dependant-policyholder",
    purpose: "policy-servicing",
    rowScope: "none",
    assignment: "none",
    relationship: "guardian",
    minor: true,
    dataClass: "health",
  };
  const inputs: DecisionInput[] = [
    guardian,
    { ...guardian, minor: false },
    { ...guardian, relationship: "dependant" },
    { ...guardian, protectionOrder: true },
  ];
  assert.deepEqual(
    decideAll(set, inputs).map(({ form }) => form),
    ["clear", "masked", "denied", "denied"],
  );
});
