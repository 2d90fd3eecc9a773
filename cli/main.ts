#!/usr/bin/env node
// The command line `uberrima`: runs one command and turns its failure into a message, advice and an exit code.
import { readFileSync } from "node:fs";
import process from "node:process";
import { CommanderError } from "commander";
import { SdkError } from "../sdk/sdk-error.ts";
import { adviceFor } from "./advice.ts";
import { CliError, EXIT, type ExitCode } from "./exit.ts";
import { createProgram } from "./program.ts";
import type { World } from "./session.ts";

const world: World = {
  environment: process.env,
  streams: { input: process.stdin, output: process.stdout, errors: process.stderr },
};

// Whoever reads us may stop early, as `head` does: that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});
process.exitCode = await run(process.argv);

async function run(argv: readonly string[]): Promise<ExitCode> {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  try {
    await createProgram(world, version).parseAsync([...argv]);
    return EXIT.ok;
  } catch (error) {
    return explain(error, argv.includes("--json"));
  }
}

function explain(error: unknown, json: boolean): ExitCode {
  // Commander has printed its own words; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const { message, next, exitCode, details } = describe(error);
  if (json) world.streams.errors.write(`${JSON.stringify({ error: message, next, ...details })}\n`);
  else world.streams.errors.write(`uberrima: ${message}\n${next === null ? "" : `${next}\n`}`);
  return exitCode;
}

interface Described {
  readonly message: string;
  readonly next: string | null;
  readonly exitCode: ExitCode;
  readonly details: object;
}

function describe(error: unknown): Described {
  if (error instanceof CliError)
    return { message: error.message, next: error.next, exitCode: error.exitCode, details: {} };
  if (error instanceof SdkError) {
    const faults = error.problem?.errors?.map(({ pointer, detail }) => `\n  ${pointer}: ${detail}`).join("") ?? "";
    const details = { code: error.code, ...(error.problem === null ? {} : { problem: error.problem }) };
    return { message: error.message + faults, next: adviceFor(error), exitCode: EXIT.failed, details };
  }
  const message = error instanceof Error && "syscall" in error ? error.message : "something went wrong in this program";
  return { message, next: null, exitCode: EXIT.failed, details: {} };
}
