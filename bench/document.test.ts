// The page of benchmarks says plainly what is missed and why, shows all that was measured, and names only charts that are written.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeDocument } from "./document.ts";
import { NOTES } from "./notes.ts";
import type { Goal } from "./report.ts";
import { mergeResults, type PartResult, readResults, writeResults } from "./results.ts";
import { parseXml } from "./test-xml.ts";

const PARTS = [
  { name: "first", title: "The first part", about: "How the first was measured." },
  { name: "second", title: "The second part", about: "How the second was measured." },
];
const MISSED: Goal = { what: "half | as fast", ratio: 0.25, atLeast: 0.5 };
const MET: Goal = {
  what: "small enough",
  ratio: 200,
  unit: "MB",
  atMost: 400,
  figures: [{ name: "what it was compared with", value: 1234, unit: "MB" }],
  growth: [
    {
      id: "memory-by-customers",
      title: "Memory",
      by: "customers",
      unit: "MB",
      series: [
        {
          name: "ours",
          points: [
            { size: 10, value: 199 },
            { size: 1000, value: 200 },
          ],
        },
      ],
    },
  ],
};
const result = (name: string, goals: readonly Goal[], changes: Partial<PartResult> = {}): PartResult => ({
  name,
  at: "2026-01-02T03:04:05.000Z",
  commit: "0123456789ab",
  machine: "a processor, 2 cores, 8 GiB, Node 26, PostgreSQL 18",
  full: true,
  seconds: 12,
  goals,
  ...changes,
});

test("what is missed stands first, with its reason or with the lack of one", () => {
  const explained = writeDocument([result("first", [MISSED, MET])], PARTS, {
    [MISSED.what]: "Because of the weather.",
  });
  const [beforeParts = "", section = ""] = explained.markdown.split("## The first part");
  for (const text of [beforeParts, section]) {
    assert.ok(text.includes("**missed**"));
    assert.ok(text.includes("0.25, at least 0.5. Because of the weather."), text);
  }
  assert.ok(beforeParts.includes("1 of 2 goals are met."));
  const { markdown } = writeDocument([result("first", [MISSED])], PARTS, {});
  assert.ok(markdown.includes("Nobody has explained this yet."));
  assert.ok(
    !writeDocument([result("first", [MET])], PARTS, { [MET.what]: "No reason." }).markdown.includes("No reason."),
  );
});

test("every part says when, where and at what length it was measured, or that it was not", () => {
  const { markdown } = writeDocument([result("first", [MET], { full: false })], PARTS, {});
  assert.ok(markdown.includes("commit 0123456789ab on 2026-01-02, short run"));
  assert.ok(markdown.includes("Machine: a processor, 2 cores, 8 GiB, Node 26, PostgreSQL 18."));
  assert.ok(markdown.includes("How the first was measured."));
  assert.ok(markdown.includes("**The second part**: not measured in these results."));
});

test("figures and growth stand in tables, whose cells no name can break", () => {
  const { markdown } = writeDocument([result("first", [MISSED, MET])], PARTS, {});
  assert.ok(markdown.includes("| what it was compared with | 1,234 MB |"));
  assert.ok(markdown.includes("| ours | 199 | 200 |"));
  assert.ok(markdown.includes("| half \\| as fast | 0.25 | at least 0.5 | **missed** |"));
  for (const rows of markdown.split("\n\n").filter((text) => text.startsWith("| "))) {
    const widths = rows
      .trim()
      .split("\n")
      .map((row) => row.replaceAll("\\|", "").split("|").length);
    assert.equal(new Set(widths).size, 1, rows);
  }
});

test("every chart that is named is written, and the other way round", () => {
  const { markdown, charts } = writeDocument([result("first", [MISSED, MET])], PARTS, {});
  const named = [...markdown.matchAll(/!\[[^\]]+\]\(benchmarks\/([^)]+)\)/g)].map(([, name]) => name);
  assert.deepEqual(named.toSorted(), [...charts.keys()].toSorted());
  assert.deepEqual(named.toSorted(), ["goals.svg", "memory-by-customers.svg"]);
  for (const svg of charts.values()) parseXml(svg);
});

test("a part measured again replaces what was known of it, and leaves the rest", async () => {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-results-"));
  try {
    const path = join(folder, "results.json");
    assert.deepEqual(await readResults(path), []);
    await writeResults(path, [result("first", [MISSED]), result("second", [MET])]);
    const before = await readResults(path);
    assert.deepEqual(before, [result("first", [MISSED]), result("second", [MET])]);
    const merged = mergeResults(before, [result("first", [MET])], ["second", "first", "third"]);
    assert.deepEqual(merged, [result("second", [MET]), result("first", [MET])]);
    await writeFile(path, JSON.stringify({ parts: [{ name: "first" }] }));
    await assert.rejects(readResults(path));
    await assert.rejects(writeResults(path, [result("first", [{ ...MET, ratio: Number.NaN }])]));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("every reason for a miss is a sentence", () => {
  for (const [what, why] of Object.entries(NOTES)) assert.match(why, /^[A-Z].{20,}\.$/s, what);
});
