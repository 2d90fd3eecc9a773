// Runs test files, several at a time, and prints a line a file as it ends, and what failed in full, and once more at the end.
import type { FromWorker } from "./worker-messages.ts";
import { openSlot, type WorkerSlot } from "./worker-pool.ts";
import { type Tally, add } from "./tally.ts";

/** Against what hangs, not what is slow: a machine on which much else runs takes several times as long. */
const TEST_TIMEOUT_MS = 600_000;
/** At full length a suite may go on for long. */
const FULL_TIMEOUT_MS = 3_600_000;
const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };
/** Of a failed test, at the end of the run. */
const BRIEF_LINES = 12;
/** How a line of output begins that is to be shown even though nothing failed. */
const FIGURES = "figures: ";

export interface RunOptions {
  /** Files at the same time. */
  readonly concurrency: number;
  /** Of one file. */
  readonly timeoutMs?: number;
  readonly isApart?: boolean;
  readonly say?: (line: string) => void;
}

interface FileReport {
  readonly file: string;
  readonly output: string[];
  tally: Tally;
}

/** Runs the files and returns the sum. A file that does not load, ends early, does not end or holds no test is a failed test. */
export async function runFiles(files: readonly string[], options: RunOptions): Promise<Tally> {
  const { concurrency, isApart = false, say = console.log } = options;
  const timeoutMs = options.timeoutMs ?? (process.env["UBERRIMA_FULL"] === "1" ? FULL_TIMEOUT_MS : TEST_TIMEOUT_MS);
  const waiting = [...files];
  let sum = NOTHING;
  const failed: string[] = [];
  const work = async (slot: WorkerSlot): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const startedAt = performance.now();
      const report = await runFile(slot, file);
      const lines = linesOf(report, performance.now() - startedAt);
      for (const line of lines) say(line);
      if (report.tally.failed > 0) failed.push(briefly(lines));
      sum = add(sum, report.tally);
    }
    await slot.close();
  };
  await Promise.all(Array.from({ length: concurrency }, () => work(openSlot({ timeoutMs, isApart }))));
  // Hundreds of lines may stand between, of which those who read a log are often shown the last alone.
  if (failed.length > 0) say(["what failed, once more:", ...failed].join("\n"));
  return sum;
}

/** The tests that failed and how their errors begin, without all that was said beside them. */
function briefly([line = "", said = ""]: readonly string[]): string {
  const failures = said.split(/^(?=    not ok: )/m).filter((each) => each.startsWith("    not ok: "));
  return [line, ...failures.map((each) => each.split("\n").slice(0, BRIEF_LINES).join("\n"))].join("\n");
}

async function runFile(slot: WorkerSlot, file: string): Promise<FileReport> {
  const report: FileReport = { file, output: [], tally: NOTHING };
  const problem = await slot.run(file, {
    message: (message) => count(report, message),
    output: (text) => void report.output.push(text),
  });
  if (problem) report.output.push(`not ok: ${problem}\n`);
  // What failed and is no test's own: a process that died, an error after its test had ended.
  if (problem !== null && report.tally.failed === 0) report.tally = add(report.tally, { ...NOTHING, failed: 1 });
  return report;
}

function count(report: FileReport, message: Exclude<FromWorker, { kind: "end" }>): void {
  if (message.kind === "begun") return;
  if (message.kind === "trouble") {
    report.output.push(`not ok: ${message.text}\n`);
    return;
  }
  const { name, passed, ofSubtests, isSuite, isSkipped, error } = message;
  // A suite is no test of its own; only its hooks can fail.
  if (isSuite && (passed || ofSubtests)) return;
  if (isSkipped) {
    report.tally = add(report.tally, { ...NOTHING, skipped: 1 });
    return;
  }
  // Node reports a file as a passed test when there is none in it.
  const empty = passed && name === report.file;
  report.tally = add(report.tally, passed && !empty ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 });
  if (empty) report.output.push("no tests in this file\n");
  if (!passed && !ofSubtests) report.output.push(`not ok: ${name}\n${error}\n`);
}

function linesOf({ file, output, tally }: FileReport, tookMs: number): string[] {
  const { passed, failed, skipped } = tally;
  const seconds = (tookMs / 1000).toFixed(1).padStart(6);
  const rest = `${failed > 0 ? `, ${failed} failed` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  const line = `${failed > 0 ? "FAIL" : "ok  "} ${seconds} s  ${file}: ${passed} passed${rest}`;
  const said = output.join("");
  if (failed > 0) return [line, said.replaceAll(/^/gm, "    ")];
  // What a test measured and wants read though it passed.
  const figures = said.split("\n").filter((each) => each.startsWith(FIGURES));
  return [line, ...figures.map((each) => `    ${each.slice(FIGURES.length)}`)];
}
