// `uberrima customer ...`: seals one customer from a JSON document, closes and opens policies and claims.
import { readFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { type Command, Option } from "commander";
import { customerDraft } from "../../contract/customers.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples } from "../options.ts";
import { printJson, printPairs } from "../output.ts";
import { readAll } from "../prompt.ts";
import { globalsOf, openSession, type World } from "../session.ts";

export function addCustomer(program: Command, world: World): void {
  const customer = program.command("customer").description("customers");
  customer
    .command("create")
    .argument("<file>", "a JSON document as POST /v1/customers takes it; - reads standard input")
    .description("seal a new customer with units and records")
    .addHelpText("after", examples("uberrima customer create customer.json"))
    .action(async (file: string, _: unknown, command: Command) => {
      const draft = await readDraft(world, file);
      const session = await openSession(world, command);
      const written = await session.customers.create(draft, { idempotencyKey: randomUUID() });
      if (globalsOf(command).json === true) return printJson(world.streams, written);
      printPairs(world.streams, [
        ["customerId", written.customerId],
        ...written.units.map((unit) => [unit.kind, unit.unitId] as const),
        ["records", written.records.length],
        ["entryId", written.entryId],
      ]);
    });
  customer
    .command("unit")
    .argument("<customer-id>")
    .argument("<unit-id>")
    .description("close a policy or claim, or open it again; retention periods count from its closing")
    .addOption(new Option("--status <status>", "which").choices(["open", "closed"]).makeOptionMandatory())
    .addHelpText("after", examples("uberrima customer unit 0198… 0198… --status closed"))
    .action(async (customerId: string, unitId: string, { status }: { status: "open" | "closed" }, command: Command) => {
      const session = await openSession(world, command);
      const changed = await session.customers.changeUnit({ customerId, unitId }, { status });
      if (globalsOf(command).json === true) printJson(world.streams, changed);
      else
        printPairs(world.streams, [
          ["unit", unitId],
          ["status", status],
        ]);
    });
}

async function readDraft(world: World, file: string) {
  const text = file === "-" ? await readAll(world.streams) : await readFile(file, "utf8").catch(() => null);
  if (text === null) throw new CliError(`cannot read ${file}`, { exitCode: EXIT.usage });
  try {
    return customerDraft.parse(JSON.parse(text));
  } catch {
    // Neither the parser's message nor the schema's may show what the document holds.
    throw new CliError("the document is not a customer", {
      exitCode: EXIT.usage,
      next: "/docs of the server describes it.",
    });
  }
}
