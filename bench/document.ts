// Writes docs/benchmarks.md and its charts from what was measured: what is missed and why first, then every part.
import { chartGoals } from "./chart-goals.ts";
import { chartGrowth } from "./chart-growth.ts";
import { type Goal, type Growth, goalText, number, verdictOf, withUnit } from "./report.ts";
import type { PartResult } from "./results.ts";

/** What a reader must know of a part to believe its figures. */
export interface PartText {
  readonly name: string;
  readonly title: string;
  readonly about: string;
}

export interface Document {
  readonly markdown: string;
  /** By file name, beside which the results lie. */
  readonly charts: ReadonlyMap<string, string>;
}

const GOALS_CHART = "goals.svg";
const FOLDER = "benchmarks";

/** `notes` says, by the name of a goal, why it is missed. */
export function writeDocument(
  results: readonly PartResult[],
  parts: readonly PartText[],
  notes: Readonly<Record<string, string>>,
): Document {
  const goals = results.flatMap((result) => result.goals);
  const growths = goals.flatMap((goal) => goal.growth ?? []);
  const charts = new Map([
    [GOALS_CHART, chartGoals(goals)],
    ...growths.map((growth) => [chartFile(growth), chartGrowth(growth)] as const),
  ]);
  const sections = parts.flatMap((part) => {
    const result = results.find(({ name }) => name === part.name);
    return result === undefined ? [] : [section(part, result, notes)];
  });
  const absent = parts.filter(({ name }) => results.every((result) => result.name !== name));
  const markdown = [head(results), summary(goals, notes), ...absent.map(absence), ...sections].join("\n\n");
  return { markdown: `${markdown}\n`, charts };
}

function head(results: readonly PartResult[]): string {
  const machines = [...new Set(results.map(({ machine }) => machine))];
  return [
    "# Benchmarks",
    "Made by `npm run bench -- --write` (`--full` for the sizes of the budgets), which measures ours and what it is compared with in one run, side by side, " +
      "taking turns: ratios carry over to other machines, the rates beside them do not. Results as data: [results.json](benchmarks/results.json).",
    ...machines.map((machine) => `Machine: ${cell(machine)}.`),
  ].join("\n\n");
}

function summary(goals: readonly Goal[], notes: Readonly<Record<string, string>>): string {
  const bound = goals.filter((goal) => verdictOf(goal) !== "reported");
  const missed = bound.filter((goal) => verdictOf(goal) === "missed");
  const told =
    missed.length === 0
      ? "Every goal measured is met."
      : ["What is missed, and why:", missed.map((goal) => `- ${explain(goal, notes)}`).join("\n")].join("\n\n");
  const alternative = "How far each goal is reached; the same figures stand in the table below";
  return [
    "## Against the budgets",
    `${bound.length - missed.length} of ${bound.length} goals are met.`,
    `![${alternative}](${FOLDER}/${GOALS_CHART})`,
    goalTable(bound),
    told,
  ].join("\n\n");
}

function explain(goal: Goal, notes: Readonly<Record<string, string>>): string {
  const why = notes[goal.what] ?? "Nobody has explained this yet.";
  return `**${cell(goal.what)}**: ${withUnit(goal.ratio, goal.unit)}, ${goalText(goal)}. ${why}`;
}

function absence({ title }: PartText): string {
  return `**${title}**: not measured in these results.`;
}

function section(part: PartText, result: PartResult, notes: Readonly<Record<string, string>>): string {
  const { at, commit, full, seconds, goals } = result;
  const length = full ? "full length" : "short run, below the sizes of the budgets";
  const missed = goals.filter((goal) => verdictOf(goal) === "missed");
  const figures = goals.flatMap((goal) => goal.figures ?? []);
  return [
    `## ${part.title}`,
    part.about,
    `Measured at commit ${cell(commit)} on ${at.slice(0, 10)}, ${length}, in ${number(seconds)} seconds.`,
    goalTable(goals),
    ...missed.map((goal) => `> Missed: ${explain(goal, notes)}`),
    ...(figures.length === 0
      ? []
      : [
          table(
            ["Side by side", "Figure"],
            figures.map(({ name, value, unit }) => [name, withUnit(value, unit)]),
          ),
        ]),
    ...goals.flatMap((goal) => goal.growth ?? []).map(growthText),
  ].join("\n\n");
}

function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => {
    const verdict = verdictOf(goal);
    return [goal.what, withUnit(goal.ratio, goal.unit), goalText(goal), verdict === "missed" ? "**missed**" : verdict];
  });
  return table(["Work", "Measured", "Goal", "Verdict"], rows);
}

function growthText(growth: Growth): string {
  const { title, by, unit, series } = growth;
  const sizes = [...new Set(series.flatMap(({ points }) => points.map(({ size }) => size)))];
  const rows = series.map(({ name, points }) => [
    name,
    ...sizes.map((size) => {
      const point = points.find((one) => one.size === size);
      return point === undefined ? "" : number(point.value);
    }),
  ]);
  return [
    `### ${title}`,
    `![${title}; the same figures stand in the table below](${FOLDER}/${chartFile(growth)})`,
    table([`${unit}, by ${by}`, ...sizes.map(number)], rows),
  ].join("\n\n");
}

function chartFile({ id }: Growth): string {
  return `${id}.svg`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");
}

/** A name in a table must neither end its cell nor its line. */
function cell(words: string): string {
  return words.replaceAll("\n", " ").replaceAll("|", "\\|");
}
