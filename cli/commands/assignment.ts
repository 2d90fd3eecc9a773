// `uberrima assignment ...`: who has which customer in hand.
import { type Command, Option } from "commander";
import { assignmentKind } from "../../contract/vocabulary.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples, instant } from "../options.ts";
import { allPages } from "../pages.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface CreateOptions {
  readonly client?: string;
  readonly group?: string;
  readonly kind: (typeof assignmentKind.options)[number];
  readonly unit?: string;
  readonly starts?: string;
  readonly ends?: string;
}

export function addAssignment(program: Command, world: World): void {
  const assignment = program.command("assignment").description("who has which customer, claim or policy in hand");
  assignment
    .command("create")
    .argument("<customer-id>")
    .description("assign a customer, or one unit of theirs")
    .addOption(new Option("--kind <kind>", "what is in hand").choices(assignmentKind.options).makeOptionMandatory())
    .option("--client <client-id>", "to whom")
    .option("--group <name>", "or to everyone in this group")
    .option("--unit <unit-id>", "only this claim, policy or case")
    .option("--starts <time>", "a day or time; now when left out", instant)
    .option("--ends <time>", "a day or time", instant)
    .addHelpText("after", examples("uberrima assignment create 0198… --client 0198… --kind claim --unit 0198…"))
    .action(async (customerId: string, options: CreateOptions, command: Command) =>
      create(world, customerId, options, command),
    );
  assignment
    .command("list")
    .requiredOption("--client <client-id>", "whose")
    .description("list what a client has in hand")
    .action(async (options: { readonly client: string }, command: Command) => list(world, options.client, command));
  assignment
    .command("end")
    .argument("<customer-id>")
    .argument("<assignment-id>")
    .description("end an assignment")
    .action(async (customerId: string, assignmentId: string, _: unknown, command: Command) => {
      const done = await (await openSession(world, command)).assignments.end(customerId, assignmentId);
      if (globalsOf(command).json === true) printJson(world.streams, done);
      else printPairs(world.streams, [["ended", done.id]]);
    });
}

async function create(world: World, customerId: string, options: CreateOptions, command: Command): Promise<void> {
  if ((options.client === undefined) === (options.group === undefined)) {
    throw new CliError("name either a client or a group", { exitCode: EXIT.usage, next: "Give --client or --group." });
  }
  const made = await (
    await openSession(world, command)
  ).assignments.create({
    customerId,
    kind: options.kind,
    ...(options.client === undefined ? {} : { clientId: options.client }),
    ...(options.group === undefined ? {} : { group: options.group }),
    ...(options.unit === undefined ? {} : { unitId: options.unit }),
    ...(options.starts === undefined ? {} : { startsAt: options.starts }),
    ...(options.ends === undefined ? {} : { endsAt: options.ends }),
  });
  if (globalsOf(command).json === true) printJson(world.streams, made);
  else printPairs(world.streams, Object.entries(made));
}

async function list(world: World, clientId: string, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const items = await allPages((page) => session.assignments.list({ clientId, ...page }));
  if (globalsOf(command).json === true) return printJson(world.streams, { items });
  const rows = items.map((each) => [
    each.assignmentId,
    each.customerId,
    each.kind,
    each.unitId,
    each.startsAt,
    each.endsAt,
  ]);
  printTable(world.streams, ["ASSIGNMENT", "CUSTOMER", "KIND", "UNIT", "STARTS", "ENDS"], rows);
}
