// The shipped standard views: no more than the role may see, and what an adjuster's work needs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DATA_CLASSES, ROLES, type DataClass } from "../../kernel/vocabulary.ts";
import { NO_FLAGS } from "./input.ts";
import { decideAll, WORK_KINDS, type DecisionInput } from "./policy.ts";
import { ADJUSTER, FIELD_CLASSES, readMatrix, shippedPolicies } from "./test-policies.ts";

test("no standard view names a field whose class its role never sees", () => {
  const set = shippedPolicies();
  let seen = 0;
  for (const row of readMatrix("least-privilege.csv")) {
    const role = ROLES.find((name) => name === row["role"]);
    assert.ok(role !== undefined);
    for (const work of WORK_KINDS) {
      for (const path of set.views.view(role, work) ?? []) {
        const dataClass = FIELD_CLASSES.get(path) as DataClass;
        assert.ok(DATA_CLASSES.includes(dataClass), path);
        assert.ok(!["-", "A"].includes(row[dataClass] ?? "-"), `${role} ${work} ${path}`);
        assert.ok(set.views.needs(role, work, path));
        seen += 1;
      }
    }
  }
  assert.ok(seen > 100);
});

test("an adjuster's standard view of an assigned claim is answered in full, save what the letters mask", () => {
  const set = shippedPolicies();
  const paths = set.views.view("claims-adjuster", "claim") ?? [];
  assert.ok(paths.length > 30);
  const inputs: DecisionInput[] = paths.map((path) => ({
    ...ADJUSTER,
    ...NO_FLAGS,
    dataClass: FIELD_CLASSES.get(path) as DataClass,
    trait: set.traitOf(path),
  }));
  for (const [at, { form }] of decideAll(set, inputs).entries()) {
    const masks = ["financial", "government-id", "underwriting"].includes(inputs[at]?.dataClass ?? "");
    assert.equal(form, masks ? "masked" : "clear", paths[at] ?? "");
  }
});

test("a role's usual work is the one that stands first", () => {
  const { views } = shippedPolicies();
  assert.equal(views.usual("claims-adjuster"), "claim");
  assert.equal(views.usual("agent"), "policy");
  assert.equal(views.usual("it-admin"), "relationship");
  assert.equal(views.view("it-admin", "claim"), null);
  assert.equal(views.needs("claims-adjuster", "claim", "government-id.ssn"), false);
});
