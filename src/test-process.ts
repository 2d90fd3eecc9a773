// For tests: the server as a process of its own, to be killed, signalled or started twice.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { TestContext } from "node:test";

export interface TestProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything it has printed. */
  readonly output: readonly string[];
  readonly ended: Promise<number | null>;
}

const MAIN = join(import.meta.dirname, "main.ts");

/** Resolves once it listens; rejects with its output when it ends before. Killed when the test ends. */
export function startTestProcess(
  context: Pick<TestContext, "after"> | { after(work: () => Promise<void>): void },
  settings: Readonly<Record<string, string>>,
): Promise<TestProcess> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("UBERRIMA_"));
  const env = { ...Object.fromEntries(inherited), UBERRIMA_PORT: "0", ...settings };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  context.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  child.stderr.on("data", (part: Buffer) => output.push(part.toString()));
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (part: Buffer) => {
      output.push(part.toString());
      const url = /"url":"([^"]+)"/.exec(output.join(""))?.[1];
      if (url !== undefined) resolve({ child, url, output, ended });
    });
    void ended.then(() => reject(new Error(output.join(""))));
  });
}
