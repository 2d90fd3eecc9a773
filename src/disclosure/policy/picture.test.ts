// Guarantee: the picture of who sees what is what the policies decide, cell by cell, with rules that there are.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { DATA_CLASSES, ROLES } from "../../kernel/vocabulary.ts";
import { matrixOf, type RoleReach } from "./policy.ts";
import { readMatrix, shippedPolicies } from "./test-policies.ts";

const ROLES_FILE = join(import.meta.dirname, "../../../governance/access/roles.yaml");
const { roles: reach } = parse(readFileSync(ROLES_FILE, "utf8")) as { roles: RoleReach };
const cells = await matrixOf(shippedPolicies(), { reach, line: "auto" });
const cell = (role: string, purpose: string, dataClass: string) =>
  cells.find((one) => one.role === role && one.purpose === purpose && one.dataClass === dataClass);

test("has a cell for each role, each purpose it may state, and each class, and no other", () => {
  const expected = ROLES.reduce((sum, role) => sum + reach[role].purposes.length, 0) * DATA_CLASSES.length;
  assert.equal(cells.length, expected);
  assert.equal(cell("repair-shop", "underwriting", "health"), undefined);
});

test("says what the least-privilege matrix says, where its letter leaves no doubt", () => {
  const forms = { "-": "denied", P: "clear", M: "masked", T: "token" } as const;
  let compared = 0;
  for (const letters of readMatrix("least-privilege.csv")) {
    const role = ROLES.find((name) => name === letters["role"])!;
    if (reach[role].rowScopes.length === 0) continue;
    const [purpose] = reach[role].purposes;
    for (const dataClass of DATA_CLASSES) {
      const form = forms[letters[dataClass] as keyof typeof forms];
      if (form === undefined) continue;
      assert.equal(cell(role, purpose!, dataClass)?.form, form, `${role} ${dataClass}`);
      compared += 1;
    }
  }
  assert.ok(compared > 150, String(compared));
});

test("cites rules that there are, and says by what each form is given", () => {
  const { rules, defaults } = shippedPolicies();
  const known = new Set([...rules.map(({ id }) => id), defaults.show.id, defaults.send.id]);
  for (const { policies, form, by } of cells) {
    for (const id of policies) assert.ok(known.has(id), id);
    assert.equal(by === null, form === "denied");
    assert.ok(policies.length > 0 || form === "denied");
  }
  assert.equal(cell("claims-adjuster", "claim-handling", "claims-narrative")?.by, "claim");
});

test("in a health line the law takes away what other lines allow", async () => {
  const health = await matrixOf(shippedPolicies(), { reach, line: "health" });
  const differing = health.filter((one, at) => one.form !== cells[at]?.form);
  assert.ok(differing.length > 0);
});
