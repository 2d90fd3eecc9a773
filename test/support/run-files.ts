// Runs test files, each in a process of its own, and prints a line a file as it ends, and what failed in full.
import { relative } from "node:path";
import { run } from "node:test";
import { inspect } from "node:util";
import { type Tally, add } from "./tally.ts";

/** Against what hangs, not what is slow: a machine on which much else runs takes several times as long. */
const TEST_TIMEOUT_MS = 600_000;
/** At full length a suite may go on for long. */
const FULL_TIMEOUT_MS = 3_600_000;
const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

interface TestEvent {
  readonly name: string;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined; readonly error?: Failure };
}

type Failure = Error & { readonly failureType?: string };

interface FileReport {
  readonly file: string;
  durationMs: number;
  readonly output: string[];
  tally: Tally;
  printed: boolean;
}

/** Runs the files and returns the sum. A file that does not load, ends early or holds no test is a failed test. */
/** How a line of output begins that is to be shown even though nothing failed. */
const FIGURES = "figures: ";

export async function runFiles(files: readonly string[], concurrency: number): Promise<Tally> {
  const reports = new Map<string, FileReport>();
  const reportOf = (path = ""): FileReport => {
    const file = relative(".", path);
    const report = reports.get(file) ?? {
      file,
      durationMs: 0,
      output: [],
      tally: NOTHING,
      printed: false,
    };
    reports.set(file, report);
    return report;
  };
  const timeout = process.env["UBERRIMA_FULL"] === "1" ? FULL_TIMEOUT_MS : TEST_TIMEOUT_MS;
  const stream = run({ files: [...files], concurrency, timeout });
  stream.on("test:dequeue", (event) => void reportOf(event.file));
  stream.on("test:pass", (event) => count(reportOf(event.file), event as TestEvent, true));
  stream.on("test:fail", (event) => count(reportOf(event.file), event as TestEvent, false));
  stream.on("test:stdout", (event) => void reportOf(event.file).output.push(event.message));
  stream.on("test:stderr", (event) => void reportOf(event.file).output.push(event.message));
  stream.on("test:summary", (event) => {
    if (event.file === undefined) return;
    const report = reportOf(event.file);
    report.durationMs = event.duration_ms;
    print(report);
  });
  await new Promise<void>((ended, failed) => stream.once("end", ended).once("error", failed).resume());
  // A file whose process died has no summary.
  for (const report of reports.values()) print(report);
  return [...reports.values()].reduce((sum, report) => add(sum, report.tally), NOTHING);
}

function count(report: FileReport, event: TestEvent, passed: boolean): void {
  const ofSubtests = event.details.error?.failureType === "subtestsFailed";
  // A suite is no test of its own; only its hooks can fail.
  if (event.details.type === "suite" && (passed || ofSubtests)) return;
  if (event.skip !== undefined || event.todo !== undefined) {
    report.tally = add(report.tally, { ...NOTHING, skipped: 1 });
    return;
  }
  // Node reports a file as a passed test when there is none in it.
  const empty = passed && relative(".", event.name) === report.file;
  report.tally = add(report.tally, passed && !empty ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 });
  if (empty) report.output.push("no tests in this file\n");
  if (!passed && !ofSubtests) report.output.push(describe(event));
}

function describe({ name, details: { error } }: TestEvent): string {
  return `not ok: ${name}\n${inspect(error?.cause ?? error, { depth: 4 })}\n`;
}

function print(report: FileReport): void {
  if (report.printed) return;
  report.printed = true;
  const { passed, failed, skipped } = report.tally;
  const seconds = (report.durationMs / 1000).toFixed(1).padStart(6);
  const rest = `${failed > 0 ? `, ${failed} failed` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  console.log(`${failed > 0 ? "FAIL" : "ok  "} ${seconds} s  ${report.file}: ${passed} passed${rest}`);
  const said = report.output.join("");
  if (failed > 0) console.log(said.replaceAll(/^/gm, "    "));
  // What a test measured and wants read though it passed.
  else
    for (const line of said.split("\n")) if (line.startsWith(FIGURES)) console.log(`    ${line.slice(FIGURES.length)}`);
}
