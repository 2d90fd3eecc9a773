// A process of a test run: takes one file after the other from whoever started it, and tells what came of each.
import asyncHooks, { type AsyncHook } from "node:async_hooks";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import type { FromWorker, ToWorker } from "./worker-messages.ts";

// Node's runner follows every promise there is, to tell whose test it belongs to, and sets another such hook for each file that a process runs, which
// would stay: each of them is called for each promise. Only while a file loads are tests and hooks hung where they belong by it (docs/decisions/0435).
const { createHook } = asyncHooks;
const hooks: AsyncHook[] = [];
const kept: typeof createHook = (callbacks) => {
  const hook = createHook(callbacks);
  hooks.push(hook);
  return hook;
};
Object.assign(asyncHooks, { createHook: kept });
const { run } = await import("node:test");

interface TestEvent {
  readonly name: string;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined; readonly error?: Failure };
}

type Failure = Error & { readonly failureType?: string };

process.on("message", (message: ToWorker) => void take(message));
process.on("disconnect", () => process.exit());

async function take({ file }: ToWorker): Promise<void> {
  const before = surroundings();
  // The file has ended once nothing is left that keeps the process alive, as in a process of its own.
  process.channel?.unref();
  let passed = true;
  const stream = run({ files: [file], isolation: "none" });
  stream.on("test:dequeue", ({ name }) => {
    followNoMore();
    tell({ kind: "begun", name });
  });
  stream.on("test:pass", (event) => tellTest(event as TestEvent, true));
  stream.on("test:fail", (event) => tellTest(event as TestEvent, false));
  stream.on("test:diagnostic", ({ message }) => {
    // What failed after its test had ended.
    if (message.startsWith("Error: ")) tell({ kind: "trouble", text: message });
  });
  stream.on("test:summary", ({ success }) => (passed &&= success));
  await new Promise<void>((ended, failed) => stream.once("end", ended).once("error", failed).resume());
  process.channel?.ref();
  followNoMore();
  process.exitCode = undefined;
  const troubles = [...(await brokeWhileLoading(file)), ...leftChanged(before)];
  for (const text of troubles) tell({ kind: "trouble", text });
  tell({ kind: "end", passed: passed && troubles.length === 0, residentBytes: process.memoryUsage.rss() });
}

function followNoMore(): void {
  for (const hook of hooks.splice(0)) hook.disable();
}

/** Node runs the tests that a file had named before it threw, and says nothing of the rest. */
async function brokeWhileLoading(file: string): Promise<string[]> {
  try {
    await import(pathToFileURL(resolve(file)).href);
    return [];
  } catch (error) {
    return [inspect(error)];
  }
}

/** What a file could leave behind that the next one would run under. */
function surroundings(): ReadonlyMap<string, unknown> {
  const { NODE_TEST_WORKER_ID: _, ...environment } = process.env;
  return new Map<string, unknown>([
    ["the environment", JSON.stringify(environment)],
    ["the working directory", process.cwd()],
    ["the clock", Date],
    ["the timers", setTimeout],
    ["fetch", fetch],
  ]);
}

function leftChanged(before: ReadonlyMap<string, unknown>): string[] {
  const changed = [...surroundings()].filter(([name, value]) => before.get(name) !== value);
  return changed.map(([name]) => `left ${name} changed for the files after it`);
}

function tellTest({ name, skip, todo, details: { type, error } }: TestEvent, passed: boolean): void {
  const ofSubtests = error?.failureType === "subtestsFailed";
  tell({
    kind: "test",
    name,
    passed,
    ofSubtests,
    isSuite: type === "suite",
    isSkipped: skip !== undefined || todo !== undefined,
    error: passed || ofSubtests ? "" : inspect(error?.cause ?? error, { depth: 4 }),
  });
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
