// Guarantee: a class is left out only where the policy cannot match it, and whatever is not understood leaves out nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { policyToJson } from "@cedar-policy/cedar-wasm/nodejs";
import { classesOf } from "./rule-classes.ts";

function read(resource: string, conditions = ""): string[] | null {
  const answer = policyToJson(`permit (principal, action, ${resource}) ${conditions};`);
  assert.equal(answer.type, "success", JSON.stringify(answer));
  const classes = classesOf((answer as Extract<typeof answer, { type: "success" }>).json);
  return classes === null ? null : [...classes].toSorted();
}
const IN_TWO = '[DataClass::"health", DataClass::"driving"].contains(resource)';

test("reads the scope, and what every condition has to hold to", () => {
  assert.deepEqual(read('resource == DataClass::"health"'), ["health"]);
  assert.deepEqual(read("resource", `when { ${IN_TWO} && context.caseOpen }`), ["driving", "health"]);
  assert.deepEqual(read("resource", `when { context.a && (${IN_TWO} && resource == DataClass::"health") }`), [
    "health",
  ]);
  assert.deepEqual(read("resource", `when { ${IN_TWO} } when { DataClass::"driving" == resource }`), ["driving"]);
});

test("leaves out nothing where one of several suffices, for what is denied, and for what stands in the way", () => {
  assert.equal(read("resource"), null);
  assert.equal(read("resource", `when { ${IN_TWO} || context.caseOpen }`), null);
  assert.equal(read("resource", `when { !${IN_TWO} }`), null);
  assert.equal(read("resource", 'when { resource != DataClass::"health" }'), null);
  assert.equal(read("resource", `unless { ${IN_TWO} }`), null);
  assert.equal(read("resource", `when { if context.a then ${IN_TWO} else true }`), null);
});
