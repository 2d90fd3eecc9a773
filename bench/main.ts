// `npm run bench`: every row of the budget table, ours and what it is compared with side by side. Prints; `-- --write` also writes docs/benchmarks.md.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { writeDocument } from "./document.ts";
import { describeCommit, describeMachine, machineText } from "./machine.ts";
import { timed } from "./measure.ts";
import { NOTES } from "./notes.ts";
import { PARTS, type Part } from "./parts.ts";
import { beginPart } from "./progress.ts";
import { type Goal, printFigures, printGoal, printGrowth, verdictOf } from "./report.ts";
import { mergeResults, type PartResult, readResults, writeResults } from "./results.ts";

const ROOT = join(import.meta.dirname, "..");
const DOCUMENT = join(ROOT, "docs/benchmarks.md");
const FOLDER = join(ROOT, "docs/benchmarks");
const RESULTS = join(FOLDER, "results.json");
const NAMES = PARTS.map(({ name }) => name);
const HELP = `npm run bench [-- --only NAME[,NAME]] [--full] [--write | --draw]

  --only    ${NAMES.join(", ")}
  --full    at the sizes of the budget table; takes much longer
  --write   put the results into docs/benchmarks/results.json, in place of earlier ones of the same parts, and draw
  --draw    measure nothing: write docs/benchmarks.md and its charts from the results there are`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    full: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    draw: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const asked = values.only?.split(",") ?? NAMES;
const unknown = asked.filter((name) => !NAMES.includes(name));
if (values.help) {
  console.log(HELP);
} else if (unknown.length > 0) {
  console.error(`no part of that name: ${unknown.join(", ")}\n\n${HELP}`);
  process.exitCode = 2;
} else if (values.draw) {
  await draw(await readResults(RESULTS));
} else {
  await runAll(PARTS.filter(({ name }) => asked.includes(name)));
}

/** A part that fails is told of at the end, with status 1; the others are measured and written nevertheless. */
async function runAll(parts: readonly Part[]): Promise<void> {
  const [machine, commit] = [machineText(await describeMachine()), await describeCommit()];
  console.log(`${machine}; commit ${commit}`);
  const done: PartResult[] = [];
  for (const [at, part] of parts.entries()) {
    beginPart(part.title, { nth: at + 1, of: parts.length });
    try {
      const [goals, seconds] = await timed(() => part.run(values.full));
      print(goals);
      done.push({ name: part.name, at: new Date().toISOString(), commit, machine, full: values.full, seconds, goals });
    } catch (error) {
      console.error(`  ${part.name} failed:`, error);
      process.exitCode = 1;
    }
    // After each part, so that a long run that is broken off has not been for nothing.
    if (values.write) await keep(done);
  }
  const bound = done.flatMap(({ goals }) => goals).filter((goal) => verdictOf(goal) !== "reported");
  console.log(`\n${bound.filter((goal) => verdictOf(goal) === "met").length} of ${bound.length} goals met`);
}

function print(goals: readonly Goal[]): void {
  const figures = goals.flatMap((goal) => goal.figures ?? []);
  if (figures.length > 0) printFigures("Side by side", figures);
  for (const growth of goals.flatMap((goal) => goal.growth ?? [])) printGrowth(growth);
  console.log("");
  for (const goal of goals) printGoal(goal);
}

async function keep(done: readonly PartResult[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const merged = mergeResults(await readResults(RESULTS), done, NAMES);
  await writeResults(RESULTS, merged);
  await draw(merged);
}

async function draw(results: readonly PartResult[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const { markdown, charts } = writeDocument(results, PARTS, NOTES);
  await writeFile(DOCUMENT, markdown);
  for (const [name, svg] of charts) await writeFile(join(FOLDER, name), svg);
  const bin = join(ROOT, "node_modules/.bin");
  const env = { ...process.env, PATH: [bin, process.env["PATH"]].join(delimiter) };
  await promisify(execFile)("oxfmt", [DOCUMENT, RESULTS], { cwd: ROOT, env });
}
