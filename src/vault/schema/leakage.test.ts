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
    ways: 1,
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

const NAME_YEAR: [string, Transform][] = [
  ["last-name", "fold"],
  ["birth-date", "year"],
];

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
  const [refusal] = planLeakage(withIndex(NAME_YEAR, { unique: true, bits: 128 })).refusals;
  assert.equal(refusal?.code, "not-nearly-unique");
  const named = /bits to (?<bits>\d+) and ways to (?<ways>\d+)/.exec(refusal?.message ?? "")?.groups;
  const suggested = { bits: Number(named?.["bits"]), ways: Number(named?.["ways"]) };
  assert.deepEqual(codesOf(withIndex(NAME_YEAR, suggested)), []);
});

test("full width is refused where there are far fewer values than records", () => {
  assert.deepEqual(
    codesOf(withIndex([["customer-number", "alnum"]], { unique: true, bits: 128, spread: few(1_000, 0.001) })),
    ["not-nearly-unique"],
  );
});

test("full width is refused for a combination that unrelated people come to share, unless it was measured that they do not", () => {
  const parts: [string, Transform][] = [["first-name", "fold"], ...NAME_YEAR];
  assert.deepEqual(codesOf(withIndex(parts, { unique: true, bits: 128 })), ["not-nearly-unique"]);
  const spread = { distinct: { share: 0.9 }, top: { holders: 5 }, basis: "test" };
  assert.deepEqual(codesOf(withIndex(parts, { unique: true, bits: 128, spread })), []);
});

test("a narrow token is refused for nearly unique values", () => {
  assert.deepEqual(codesOf(withIndex([["customer-number", "alnum"]], { unique: true, bits: 32 })), ["too-narrow"]);
});

test("a value's tokens that stand out from chance are refused, and spread over enough ways they are not", () => {
  assert.deepEqual(codesOf(withIndex(NAME_YEAR, { bits: 10 })), ["stands-out"]);
  assert.deepEqual(codesOf(withIndex(NAME_YEAR, { bits: 14, ways: 16 })), ["stands-out"]);
  assert.deepEqual(codesOf(withIndex(NAME_YEAR, { bits: 16, ways: 64 })), []);
});

test("a width that hides people among a million singles them out among a thousand", () => {
  assert.deepEqual(codesOf(withIndex(NAME_YEAR, { bits: 16, ways: 64 }), 1000), ["too-wide"]);
});

test("indexes that hide the commonest value each are refused when it stands out of them together", () => {
  const one = withIndex(NAME_YEAR, { bits: 16, ways: 64 });
  const parts: [string, Transform][] = [
    ["last-name", "metaphone"],
    ["birth-date", "year"],
  ];
  const other = withIndex(parts, { name: "other", bits: 17, ways: 128 });
  const plan = planLeakage({ ...one, allIndexes: [...one.allIndexes, ...other.allIndexes] });
  assert.deepEqual(
    plan.refusals.map((refusal) => [refusal.code, refusal.field]),
    [
      ["joint-signal", "person.last-name"],
      ["joint-signal", "person.birth-date"],
    ],
  );
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

test("whatever is accepted, suggestions too, leaves every record among others by chance, and no value's tokens beyond the scatter of chance", () => {
  const size = fc.integer({ min: 10, max: 24 });
  const ways = fc.integer({ min: 0, max: 12 }).map((log2) => 2 ** log2);
  const top = fc.double({ min: 0.000_01, max: 0.007, noNaN: true });
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 30 }), ways, top, (log2, bits, many, share) => {
      const spread = few(Math.ceil(2 / share), share);
      const tried = planLeakage(withIndex([["customer-number", "alnum"]], { bits, ways: many, spread }), 2 ** log2);
      const suggested = tried.indexes[0]?.suggested ?? null;
      const again = suggested === null ? [] : [withIndex([["customer-number", "alnum"]], { ...suggested, spread })];
      const retried = again.map((registry) => planLeakage(registry, 2 ** log2));
      for (const plan of retried) assert.deepEqual(plan.refusals, []);
      for (const plan of [tried, ...retried].filter(({ refusals }) => refusals.length === 0)) {
        for (const { index, records, coincidences } of plan.indexes) {
          assert.ok(coincidences >= 2);
          const perToken = coincidences / index.ways;
          assert.ok((records * share) / index.ways <= Math.sqrt(perToken) * 1.000_001);
        }
      }
    }),
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
