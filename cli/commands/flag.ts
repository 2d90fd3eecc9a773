// `uberrima flag ...`: flags that change decisions, such as protection orders.
import { type Command, Option } from "commander";
import { flagKind } from "../../contract/vocabulary.ts";
import { examples, instant } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface SetOptions {
  readonly kind: (typeof flagKind.options)[number];
  readonly reason: string;
  readonly starts?: string;
  readonly ends?: string;
}

export function addFlag(program: Command, world: World): void {
  const flag = program.command("flag").description("flags that change decisions");
  flag
    .command("set")
    .argument("<customer-id>")
    .description("set a flag")
    .addOption(new Option("--kind <kind>", "which").choices(flagKind.options).makeOptionMandatory())
    .requiredOption("--reason <text>", "why; kept sealed. Every process here can see it, so name no person")
    .option("--starts <time>", "a day or time; now when left out", instant)
    .option("--ends <time>", "a day or time", instant)
    .addHelpText("after", examples('uberrima flag set 0198… --kind protection-order --reason "order 2026-114"'))
    .action(async (customerId: string, options: SetOptions, command: Command) => {
      const made = await (
        await openSession(world, command)
      ).flags.set(customerId, {
        kind: options.kind,
        reason: options.reason,
        ...(options.starts === undefined ? {} : { startsAt: options.starts }),
        ...(options.ends === undefined ? {} : { endsAt: options.ends }),
      });
      if (globalsOf(command).json === true) printJson(world.streams, made);
      else printPairs(world.streams, Object.entries(made));
    });
  flag
    .command("list")
    .argument("<customer-id>")
    .description("list the flags in force")
    .action(async (customerId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).flags.list(customerId);
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [each.flagId, each.kind, each.startsAt, each.endsAt]);
      printTable(world.streams, ["FLAG", "KIND", "STARTS", "ENDS"], rows);
    });
  flag
    .command("end")
    .argument("<customer-id>")
    .argument("<flag-id>")
    .description("end a flag")
    .action(async (customerId: string, flagId: string, _: unknown, command: Command) => {
      const done = await (await openSession(world, command)).flags.end(customerId, flagId);
      if (globalsOf(command).json === true) printJson(world.streams, done);
      else printPairs(world.streams, [["ended", done.id]]);
    });
}
