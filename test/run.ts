// The test run: static checks, then every test file. `npm test`, `npm test -- --full`, `npm test -- src/ledger` for a part; `--apart` gives each file a process.
import { globSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Readable } from "node:stream";
import {
  EMBEDDED_VARIABLE,
  EXTERNAL_VARIABLE,
  startEmbeddedTestServer,
  startExternalTestServer,
} from "../src/postgres/test-server.ts";
import { builtPages } from "../src/http/pages/built-pages.ts";
import { testChromium } from "./journeys/test-chromium.ts";
import { runCheck } from "./support/checks.ts";
import { partByLength } from "./support/full-length.ts";
import { memoryFolder } from "./support/memory-folder.ts";
import { runFiles } from "./support/run-files.ts";
import { type Tally, add, lastLine } from "./support/tally.ts";

const ROOT = join(import.meta.dirname, "..");
const TEST_FILES = "{src,sdk,cli,contract,console,bench,test}/**/*.test.ts";
/** Several checkers would each work out the same types of contracts: twice the processor time for two thirds of the time. */
const TYPES = ["tsc", "--noEmit", "--checkers", "1"] as const;
/** The longest first. */
const CHECKS: readonly (readonly [name: string, ...command: string[]])[] = [
  ["types", ...TYPES],
  ["types of the pages", ...TYPES, "--project", "console"],
  ["types of the portal", ...TYPES, "--project", "console/portal"],
  ["formatted", "oxfmt", "--check"],
  ["linted", "oxlint", "--deny-warnings"],
  ["nothing unused", "knip", "--no-progress"],
];

/** The slowest first: what begins last should not be long. */
const BEGUN_FIRST = [
  "test/attacks/crash/",
  "test/attacks/race/",
  "cli/journey",
  "src/operations/rotation",
  "test/attacks/canary",
  "src/import/resume",
  "test/support/",
  "src/rounds/",
  "src/retention/",
  "test/journeys/",
  "test/attacks/",
  "src/postgres/embedded-crash",
  "src/keys/erasure-crash",
];

const CORES = availableParallelism();
const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

const patterns = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isApart = process.argv.includes("--apart");
const isFull = process.argv.includes("--full");
if (isFull) process.env["UBERRIMA_FULL"] = "1";
process.chdir(ROOT);
// The tools are Node programs: they must run on the Node that npm brought, not on the machine's.
process.env["PATH"] = [join(ROOT, "node_modules", ".bin"), process.env["PATH"]].join(delimiter);

// What is written at full length is more than memory should hold.
process.env["TMPDIR"] ??= (isFull ? null : memoryFolder()) ?? tmpdir();

const tally = await runAll();
console.log(lastLine(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;

async function runAll(): Promise<Tally> {
  const files = globSync(TEST_FILES).filter(
    (file) => patterns.length === 0 || patterns.some((part) => file.includes(part)),
  );
  const checked = patterns.length === 0 ? await runChecks() : NOTHING;
  return add(checked, await runTests(files));
}

async function runChecks(): Promise<Tally> {
  const tallies = Readable.from(CHECKS).map(([name, ...command]) => runCheck(name, command), { concurrency: CORES });
  return tallies.reduce(add, NOTHING);
}

async function runTests(files: readonly string[]): Promise<Tally> {
  if (files.length === 0) return nothingFound();
  // Once for all, and not by whichever tests start a server or a browser first.
  await Promise.all([builtPages(), testChromium()]);
  const { run, left } = partByLength(files, patterns.length > 0 || isFull);
  for (const file of left) console.log(`left     at full length (--full): ${file}`);
  const ran = await withServers(() => runFiles(inOrder(run), { concurrency: concurrency(), isApart }));
  return add(ran, { ...NOTHING, skipped: left.length });
}

function inOrder(files: readonly string[]): string[] {
  const rank = (file: string): number => {
    const found = BEGUN_FIRST.findIndex((part) => file.startsWith(part));
    return found === -1 ? BEGUN_FIRST.length : found;
  };
  return files.toSorted().toSorted((left, right) => rank(left) - rank(right));
}

function nothingFound(): Tally {
  console.log("no test file matches");
  return { passed: 0, failed: 1, skipped: 0 };
}

/** One embedded and one outside PostgreSQL for the whole run; test processes find them in the environment. */
async function withServers(work: () => Promise<Tally>): Promise<Tally> {
  const [embedded, external] = await Promise.all([startEmbeddedTestServer(), startExternalTestServer()]);
  process.env[EMBEDDED_VARIABLE] = embedded.superuserUrl;
  const { superuserUrl, ownerUrl, appUrl } = external;
  process.env[EXTERNAL_VARIABLE] = JSON.stringify({ superuserUrl, ownerUrl, appUrl });
  try {
    return await work();
  } finally {
    await Promise.all([embedded.stop(), external.stop()]);
  }
}

/**
 * One more than there are cores: suites that wait for leases, refreshes and processes leave a third of a core idle. Still more whenever a core was idle,
 * tried by turns, took as long.
 */
function concurrency(): number {
  return Math.min(4, Math.max(2, CORES + 1));
}
