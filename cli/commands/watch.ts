// `uberrima watch ...`: the rules by which looks at customers are weighed, and catastrophe modes.
import { type Command, Option } from "commander";
import { role } from "../../contract/vocabulary.ts";
import { examples, instant } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface RequestOptions {
  readonly role: (typeof role.options)[number][];
  readonly until: string;
  readonly reason: string;
}

export function addWatch(program: Command, world: World): void {
  const watch = program.command("watch").description("how looks at customers are weighed");
  watch
    .command("rules")
    .description("the rules in force, with their points")
    .addHelpText("after", examples("uberrima watch rules", "uberrima watch rules --json"))
    .action(async (_: unknown, command: Command) => rules(world, command));
  addCatastrophe(watch, world);
}

function addCatastrophe(watch: Command, world: World): void {
  const catastrophe = watch.command("catastrophe").description("wider ceilings of volume after a storm, for a time");
  catastrophe
    .command("list")
    .description("those in force or waiting for approval")
    .addHelpText("after", examples("uberrima watch catastrophe list --json"))
    .action(async (_: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).watch.catastrophes.list();
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [
        one.catastropheId,
        one.approvedBy === null ? "waits" : "in force",
        one.endsAt,
        one.roles.join(" "),
        one.reason,
      ]);
      printTable(world.streams, ["CATASTROPHE", "STATE", "ENDS", "ROLES", "REASON"], rows);
    });
  catastrophe
    .command("request")
    .description("ask for it; somebody else must approve")
    .addOption(new Option("--role <role...>", "whose ceilings").choices(role.options).makeOptionMandatory())
    .requiredOption("--until <time>", "a day or time", instant)
    .requiredOption("--reason <text>", "why")
    .addHelpText(
      "after",
      examples(
        'uberrima watch catastrophe request --role claims-adjuster csr --until 2026-12-06 --reason "hail in the north"',
      ),
    )
    .action(async ({ role: roles, until, reason }: RequestOptions, command: Command) => {
      const made = await (
        await openSession(world, command)
      ).watch.catastrophes.request({ roles, endsAt: until, reason });
      if (globalsOf(command).json === true) printJson(world.streams, made);
      else printPairs(world.streams, [["requested", made.catastropheId]]);
    });
  catastrophe
    .command("approve")
    .argument("<catastrophe-id>")
    .description("approve what somebody else requested")
    .addHelpText("after", examples("uberrima watch catastrophe approve 0198…"))
    .action(async (catastropheId: string, _: unknown, command: Command) => {
      const made = await (await openSession(world, command)).watch.catastrophes.approve(catastropheId);
      if (globalsOf(command).json === true) printJson(world.streams, made);
      else printPairs(world.streams, [["in force until", made.endsAt]]);
    });
  catastrophe
    .command("end")
    .argument("<catastrophe-id>")
    .description("end it, or withdraw the request")
    .addHelpText("after", examples("uberrima watch catastrophe end 0198…"))
    .action(async (catastropheId: string, _: unknown, command: Command) => {
      const done = await (await openSession(world, command)).watch.catastrophes.end(catastropheId);
      if (globalsOf(command).json === true) printJson(world.streams, done);
      else printPairs(world.streams, [["ended", done.id]]);
    });
}

async function rules(world: World, command: Command): Promise<void> {
  const shown = await (await openSession(world, command)).watch.rules();
  if (globalsOf(command).json === true) return printJson(world.streams, shown);
  printPairs(
    world.streams,
    Object.entries(shown.outcomes).map(([outcome, points]) => [outcome, `from ${points} points`]),
  );
  const rows = shown.rules.map((rule) => [
    rule.code,
    rule.points,
    rule.pointsInHand,
    Object.entries(rule.thresholds)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ") || null,
    rule.says,
  ]);
  printTable(world.streams, ["RULE", "POINTS", "IN HAND", "THRESHOLDS", "WHAT IT SAYS"], rows);
}
