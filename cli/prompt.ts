// Asks the user, or reads standard input. Values that may be personal never come from the command line, which every process can see.
import { createInterface } from "node:readline/promises";
import { CliError, EXIT } from "./exit.ts";
import type { Streams } from "./output.ts";

const INPUT_BYTES_MAX = 2_000_000;

export async function askFor(streams: Streams, names: readonly string[]): Promise<Record<string, string>> {
  const asking = createInterface({ input: streams.input, output: streams.errors, terminal: true, historySize: 0 });
  try {
    const given: Record<string, string> = {};
    for (const name of names) given[name] = (await asking.question(`${name}: `)).trim();
    return given;
  } finally {
    asking.close();
  }
}

/** Anything but yes is no. Without a terminal there is nobody to ask: --yes says so beforehand. */
export async function confirm(streams: Streams, question: string): Promise<boolean> {
  if (streams.input.isTTY !== true) {
    throw new CliError("this needs a confirmation", { exitCode: EXIT.usage, next: "Add --yes." });
  }
  const name = `${question} [yes/no]`;
  return (await askFor(streams, [name]))[name] === "yes";
}

export async function readAll(streams: Streams): Promise<string> {
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const part of streams.input) {
    const bytes = Buffer.from(part as Buffer | string);
    sizeBytes += bytes.length;
    if (sizeBytes > INPUT_BYTES_MAX) throw new CliError("the input is too long");
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}
