// `uberrima alert ...`: the review queue of looks at customers that were out of the ordinary.
import { type Command, Option } from "commander";
import { alertDecision } from "../../contract/watch.ts";
import { examples } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { allPages } from "../pages.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface DecideOptions {
  readonly decision: (typeof alertDecision.options)[number];
  readonly reason: string;
}

export function addAlert(program: Command, world: World): void {
  const alert = program.command("alert").description("looks at customers that were out of the ordinary");
  alert
    .command("list")
    .option("--decided", "those that somebody has decided")
    .description("the alerts that wait for a decision")
    .addHelpText("after", examples("uberrima alert list", "uberrima alert list --decided --json"))
    .action(async ({ decided = false }: { readonly decided?: boolean }, command: Command) =>
      list(world, decided ? "decided" : "open", command),
    );
  alert
    .command("show")
    .argument("<alert-id>")
    .description("one alert with its evidence")
    .addHelpText("after", examples("uberrima alert show 0198…"))
    .action(async (alertId: string, _: unknown, command: Command) => show(world, alertId, command));
  alert
    .command("decide")
    .argument("<alert-id>")
    .description("decide an alert that is about somebody else")
    .addOption(new Option("--decision <decision>", "what it was").choices(alertDecision.options).makeOptionMandatory())
    .requiredOption("--reason <text>", "why; kept sealed. Every process here can see it, so name no person")
    .addHelpText(
      "after",
      examples('uberrima alert decide 0198… --decision explained --reason "covered for a colleague"'),
    )
    .action(async (alertId: string, options: DecideOptions, command: Command) => {
      const decided = await (await openSession(world, command)).alerts.decide(alertId, options);
      if (globalsOf(command).json === true) printJson(world.streams, decided);
      else printPairs(world.streams, [["decided", decided.alertId]]);
    });
}

async function list(world: World, state: "open" | "decided", command: Command): Promise<void> {
  const session = await openSession(world, command);
  const items = await allPages((page) => session.alerts.list({ state, ...page }));
  if (globalsOf(command).json === true) return printJson(world.streams, { items });
  const rows = items.map((one) => [one.alertId, one.principalId, one.lastAt, one.evidence.length, one.says]);
  printTable(world.streams, ["ALERT", "ABOUT", "LAST", "LOOKS", "WHAT IS UNUSUAL"], rows);
}

async function show(world: World, alertId: string, command: Command): Promise<void> {
  const shown = await (await openSession(world, command)).alerts.show(alertId);
  if (globalsOf(command).json === true) return printJson(world.streams, shown);
  const { evidence, decided, rules, ...rest } = shown;
  printPairs(world.streams, [
    ...Object.entries(rest),
    ["rules", rules.join(" ")],
    ["decision", decided === null ? "none yet" : `${decided.decision} by ${decided.by}`],
  ]);
  printLine(world.streams, "");
  const rows = evidence.map((one) => [one.entryId, one.customerId, one.at, one.outcome, one.says]);
  printTable(world.streams, ["ENTRY", "CUSTOMER", "AT", "OUTCOME", "WHAT WAS UNUSUAL"], rows);
}
