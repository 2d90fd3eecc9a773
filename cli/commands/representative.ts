// `uberrima representative ...`: who acts for a customer.
import { type Command, Option } from "commander";
import { dataClass } from "../../contract/vocabulary.ts";
import { examples, instant } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface RequestOptions {
  readonly kind: "guardian" | "power-of-attorney" | "executor";
  readonly document: string;
  readonly unit?: readonly string[];
  readonly class?: readonly (typeof dataClass.options)[number][];
  readonly starts?: string;
  readonly ends?: string;
}

export function addRepresentative(program: Command, world: World): void {
  const representative = program.command("representative").description("who acts for a customer");
  addRequest(representative, world);
  addOthers(representative, world);
}

function addRequest(representative: Command, world: World): void {
  representative
    .command("request")
    .argument("<customer-id>")
    .argument("<representative-id>")
    .description("register somebody's authority; all but a guardian's wait for a second person")
    .addOption(
      new Option("--kind <kind>", "which").choices(["guardian", "power-of-attorney", "executor"]).makeOptionMandatory(),
    )
    .requiredOption("--document <record-id>", "the record it rests on")
    .option("--unit <id...>", "only these policies or claims")
    .addOption(new Option("--class <class...>", "only these data classes").choices(dataClass.options))
    .option("--starts <time>", "a day or time; now when left out", instant)
    .option("--ends <time>", "a day or time", instant)
    .addHelpText("after", examples("uberrima representative request 0198… 0199… --kind executor --document 019a…"))
    .action(async (customerId: string, representativeId: string, options: RequestOptions, command: Command) => {
      const session = await openSession(world, command);
      const made = await session.representatives.request(customerId, {
        representativeId,
        kind: options.kind,
        documentId: options.document,
        ...(options.unit === undefined ? {} : { unitIds: [...options.unit] }),
        ...(options.class === undefined ? {} : { classes: [...options.class] }),
        ...(options.starts === undefined ? {} : { startsAt: options.starts }),
        ...(options.ends === undefined ? {} : { endsAt: options.ends }),
      });
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["representation", made.representationId],
        ["in force", made.isGranted ? "yes" : "once a second person has approved"],
      ]);
    });
}

function addOthers(representative: Command, world: World): void {
  representative
    .command("list")
    .argument("<customer-id>")
    .description("list who acts for a customer")
    .addHelpText("after", examples("uberrima representative list 0198…"))
    .action(async (customerId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).representatives.list(customerId);
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [
        each.representationId,
        each.kind,
        each.representativeId,
        each.isGranted ? "granted" : "waits",
        each.endsAt,
      ]);
      printTable(world.streams, ["REPRESENTATION", "KIND", "WHO", "STATE", "ENDS"], rows);
    });
  for (const verb of ["approve", "end"] as const)
    representative
      .command(verb)
      .argument("<customer-id>")
      .argument("<representation-id>")
      .description(verb === "approve" ? "approve, as the second of two people" : "end somebody's authority at once")
      .addHelpText("after", examples(`uberrima representative ${verb} 0198… 019b…`))
      .action(async (customerId: string, representationId: string, _: unknown, command: Command) => {
        const { representatives } = await openSession(world, command);
        const done = await representatives[verb](customerId, representationId);
        if (globalsOf(command).json === true) return printJson(world.streams, done);
        printPairs(world.streams, [[verb === "approve" ? "approved" : "ended", done.id]]);
      });
}
