// For tests: runs the command line as a process of its own, as its users do.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("main.ts", import.meta.url));
const TIMEOUT_MS = 120_000;

export interface CliRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** `environment` replaces every UBERRIMA_ variable of this process. */
export function runCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Promise<CliRun> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("UBERRIMA_"));
  const env = { ...Object.fromEntries(inherited), ...environment };
  return new Promise((resolve) => {
    const options = { env, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, [CLI, ...args], options, (error, output, errors) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output, errors });
    });
    child.stdin?.end(input);
  });
}
