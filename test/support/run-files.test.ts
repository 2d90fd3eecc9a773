// The test run itself: whatever becomes of a file, it is told of, counted, and costs no other file anything.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type RunOptions, runFiles } from "./run-files.ts";
import type { Tally } from "./tally.ts";
import { OWN_PROCESS } from "./worker-pool.ts";

/** For runs in which a file hangs: long enough for a process to start beside much else. */
const TIMEOUT_MS = 10_000;
const LONG_MS = 300_000;
const GOOD = `test("holds", () => {});`;
const PID = `test("says where", () => void console.log("figures: " + process.pid));`;

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-run-"));
});
after(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly tally: Tally;
  readonly said: string;
}

let made = 0;

/** Runs files with these texts, one after the other. */
function ran(...texts: readonly string[]): Promise<Ran> {
  return ranWith({}, texts);
}

async function ranWith(more: Partial<RunOptions>, texts: readonly string[]): Promise<Ran> {
  const files = texts.map((_, at) => join(folder, `${(made += 1)}-${at}.ts`));
  const imports = `// A file.\nimport { after, before, describe, test } from "node:test";\n`;
  await Promise.all(texts.map((text, at) => writeFile(files[at]!, imports + text)));
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const tally = await runFiles(files, { concurrency: 1, timeoutMs: LONG_MS, say, ...more });
  return { tally, said: lines.join("\n") };
}

const tallyOf = (passed: number, failed: number, skipped = 0): Tally => ({ passed, failed, skipped });

test("counts what passed, failed and was skipped, and shows the error under the file's name", async () => {
  const { tally, said } = await ran(
    `describe("all", () => { test("one", () => {}); test("two", () => { throw new Error("because") }); });
     test("three", { skip: true }, () => {});`,
    GOOD,
  );
  assert.deepEqual(tally, tallyOf(2, 1, 1));
  assert.match(said, /^FAIL .*-0\.ts: 1 passed, 1 failed, 1 skipped\n    not ok: two\n    Error: because/m);
  assert.match(said, /^ok .*-1\.ts: 1 passed$/m);
});

test("what failed is told once more at the end, where a log's last lines show it", async () => {
  const { said } = await ran(`test("falls", () => { throw new Error("because") });`, GOOD);
  assert.match(
    said,
    /^ok .*-1\.ts: 1 passed\nwhat failed, once more:\nFAIL .*-0\.ts: [^]*not ok: falls\n    Error: because/m,
  );
  const quiet = await ran(GOOD);
  assert.doesNotMatch(quiet.said, /once more/);
});

const FAILURES: Readonly<Record<string, readonly [text: string, tally: Tally, said: RegExp]>> = {
  "that holds no test": ["export {};", tallyOf(0, 1), /no tests in this file/],
  "that cannot be loaded": [`import "./nowhere.ts";`, tallyOf(0, 1), /ERR_MODULE_NOT_FOUND/],
  "that throws after it named a test": [`${GOOD} throw new Error("half-way");`, tallyOf(1, 1), /half-way/],
  "whose stage cannot be set": [`before(() => { throw new Error("no stage") }); ${GOOD}`, tallyOf(0, 1), /no stage/],
  "that cannot be tidied up after": [`after(() => { throw new Error("stays") }); ${GOOD}`, tallyOf(1, 1), /stays/],
  "whose error comes after its test": [
    `test("early", () => void setTimeout(() => { throw new Error("late") }, 20));`,
    tallyOf(1, 1),
    /not ok: .*late/,
  ],
  "whose promise nobody waits for": [
    `test("early", () => void Promise.reject(new Error("unheard")));`,
    tallyOf(1, 1),
    /not ok: .*unheard/,
  ],
  "that ends the process": [
    `${GOOD} test("leaves", () => { console.log("last words"); process.exit(0); });`,
    tallyOf(1, 1),
    /last words\n    not ok: its process ended before it did \(status 0\); last begun: leaves/,
  ],
  "whose process is killed": [
    `${GOOD} test("dies", () => process.kill(process.pid, "SIGKILL"));`,
    tallyOf(1, 1),
    /\(SIGKILL\); last begun: dies/,
  ],
  "that never comes back": [
    `test("waits", () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));`,
    tallyOf(0, 1),
    /after 10 s; last begun: waits/,
  ],
  "that leaves something running": [
    `test("ticks", () => void setInterval(() => {}, 100));`,
    tallyOf(1, 1),
    /after 10 s; last begun: ticks/,
  ],
  "that changes the environment of others": [
    `test("sets", () => void (process.env["X_OF_A_TEST"] = "1"));`,
    tallyOf(1, 1),
    /left the environment changed/,
  ],
  "that leaves a clock of its own": [
    `test("turns", async () => void (await import("node:test")).mock.timers.enable({ apis: ["Date"] }));`,
    tallyOf(1, 1),
    /left the clock changed/,
  ],
};

for (const [which, [text, tally, told]] of Object.entries(FAILURES)) {
  test(`a file ${which} fails, and those before and after it are run all the same`, async () => {
    const timeoutMs = told.source.includes("after 10 s") ? TIMEOUT_MS : LONG_MS;
    const { said, ...whole } = await ranWith({ timeoutMs }, [GOOD, text, GOOD]);
    assert.deepEqual(whole.tally, tallyOf(tally.passed + 2, tally.failed));
    assert.match(said, /^FAIL .*-1\.ts/m);
    assert.match(said, told);
    assert.equal(said.match(/^ok .*-[02]\.ts: 1 passed$/gm)?.length, 2);
  });
}

test("files share a process, but for those that say why they need their own", async () => {
  const { said } = await ran(PID, `${OWN_PROCESS}it measures all of it.\n${PID}`, PID);
  const [first, own, last] = [...said.matchAll(/^    (\d+)$/gm)].map(([, pid]) => pid);
  assert.equal(first, last);
  assert.notEqual(own, first);
});

test("each file has a process of its own when that is asked for", async () => {
  const { said } = await ranWith({ isApart: true }, [PID, PID]);
  const [first, second] = [...said.matchAll(/^    (\d+)$/gm)].map(([, pid]) => pid);
  assert.notEqual(first, second);
});

test("files in one process have stages of their own", async () => {
  const stage = `let on = 0; before(() => void (on += 1)); after(() => console.log("figures: stood " + on)); ${GOOD}`;
  const { tally, said } = await ran(stage, stage);
  assert.deepEqual(tally, tallyOf(2, 0));
  assert.equal(said.match(/stood 1$/gm)?.length, 2);
});
