// `uberrima demand ...`: what courts and authorities ask for.
import { type Command, Option } from "commander";
import { demandState } from "../../contract/demands.ts";
import { examples } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";
import { addDemandActs } from "./demand-acts.ts";

type State = (typeof demandState.options)[number];

export function addDemand(program: Command, world: World): void {
  const demand = program.command("demand").description("subpoenas, orders, examinations and other legal demands");
  addList(demand, world);
  addShow(demand, world);
  addCheck(demand, world);
  addVerbs(demand, world);
  addDemandActs(demand, world);
}

function addList(demand: Command, world: World): void {
  demand
    .command("list")
    .description("list legal demands, oldest first")
    .addOption(new Option("--state <state>", "only these").choices(demandState.options))
    .addHelpText("after", examples("uberrima demand list --state open"))
    .action(async ({ state }: { readonly state?: State }, command: Command) => {
      const { demands } = await openSession(world, command);
      const { items } = await demands.list({ ...(state === undefined ? {} : { state }), limit: 200 });
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [one.demandId, one.kind, one.state, one.issuer, one.reference, one.dueAt]);
      printTable(world.streams, ["DEMAND", "KIND", "STATE", "ISSUER", "REFERENCE", "DUE"], rows);
    });
}

function addShow(demand: Command, world: World): void {
  demand
    .command("show")
    .argument("<demand-id>")
    .description("show a demand's checks and approvals")
    .addHelpText("after", examples("uberrima demand show 019c…"))
    .action(async (demandId: string, _: unknown, command: Command) => {
      const one = await (await openSession(world, command)).demands.read(demandId);
      if (globalsOf(command).json === true) return printJson(world.streams, one);
      printPairs(world.streams, [
        ["kind", one.kind],
        ["state", one.state],
        ["approvals", String(one.approvals.length)],
        ["produced until", one.untilAt ?? "-"],
        ["customers told", one.notice?.mode ?? "not settled"],
      ]);
      const rows = one.checks.map(({ id, answer, text }) => [id, answer ?? "open", text.en]);
      printTable(world.streams, ["CHECK", "ANSWER", "WHAT"], rows);
    });
}

function addCheck(demand: Command, world: World): void {
  demand
    .command("check")
    .argument("<demand-id>")
    .argument("<check>")
    .addOption(
      new Option("--answer <answer>", "how it is").choices(["met", "not-applicable", "failed"]).makeOptionMandatory(),
    )
    .description("answer a check; an open or failed one blocks approval")
    .addHelpText("after", examples("uberrima demand check 019c… authentic --answer met"))
    .action(async (demandId: string, id: string, options: CheckOptions, command: Command) => {
      const { demands } = await openSession(world, command);
      const done = await demands.check(demandId, { id, answer: options.answer });
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["checked", done.id]]);
    });
}

interface CheckOptions {
  readonly answer: "met" | "not-applicable" | "failed";
}

const VERBS = {
  review: "say that privilege and 42 CFR Part 2 were reviewed, as another person than who took it in",
  approve: "approve what is to be produced, as one of two others than who took it in",
  tell: "tell the customers by letter",
} as const;

function addVerbs(demand: Command, world: World): void {
  for (const verb of ["review", "approve", "tell"] as const)
    demand
      .command(verb)
      .argument("<demand-id>")
      .description(VERBS[verb])
      .addHelpText("after", examples(`uberrima demand ${verb} 019c…`))
      .action(async (demandId: string, _: unknown, command: Command) => {
        const { demands } = await openSession(world, command);
        const done = await demands[verb](demandId);
        if (globalsOf(command).json === true) return printJson(world.streams, done);
        printPairs(world.streams, [[verb, done.id]]);
      });
}
