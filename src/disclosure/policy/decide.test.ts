// What a decision promises: pure, explained, silent about customers who are none of the asker's, and with remedies that work.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ROLES } from "../../kernel/vocabulary.ts";
import { UNKNOWN_CUSTOMER } from "./input.ts";
import { blindInput, createDecider, decideAll, type DecisionInput } from "./policy.ts";
import { anyInput, RUNS } from "./test-inputs.ts";
import { ADJUSTER, changedPolicies, policyText, shippedPolicies } from "./test-policies.ts";

const decider = createDecider(shippedPolicies());
const FORMS = ["clear", "masked", "token"] as const;
const rank = (form: string): number => [...FORMS, "denied"].findIndex((known) => known === form);
const codes = (items: readonly { code: string }[]): string[] => items.map(({ code }) => code);

test("an adjuster sees the assigned, open claim in clear, and is told by which policy", () => {
  const decision = decider.decideField(ADJUSTER);
  assert.equal(decision.form, "clear");
  assert.deepEqual(decision.reasons, []);
  assert.deepEqual(decision.determining, ["claims-adjuster/assigned-claim"]);
  assert.match(decision.policies[0]?.citation ?? "", /claims adjuster/);
});

test("an adjuster who asks for a social security number in clear gets it masked, and nothing would change that", () => {
  const input: DecisionInput = { ...ADJUSTER, dataClass: "government-id", trait: "ssn" };
  const decision = decider.decideField(input);
  assert.equal(decision.form, "masked");
  assert.deepEqual(codes(decision.reasons), ["ssn-to-jobs-only"]);
  assert.deepEqual(decision.remedies, []);
  const insisted = decider.decideField(input, "clear", true);
  assert.equal(insisted.form, "denied");
  assert.deepEqual(codes(insisted.remedies), ["masked-form"]);
  assert.equal(decider.decideField(input, "masked", true).form, "masked");
});

test("a form above the one asked for is never given", () => {
  assert.equal(decider.decideField(ADJUSTER, "masked").form, "masked");
  assert.equal(decider.decideField(ADJUSTER, "token").form, "token");
});

test("an unassigned adjuster is refused with the one reason, and told what would help", () => {
  const decision = decider.decideField({ ...ADJUSTER, assignment: "none" });
  assert.equal(decision.form, "denied");
  assert.deepEqual(codes(decision.reasons), ["not-in-your-rows"]);
  assert.deepEqual(
    decision.remedies.map(({ code, form, changes }) => ({ code, form, changes })),
    [{ code: "assignment", form: "clear", changes: { assignment: "claim" } }],
  );
});

test("what two remedies together would permit is said", () => {
  const decision = decider.decideField({ ...ADJUSTER, dataClass: "driving", caseOpen: false });
  assert.deepEqual(codes(decision.remedies), [
    "open-case+authorization",
    "open-case+two-person-approval",
    "open-case+legal-process",
  ]);
  assert.deepEqual(codes(decision.reasons), ["case-closed", "needs-ground"]);
});

test("a purpose that is not the role's own is refused, and its own purposes are named, the emergency never", () => {
  const decision = decider.decideField({ ...ADJUSTER, purpose: "billing" });
  assert.deepEqual(codes(decision.reasons), ["purpose-not-for-role"]);
  assert.deepEqual(
    decision.remedies.map(({ changes }) => changes.purpose),
    ["claim-handling", "subrogation"],
  );
});

test("aggregates-only classes say so, and no remedy is offered", () => {
  const actuary: DecisionInput = {
    ...ADJUSTER,
    role: "actuary",
    purpose: "actuarial",
    rowScope: "everything-masked",
    dataClass: "contact",
  };
  const decision = decider.decideField(actuary);
  assert.deepEqual(codes(decision.reasons), ["aggregates-only"]);
  assert.deepEqual(decision.remedies, []);
});

test("a class that the role never sees names the platform's default", () => {
  const decision = decider.decideField({ ...ADJUSTER, dataClass: "genetic" });
  assert.deepEqual(decision.determining, ["DEFAULT-DENY"]);
  assert.deepEqual(codes(decision.reasons), ["not-for-role"]);
  assert.deepEqual(decision.remedies, []);
});

test("every applied remedy gives the form it names, and a better one than before", () => {
  fc.assert(
    fc.property(anyInput, fc.constantFrom(...FORMS), fc.boolean(), (input, wanted, exactly) => {
      const decision = decider.decideField(input, wanted, exactly);
      // Outside the asker's rows a remedy holds for a customer of whom nothing speaks against it; more may not be told.
      const judged = decision.determining.includes("standing/rows") ? blindInput(input) : input;
      for (const { code, changes, form } of decision.remedies) {
        const asked = code === "masked-form" ? form : wanted;
        assert.ok(asked !== "denied");
        assert.equal(decider.decideField({ ...judged, ...changes }, asked, exactly).form, form, code);
        assert.ok(rank(form) < rank(decision.form), code);
      }
    }),
    { numRuns: RUNS },
  );
});

test("every refusal has a reason, and every decision names what decided it", () => {
  fc.assert(
    fc.property(anyInput, fc.constantFrom(...FORMS), (input, wanted) => {
      const decision = decider.decideField(input, wanted);
      assert.ok(decision.determining.length > 0);
      assert.ok(decision.policies.every(({ citation, text }) => citation.length > 0 && text.length > 0));
      assert.equal(decision.reasons.length > 0, decision.form !== wanted);
      assert.ok(rank(decision.form) >= rank(wanted));
    }),
    { numRuns: RUNS },
  );
});

test("outside the asker's rows the answer is the same whoever the customer is", () => {
  fc.assert(
    fc.property(anyInput, anyInput, (asker, other) => {
      const outside = decider.decideField(asker).determining.includes("standing/rows");
      fc.pre(outside);
      const customer = Object.fromEntries(
        Object.keys(UNKNOWN_CUSTOMER).map((name) => [name, other[name as keyof DecisionInput]]),
      ) as Partial<DecisionInput>;
      const elsewhere = { ...asker, ...customer };
      fc.pre(decider.decideField(elsewhere).determining.includes("standing/rows"));
      assert.deepEqual(decider.decideField(elsewhere), decider.decideField(asker));
      assert.deepEqual(decider.decideField(blindInput(asker)), decider.decideField(asker));
    }),
    { numRuns: RUNS },
  );
});

test("whatever permits a form permits every lesser one", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const allowed = FORMS.map((form) => decider.decideField(input, form, true).form === form);
      assert.ok(!allowed[0] || (allowed[1] && allowed[2]));
      assert.ok(!allowed[1] || allowed[2]);
    }),
    { numRuns: RUNS * 2 },
  );
});

test("a remembered decision is the decision, and rehearsing it says the same", () => {
  fc.assert(
    fc.property(fc.array(anyInput, { minLength: 1, maxLength: 6 }), (inputs) => {
      const small = createDecider(shippedPolicies(), 2);
      const rehearsed = decideAll(shippedPolicies(), inputs);
      for (const [at, input] of inputs.entries()) {
        const first = small.decideField(input);
        assert.deepEqual(small.decideField({ ...input }), first);
        assert.deepEqual(decider.decideField(input), first);
        assert.equal(rehearsed[at]?.form, first.form);
      }
    }),
    { numRuns: Math.ceil(RUNS / 5) },
  );
});

test("decisions already taken can be rehearsed under other policies", (context) => {
  const stricter = policyText("claims.cedar").replace(
    ', DataClass::"property",\n   DataClass::"claims-narrative"]',
    ', DataClass::"property"]',
  );
  const candidate = changedPolicies(context, { "claims.cedar": stricter })();
  const inputs: DecisionInput[] = [ADJUSTER, { ...ADJUSTER, dataClass: "identity" }];
  assert.deepEqual(
    decideAll(shippedPolicies(), inputs).map(({ form }) => form),
    ["clear", "clear"],
  );
  assert.deepEqual(
    decideAll(candidate, inputs).map(({ form }) => form),
    ["denied", "clear"],
  );
  assert.notEqual(candidate.digest, shippedPolicies().digest);
});

test("administrators see nothing, whatever speaks for them", () => {
  fc.assert(
    fc.property(anyInput, fc.constantFrom("it-admin", "access-admin"), (input, role) => {
      assert.equal(decideAll(shippedPolicies(), [{ ...input, role }], "token")[0]?.form, "denied");
    }),
    { numRuns: RUNS },
  );
});

test("each role is refused by name when it states a purpose of nobody's", () => {
  for (const role of ROLES) {
    if (role === "service-account") continue;
    assert.ok(
      decider
        .decideField({ ...ADJUSTER, role, purpose: "marketing", rowScope: "everything-masked" })
        .determining.includes(`role-purpose/${role}`),
      role,
    );
  }
});
