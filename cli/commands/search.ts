// `uberrima search INDEX`: searches by a blind index. Values are asked for or read from standard input, never taken from the command line.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { z } from "zod";
import type { purpose } from "../../contract/vocabulary.ts";
import type { Client } from "../../sdk/client.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples, purposeOption } from "../options.ts";
import { printJson, printLine, printTable } from "../output.ts";
import { askFor, readAll } from "../prompt.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface Options {
  readonly purpose: (typeof purpose.options)[number];
  readonly valueFile?: string;
}

const values = z.record(z.string(), z.string());

export function addSearch(program: Command, world: World): void {
  program
    .command("search")
    .argument("<index>", "a blind index; `uberrima schema show` lists them")
    .description("search for customers; recorded like any other look at their data")
    .addOption(purposeOption().makeOptionMandatory())
    .option(
      "--value-file <file>",
      'a JSON object of the index\'s parts, such as { "last-name": "…" }; - reads standard input',
    )
    .addHelpText(
      "after",
      examples(
        "uberrima search person-name-birth-year --purpose claim-handling      (asks for each part)",
        "uberrima search policy-number --purpose claim-handling --value-file - < values.json",
      ),
    )
    .action(async (index: string, options: Options, command: Command) => search(world, index, options, command));
}

async function search(world: World, index: string, options: Options, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const given = await valuesOf(world, session, index, options);
  const answer = await session.search({ index, values: given, purpose: options.purpose });
  if (globalsOf(command).json === true) return printJson(world.streams, answer);
  const rows = answer.hits.map((hit) => [hit.customerId, hit.unitId, hit.type, summaryOf(hit.summary)]);
  printTable(world.streams, ["CUSTOMER", "UNIT", "RECORD", "MASKED"], rows);
  if (answer.truncated) printLine(world.streams, "… and more than may be shown: give more of what you know");
}

async function valuesOf(
  world: World,
  session: Client,
  index: string,
  options: Options,
): Promise<Record<string, string>> {
  const file = options.valueFile;
  if (file === undefined && world.streams.input.isTTY === true)
    return askFor(world.streams, await partsOf(session, index));
  const text = file === undefined || file === "-" ? await readAll(world.streams) : await readFile(file, "utf8");
  try {
    return values.parse(JSON.parse(text));
  } catch {
    // The parser's message would quote the values.
    throw new CliError("the values are not a JSON object of strings", { exitCode: EXIT.usage });
  }
}

async function partsOf(session: Client, index: string): Promise<readonly string[]> {
  const { indexes } = await session.operations.schema();
  const found = indexes.find((each) => each.name === index);
  if (found === undefined) {
    throw new CliError(`there is no index ${index}`, {
      exitCode: EXIT.usage,
      next: "`uberrima schema show` lists them.",
    });
  }
  return found.parts;
}

function summaryOf(summary: Readonly<Record<string, string>>): string {
  return Object.entries(summary)
    .map(([name, masked]) => `${name}=${masked}`)
    .join(" ");
}
