// Which blind indexes the planner refuses, and why.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { planLeakage } from "./leakage.ts";
import { printLeakagePlan } from "./leakage-table.ts";
import { loadRegistry } from "./registry.ts";
import type { IndexType, Population, Registry } from "./schema.ts";
import type { Transform } from "./vocabulary.ts";

const shipped = loadRegistry(fileURLToPath(new URL("../../../governance/schema", import.meta.url)));

/** The shipped registry with one index of the person record in place of its indexes. */
function withIndex(
  parts: readonly [string, Transform][],
  given: Partial<IndexType>,
  spreads: Population["spreads"] = {},
): Registry {
  const index: IndexType = {
    name: "tried",
    label: "Tried",
    record: "person",
    kind: parts.length === 1 ? "exact" : "compound",
    parts: parts.map(([field, transform]) => ({ field, alternatives: [], transform })),
    bits: 8,
    unique: false,
    dataClasses: ["identity"],
    spread: null,
    ...given,
  };
  const population = { ...shipped.population, spreads: { ...shipped.population.spreads, ...spreads } };
  return { ...shipped, allIndexes: [index], population };
}

function codesOf(registry: Registry, customers?: number): string[] {
  return planLeakage(registry, customers).refusals.map((refusal) => refusal.code);
}

const few = (distinct: number, top: number) => ({ distinct: { count: distinct }, top: { share: top }, basis: "test" });

test("nothing of the shipped indexes is refused at the size they are planned for", () => {
  assert.deepEqual(planLeakage(shipped).refusals, []);
});

test("a boolean is refused even in company, whatever its statistics say", () => {
  const registry = withIndex(
    [
      ["number", "alnum"],
      ["eob-sent", "exact"],
    ],
    { record: "claim", unique: true, bits: 128, spread: few(400_000, 0.000_003) },
  );
  assert.deepEqual(codesOf(registry), ["boolean"]);
});

test("sex, state, status and year are refused alone, even where the statistics flatter them", () => {
  for (const [record, field, transform] of [
    ["person", "sex", "exact"],
    ["policy", "issue-state", "exact"],
    ["policy", "status", "exact"],
    ["underwriting", "smoking-class", "exact"],
  ] as const) {
    const registry = withIndex([[field, transform]], {
      record,
      unique: true,
      bits: 128,
      spread: few(1_000_000, 0.000_001),
    });
    const plan = planLeakage({
      ...registry,
      population: { ...registry.population, recordsPerCustomer: { [record]: 1 } },
    });
    assert.deepEqual(
      plan.refusals.map((refusal) => refusal.code),
      ["low-entropy"],
      field,
    );
  }
});

test("a last name alone is refused: one in a hundred shares the commonest", () => {
  assert.deepEqual(codesOf(withIndex([["last-name", "fold"]], {})), ["low-entropy"]);
});

test("two fields of few values are refused together", () => {
  const registry = withIndex(
    [
      ["sex", "exact"],
      ["marital-status", "exact"],
    ],
    { spread: few(1_000, 0.001) },
  );
  assert.deepEqual(codesOf(registry), ["low-entropy"]);
});

test("full width is refused for values that many share, and the width that would do is named", () => {
  const registry = withIndex(
    [
      ["last-name", "fold"],
      ["birth-date", "year"],
    ],
    { unique: true, bits: 128 },
  );
  const [refusal] = planLeakage(registry).refusals;
  assert.equal(refusal?.code, "not-nearly-unique");
  assert.match(refusal?.message ?? "", /bits to 12/);
});

test("full width is refused where there are far fewer values than records", () => {
  assert.deepEqual(
    codesOf(withIndex([["customer-number", "alnum"]], { unique: true, bits: 128, spread: few(1_000, 0.001) })),
    ["not-nearly-unique"],
  );
});

test("a narrow token is refused for nearly unique values", () => {
  assert.deepEqual(codesOf(withIndex([["customer-number", "alnum"]], { unique: true, bits: 32 })), ["too-narrow"]);
});

test("a token wider than the commonest value allows is refused, and one as wide is not", () => {
  const parts: [string, Transform][] = [
    ["last-name", "fold"],
    ["birth-date", "year"],
  ];
  assert.deepEqual(codesOf(withIndex(parts, { bits: 13 })), ["too-wide"]);
  assert.deepEqual(codesOf(withIndex(parts, { bits: 12 })), []);
});

test("a width that hides people among a million singles them out among two thousand", () => {
  const registry = withIndex(
    [
      ["last-name", "fold"],
      ["birth-date", "year"],
    ],
    { bits: 12 },
  );
  assert.deepEqual(codesOf(registry, 2_000), ["too-wide"]);
});

test("indexes that are narrow enough each are refused when they are too wide together", () => {
  const one = withIndex(
    [
      ["last-name", "fold"],
      ["birth-date", "year"],
    ],
    { bits: 11 },
  );
  const two = {
    ...one,
    allIndexes: [
      ...one.allIndexes,
      ...withIndex(
        [
          ["last-name", "metaphone"],
          ["birth-date", "year"],
        ],
        { name: "other", bits: 11 },
      ).allIndexes,
    ],
  };
  const plan = planLeakage(two);
  assert.deepEqual(
    plan.refusals.map((refusal) => [refusal.code, refusal.field]),
    [
      ["joint-budget", "person.last-name"],
      ["joint-budget", "person.birth-date"],
    ],
  );
  assert.match(plan.refusals[0]?.message ?? "", /9 each$/);
});

test("an index without statistics is refused, for nobody could say what it leaks", () => {
  assert.deepEqual(
    codesOf(
      withIndex(
        [
          ["middle-name", "fold"],
          ["birth-date", "exact"],
        ],
        {},
      ),
    ),
    ["statistics-missing"],
  );
});

test("statistics that contradict themselves are refused", () => {
  assert.deepEqual(codesOf(withIndex([["customer-number", "alnum"]], { spread: few(100, 0.000_1) })), [
    "statistics-impossible",
  ]);
});

test("whatever is accepted leaves every record at least two that share its truncated tokens, and no value commoner than a token", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 24 }),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0.000_01, max: 0.01, noNaN: true }),
      (log2, bits, top) => {
        const registry = withIndex([["customer-number", "alnum"]], { bits, spread: few(Math.ceil(2 / top), top) });
        const plan = planLeakage(registry, 2 ** log2);
        if (plan.refusals.length > 0) return;
        for (const field of plan.fields) assert.ok(field.coincidences >= 2);
        for (const index of plan.indexes) assert.ok(top <= 2 ** -index.index.bits);
      },
    ),
  );
});

test("the printed budget names every field that an index touches, and every refusal", () => {
  const plan = planLeakage(shipped, 1_000);
  const text = printLeakagePlan(plan);
  assert.ok(plan.refusals.length > 0);
  for (const field of plan.fields) assert.ok(text.includes(field.field.path));
  for (const refusal of plan.refusals) assert.ok(text.includes(refusal.message));
  assert.match(text, /at 1,000 customers/);
});
