// Charts are well-formed whatever names they are given, say in words what they draw, and draw what was measured.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chartGoals } from "./chart-goals.ts";
import { chartGrowth } from "./chart-growth.ts";
import type { Goal, Growth } from "./report.ts";
import { parseXml, type XmlElement } from "./test-xml.ts";

const GOALS: readonly Goal[] = [
  { what: "twice as fast", ratio: 3, atLeast: 2 },
  { what: "half as fast", ratio: 1, atLeast: 2 },
  { what: "below a second", ratio: 0.5, unit: "s", atMost: 1 },
  { what: "told only", ratio: 7 },
];
const GROWTH: Growth = {
  id: "rate-by-size",
  title: "Rate",
  by: "sizes",
  unit: "a second",
  series: [
    { name: "ours", points: [100, 10_000, 1_000_000].map((size, nth) => ({ size, value: 40 + nth })) },
    { name: "theirs", points: [{ size: 100, value: 12.5 }] },
  ],
};

const named = (elements: readonly XmlElement[], name: string): XmlElement[] =>
  elements.filter((element) => element.name === name);
const classed = (elements: readonly XmlElement[], name: string): XmlElement[] =>
  elements.filter(({ attributes }) => attributes["class"] === name);

test("a chart names itself to those who do not see it, and says all that it draws", () => {
  for (const svg of [chartGoals(GOALS), chartGrowth(GROWTH)]) {
    const elements = parseXml(svg);
    const [root] = elements;
    assert.equal(root?.attributes["role"], "img");
    const labels = root?.attributes["aria-labelledby"]?.split(" ") ?? [];
    const labelled = labels.map((id) => elements.find(({ attributes }) => attributes["id"] === id));
    assert.deepEqual(
      labelled.map((one) => one?.name),
      ["title", "desc"],
    );
    for (const one of labelled) assert.ok((one?.text.length ?? 0) > 0);
  }
  const [goals] = named(parseXml(chartGoals(GOALS)), "desc");
  for (const words of ["half as fast: 1, goal at least 2, missed", "below a second: 0.5 s, goal at most 1 s, met"])
    assert.ok(goals?.text.includes(words), words);
  const [growth] = named(parseXml(chartGrowth(GROWTH)), "desc");
  assert.ok(growth?.text.includes("ours: 40 at 100, 41 at 10,000, 42 at 1,000,000."));
});

test("a chart can be read on a light page and on a dark one", () => {
  for (const svg of [chartGoals(GOALS), chartGrowth(GROWTH)]) {
    const style = named(parseXml(svg), "style")[0]?.text ?? "";
    const [light = "", dark = ""] = style.split("@media (prefers-color-scheme: dark)");
    for (const rule of [
      ".ground { fill: ",
      "text { fill: ",
      ".met { fill: ",
      ".missed { fill: ",
      ".stroke-0 { stroke: ",
    ]) {
      const colour = (part: string): string | undefined => part.split(rule)[1]?.slice(0, 7);
      assert.match(colour(light) ?? "", /^#[0-9a-f]{6}$/);
      assert.match(colour(dark) ?? "", /^#[0-9a-f]{6}$/);
      assert.notEqual(colour(light), colour(dark), rule);
    }
  }
});

test("a missed goal's bar ends at the goal, a met one's begins there, and what has no goal has no bar", () => {
  const elements = parseXml(chartGoals(GOALS));
  const goal = Number(classed(elements, "goal")[0]?.attributes["x1"]);
  const [met, missed] = [classed(elements, "met"), classed(elements, "missed")];
  assert.deepEqual([met.length, missed.length], [2, 1]);
  for (const { attributes } of met) assert.ok(Math.abs(Number(attributes["x"]) - goal) < 1);
  for (const { attributes } of missed)
    assert.ok(Math.abs(Number(attributes["x"]) + Number(attributes["width"]) - goal) < 1);
  assert.ok(!named(elements, "text").some(({ text }) => text === "told only"));
});

test("a growth has a mark for every point, within the drawing, higher for more", () => {
  const elements = parseXml(chartGrowth(GROWTH));
  const [root] = elements;
  const marks = named(elements, "path").filter(({ attributes }) => attributes["class"] === "fill-0");
  // One more in the legend.
  assert.equal(marks.length, 1 + 3);
  const places = marks.slice(1).map(({ attributes }) => /\(([^,]+),([^)]+)\)/.exec(attributes["transform"] ?? ""));
  const [xs, ys] = [places.map((place) => Number(place?.[1])), places.map((place) => Number(place?.[2]))];
  assert.deepEqual(
    xs,
    xs.toSorted((left, right) => left - right),
  );
  assert.deepEqual(
    ys,
    ys.toSorted((left, right) => right - left),
  );
  for (const x of xs) assert.ok(x > 0 && x < Number(root?.attributes["width"]));
  for (const y of ys) assert.ok(y > 0 && y < Number(root?.attributes["height"]));
});

test("the smallest number there is has a chart", () => {
  const points = [{ size: 1, value: Number.MIN_VALUE }];
  const growth = { id: "a", title: "", by: "", unit: "", series: [{ name: "", points }] };
  assert.doesNotThrow(() => chartGrowth(growth));
});

test("a chart is well-formed whatever it is given", () => {
  const words = fc.oneof(
    fc.string({ unit: "binary-ascii" }),
    fc.constantFrom("</text><script>", "a & b", '"', "]]>", "\u0000", "\ud800", "naïve — 名"),
  );
  const value = fc.double({ min: 0, max: 1e9, noNaN: true });
  const points = fc.array(fc.record({ size: fc.integer({ min: 1, max: 1e9 }), value }), { minLength: 1, maxLength: 6 });
  const series = fc.array(fc.record({ name: words, points }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.record({ id: fc.constant("a"), title: words, by: words, unit: words, series }), (growth) => {
      assertFinite(parseXml(chartGrowth(growth)));
    }),
  );
  const goal = fc.record({
    what: words,
    ratio: fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
    atMost: fc.constant(2),
  });
  fc.assert(fc.property(fc.array(goal, { maxLength: 20 }), (goals) => assertFinite(parseXml(chartGoals(goals)))));
});

const PLACES = ["x", "y", "x1", "x2", "y1", "y2", "width", "height", "points", "transform", "viewBox"];

function assertFinite(elements: readonly XmlElement[]): void {
  const places = elements.flatMap(({ attributes }) => PLACES.map((name) => attributes[name] ?? ""));
  assert.doesNotMatch(places.join(" "), /NaN|Infinity|undefined/);
}
