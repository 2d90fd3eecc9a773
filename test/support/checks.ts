// Static checks: a program that must end with status 0 counts as one test.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { Tally } from "./tally.ts";

/** Runs a check and prints its output only when it fails. */
export async function runCheck(name: string, command: readonly string[]): Promise<Tally> {
  const startedAt = performance.now();
  const { status, output } = await run(command);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const passed = status === 0;
  console.log(`${passed ? "ok  " : "FAIL"} ${seconds.padStart(6)} s  ${name} (${command.join(" ")})`);
  if (!passed) console.log(output);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

async function run([program = "", ...rest]: readonly string[]): Promise<{ status: number | null; output: string }> {
  const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
  const status = new Promise<number | null>((done) => {
    child.once("error", () => done(null)).once("close", done);
  });
  const [output, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, output: output + problems };
}
