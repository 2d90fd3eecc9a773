// `uberrima right ...`: requests under customers' rights, by the day they are due, with the law that says so.
import { type Command, Option } from "commander";
import { examples } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface ListOptions {
  readonly assignee: "anybody" | "me" | "nobody";
  readonly answered?: boolean;
  readonly limit: string;
}

export function addRight(program: Command, world: World): void {
  const right = program.command("right").description("requests under customers' rights");
  right
    .command("list")
    .addOption(new Option("--assignee <who>", "whose").choices(["anybody", "me", "nobody"]).default("anybody"))
    .option("--answered", "those that were decided or closed")
    .option("--limit <n>", "how many", "50")
    .description("the requests, what is due first at the top")
    .addHelpText("after", examples("uberrima right list", "uberrima right list --assignee nobody --json"))
    .action(async (options: ListOptions, command: Command) => list(world, options, command));
  right
    .command("show")
    .argument("<request-id>")
    .description("one request: its law, its clock step by step, what was written; reading it is an entry")
    .addHelpText("after", examples("uberrima right show 0198…"))
    .action(async (requestId: string, _: unknown, command: Command) => show(world, requestId, command));
  right
    .command("rules")
    .description("the laws that grant rights, with their clocks and how far each was confirmed")
    .addHelpText("after", examples("uberrima right rules"))
    .action(async (_: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).rights.rules();
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [one.ruleId, one.confidence, one.confirmed, one.response, one.citation]);
      printTable(world.streams, ["RULE", "CONFIDENCE", "READ", "ANSWER", "CITATION"], rows);
    });
}

async function list(world: World, { assignee, answered, limit }: ListOptions, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const state = answered === true ? "answered" : "open";
  const page = await session.rights.list({ state, assignee, limit });
  if (globalsOf(command).json === true) return printJson(world.streams, page);
  const rows = page.items.map((one) => [
    one.requestId,
    one.kind,
    one.ruleId,
    one.state,
    one.isDuplicate ? "duplicate" : one.identity,
    one.isStopped ? "stopped" : one.daysLeft,
    one.assigneeId ?? "nobody",
  ]);
  printTable(world.streams, ["REQUEST", "ASKS", "RULE", "STATE", "WHO", "DAYS LEFT", "ASSIGNEE"], rows);
  for (const id of page.unverified) printLine(world.streams, `${id}: its place in the queue does not verify`);
}

async function show(world: World, requestId: string, command: Command): Promise<void> {
  const shown = await (await openSession(world, command)).rights.read(requestId);
  if (globalsOf(command).json === true) return printJson(world.streams, shown);
  const { rule, clock, due, decision } = shown;
  const call = shown.tries.findLast(({ passed }) => passed)?.callId ?? null;
  printPairs(world.streams, [
    ["request", shown.requestId],
    ["customer", shown.customerId],
    ["asks", `${shown.kind}, about ${shown.about}`],
    ["state", shown.state],
    ["identity", call === null ? shown.identity : `${shown.identity}, by the call ${call}`],
    ["law", rule === null ? shown.ruleId : `${rule.citation} (confidence ${rule.confidence}, read: ${rule.confirmed})`],
    ["due", `${due.on} (${due.what}), ${due.daysLeft} days left${due.isStopped ? ", the clock stands still" : ""}`],
    ["words", shown.words ?? ""],
    ["decision", decision === null ? "none yet" : `${decision.outcome} ${decision.ground?.code ?? ""}`],
  ]);
  printLine(world.streams, "");
  const steps = clock.steps.map(({ code, on, amount, holidays }) => [
    on,
    code,
    amount === null ? "" : `${amount.value} ${amount.unit}`,
    holidays.join(" "),
  ]);
  printTable(world.streams, ["ON", "STEP", "AMOUNT", "LEFT OUT"], steps);
  for (const { at, from, words } of shown.messages) printLine(world.streams, `${at} ${from}: ${words ?? "(erased)"}`);
}
