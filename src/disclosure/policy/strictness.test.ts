// Risk: a request that lacks something, or a policy that fails, is taken for one that nothing forbids.
import assert from "node:assert/strict";
import { test } from "node:test";
import { statefulIsAuthorized, type AuthorizationAnswer } from "@cedar-policy/cedar-wasm/nodejs";
import { contextOf, type Context } from "./engine.ts";
import { inputKey } from "./input-key.ts";
import { CHOICES, SWITCHES } from "./input.ts";
import { createDecider, decideAll, type DecisionInput } from "./policy.ts";
import { ADJUSTER, changedPolicies, shippedPolicies } from "./test-policies.ts";

const MISTYPED: readonly unknown[] = [
  "true",
  "",
  1,
  0,
  null,
  [],
  {},
  { type: "Role", id: "dpo" },
  { type: "Nothing", id: "none" },
];

function ask(
  context: Context | Record<string, unknown>,
  role: unknown = "claims-adjuster",
  dataClass: unknown = "claims-narrative",
): AuthorizationAnswer {
  const set = shippedPolicies();
  // Cedar keeps what the engine parsed under these names; a first question through the engine makes sure of it.
  set.engine.ask("show-clear", ADJUSTER);
  return statefulIsAuthorized({
    principal: { type: "Role", id: role as string },
    action: { type: "Action", id: "show-clear" },
    resource: { type: "DataClass", id: dataClass as string },
    context: context as Context,
    preparsedSchemaName: set.digest,
    preparsedPolicySetId: `${set.digest}/show/claims-adjuster`,
    validateRequest: true,
    entities: [],
  });
}

function isAllowed(answer: AuthorizationAnswer): boolean {
  return answer.type === "success" && answer.response.decision === "allow";
}

test("a complete request for a permit case is allowed", () => {
  assert.ok(isAllowed(ask(contextOf(ADJUSTER))));
});

for (const name of Object.keys(contextOf(ADJUSTER))) {
  test(`Cedar refuses a request without ${name}, or with it mistyped`, () => {
    const { [name]: _removed, ...rest } = contextOf(ADJUSTER);
    assert.equal(ask(rest).type, "failure");
    for (const value of MISTYPED) assert.equal(ask({ ...rest, [name]: value }).type, "failure", JSON.stringify(value));
    assert.equal(ask({ ...rest, [name]: { type: typeOf(name), id: "made-up" } }).type, "failure");
  });
}

function typeOf(name: string): string {
  const value = contextOf(ADJUSTER)[name];
  return typeof value === "object" ? value.type : "Bool";
}

test("Cedar refuses an unknown attribute, role and class", () => {
  assert.equal(ask({ ...contextOf(ADJUSTER), manager: true }).type, "failure");
  assert.equal(ask(contextOf(ADJUSTER), "chief").type, "failure");
  assert.equal(ask(contextOf(ADJUSTER), "claims-adjuster", "gossip").type, "failure");
});

for (const name of [...Object.keys(CHOICES), ...SWITCHES] as (keyof DecisionInput)[]) {
  test(`an input without ${name}, or with it mistyped, is denied even when its like is remembered`, () => {
    const decider = createDecider(shippedPolicies());
    assert.equal(decider.decideField(ADJUSTER).form, "clear");
    const { [name]: _removed, ...rest } = ADJUSTER;
    const broken = [
      rest,
      ...[...MISTYPED, "made-up", undefined].map((value) => ({ ...rest, [name]: value })),
    ] as DecisionInput[];
    for (const input of broken) {
      assert.equal(inputKey(input, "clear", false), null);
      const decision = decider.decideField(input);
      assert.equal(decision.form, "denied");
      assert.equal(decision.reasons[0]?.code, "cannot-be-judged");
      assert.equal(decideAll(shippedPolicies(), [input])[0]?.form, "denied");
    }
  });
}

test("an input with an extra member, own or inherited, is denied", () => {
  const decider = createDecider(shippedPolicies());
  const extra: DecisionInput = Object.assign({ ...ADJUSTER }, { manager: true });
  assert.equal(decider.decideField(extra).form, "denied");
  const inherited: DecisionInput = Object.assign(Object.create({ manager: true }) as object, ADJUSTER);
  assert.equal(decider.decideField(inherited).form, "denied");
});

test("an unknown form is denied", () => {
  const unknown = "everything" as "clear";
  assert.equal(createDecider(shippedPolicies()).decideField(ADJUSTER, unknown).form, "denied");
});

const OVERFLOWS = "9223372036854775807 + 1 == 1";
const notes = (more: string): string =>
  `@id("test/erring")\n@title("A policy that fails when it is evaluated")\n@citation("Test of the engine")\n@confirmed("design")\n${more}`;

test("a forbid that fails while it is evaluated denies, instead of being skipped", (context) => {
  const text = `${notes('@reason("erring")\n@remedies("none")')}\nforbid (principal, action, resource)\nwhen { ${OVERFLOWS} };\n`;
  const decider = createDecider(changedPolicies(context, { "erring.cedar": text })());
  const decision = decider.decideField(ADJUSTER);
  assert.equal(decision.form, "denied");
  assert.equal(decision.reasons[0]?.code, "cannot-be-judged");
  assert.deepEqual(decision.remedies, []);
});

test("a permit that fails while it is evaluated denies what other policies permit", (context) => {
  const text = `${notes("")}\npermit (principal, action, resource)\nwhen { ${OVERFLOWS} };\n`;
  const set = changedPolicies(context, { "erring.cedar": text })();
  assert.equal(createDecider(set).decideField(ADJUSTER).form, "denied");
  assert.equal(decideAll(set, [ADJUSTER])[0]?.form, "denied");
});
