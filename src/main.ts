// Starts the server from the environment and stops it on a signal. The only reader of process.env.
import "./v8-settings.ts";
import { join } from "node:path";
import process from "node:process";
import { startApp } from "./app.ts";
import { ConfigError, parseConfig } from "./config.ts";
import { createLog } from "./http/http.ts";
import { systemClock } from "./kernel/clock.ts";
import { startFailure } from "./start-failure.ts";

const ROOT = join(import.meta.dirname, "..");
const EXIT_FAILED = 1;
const EXIT_CONFIGURATION = 2;

await run().catch((error: unknown) => {
  process.stderr.write(`uberrima: ${startFailure(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIGURATION : EXIT_FAILED);
});

async function run(): Promise<void> {
  const config = parseConfig(process.env, ROOT);
  const log = createLog(config.logLevel);
  const app = await startApp(config, { log, clock: systemClock }).catch((error: unknown) => {
    log.fatal({ err: error }, "start failed");
    throw error;
  });
  if (process.stderr.isTTY) {
    process.stderr.write(`Uberrima answers at ${app.url}, documentation at ${app.url}/docs. Ctrl-C stops it.\n`);
  }
  const reason = await Promise.race([signalled(), app.failed.then(() => "failure" as const)]);
  log.info({ reason }, "stopping");
  await app.stop();
  process.exit(reason === "failure" ? EXIT_FAILED : 0);
}

function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
}
