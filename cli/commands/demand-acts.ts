// `uberrima demand ...`: taking one in, narrowing it, telling customers later, objections, the end, and what was produced.
import { type Command, Option } from "commander";
import { demandClosing, demandNotice, demandObjection, demandOutcome } from "../../contract/demands.ts";
import { dataClass, recipientType } from "../../contract/vocabulary.ts";
import type { Client } from "../../sdk/client.ts";
import { examples, instant } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

type Draft = Parameters<Client["demands"]["takeIn"]>[0];
type Classes = Draft["named"][number]["classes"];
type Demands = Client["demands"];

interface TakeInOptions {
  readonly kind: string;
  readonly issuer: string;
  readonly reference: string;
  readonly jurisdiction: string;
  readonly recipient: Draft["recipient"]["type"];
  readonly received: string;
  readonly due?: string;
  readonly customer: readonly string[];
  readonly class: Classes;
  readonly document: string;
}

export function addDemandActs(demand: Command, world: World): void {
  addTakeIn(demand, world);
  addNarrow(demand, world);
  addNotice(demand, world);
  addDecision(demand, world, {
    verb: "object",
    description: "object to it, which stops any production at once",
    option: new Option("--ground <ground>", "why").choices(demandObjection.shape.ground.options),
    act: (demands, demandId, word) => demands.object(demandId, demandObjection.parse({ ground: word })),
  });
  addDecision(demand, world, {
    verb: "settle",
    description: "say how an objection ended: upheld closes the demand, overruled has it approved anew",
    option: new Option("--outcome <outcome>", "how").choices(demandOutcome.shape.outcome.options),
    act: (demands, demandId, word) => demands.settleObjection(demandId, demandOutcome.parse({ outcome: word })),
  });
  addDecision(demand, world, {
    verb: "close",
    description: "close it; nothing rests on it from then on",
    option: new Option("--how <how>", "how it ended").choices(demandClosing.shape.how.options),
    act: (demands, demandId, word) => demands.close(demandId, demandClosing.parse({ how: word })),
  });
  addProductions(demand, world);
}

const classes = (): Option =>
  new Option("--class <class...>", "data classes that it names").choices(dataClass.options).makeOptionMandatory();

function addTakeIn(demand: Command, world: World): void {
  demand
    .command("take-in")
    .description("register a legal demand with its scan; opens nothing")
    .requiredOption("--kind <kind>", "such as subpoena or court-order")
    .requiredOption("--issuer <name>", "the court, authority or lawyer; no customer's name")
    .requiredOption("--reference <number>", "docket or file number")
    .requiredOption("--jurisdiction <code>", "ISO 3166, such as US-NY")
    .addOption(new Option("--recipient <type>", "to whom").choices(recipientType.options).makeOptionMandatory())
    .requiredOption("--received <time>", "when it came", instant)
    .option("--due <time>", "when it is due", instant)
    .requiredOption("--customer <id...>", "customers that it names; the scan belongs to the first")
    .addOption(classes())
    .requiredOption("--document <record-id>", "the scan: a document of the first customer")
    .addHelpText(
      "after",
      examples(
        "uberrima demand take-in --kind subpoena --issuer 'District Court' --reference 2026-501 --jurisdiction US-NY \\\n" +
          "    --recipient court --received 2026-01-05 --customer 0198… --class identity contact --document 019a…",
      ),
    )
    .action(async (options: TakeInOptions, command: Command) => {
      const { demands } = await openSession(world, command);
      const made = await demands.takeIn(draftOf(options));
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["demand", made.demandId],
        ["state", made.state],
      ]);
    });
}

function draftOf({ recipient, received, due, customer, document, class: named, ...sender }: TakeInOptions): Draft {
  return {
    ...sender,
    recipient: { type: recipient },
    receivedAt: received,
    ...(due === undefined ? {} : { dueAt: due }),
    document: { customerId: customer[0] ?? "", recordId: document },
    named: customer.map((customerId) => ({ customerId, classes: [...named] })),
  };
}

function addNarrow(demand: Command, world: World): void {
  demand
    .command("narrow")
    .argument("<demand-id>")
    .requiredOption("--customer <id...>", "of whom something is produced")
    .addOption(classes())
    .description("narrow what is produced, within what the demand names; approvals are asked for anew")
    .addHelpText("after", examples("uberrima demand narrow 019c… --customer 0198… --class identity"))
    .action(async (demandId: string, options: Pick<TakeInOptions, "customer" | "class">, command: Command) => {
      const { demands } = await openSession(world, command);
      const produced = options.customer.map((customerId) => ({ customerId, classes: [...options.class] }));
      const done = await demands.narrow(demandId, { produced });
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["narrowed", done.id]]);
    });
}

interface NoticeOptions {
  readonly mode: (typeof demandNotice.shape.mode.options)[number];
  readonly ground?: string;
  readonly until?: string;
}

function addNotice(demand: Command, world: World): void {
  demand
    .command("notice")
    .argument("<demand-id>")
    .addOption(
      new Option("--mode <mode>", "when customers are told")
        .choices(demandNotice.shape.mode.options)
        .makeOptionMandatory(),
    )
    .option("--ground <ground>", "of a delay: see the rules")
    .option("--until <time>", "of a delay", instant)
    .description("settle whether and when the customers are told; later only on a ground, until a day")
    .addHelpText(
      "after",
      examples("uberrima demand notice 019c… --mode delayed --ground agency-statement --until 2026-06-30"),
    )
    .action(async (demandId: string, { mode, ground, until }: NoticeOptions, command: Command) => {
      const { demands } = await openSession(world, command);
      const delay = { ...(ground === undefined ? {} : { ground }), ...(until === undefined ? {} : { untilAt: until }) };
      const done = await demands.notice(demandId, { mode, ...delay });
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["settled", done.id]]);
    });
}

interface Decision {
  readonly verb: string;
  readonly description: string;
  readonly option: Option;
  readonly act: (demands: Demands, demandId: string, word: string) => Promise<{ readonly id: string }>;
}

function addDecision(demand: Command, world: World, { verb, description, option, act }: Decision): void {
  const [word] = option.argChoices ?? [];
  demand
    .command(verb)
    .argument("<demand-id>")
    .addOption(option.makeOptionMandatory())
    .description(description)
    .addHelpText("after", examples(`uberrima demand ${verb} 019c… ${option.long ?? ""} ${word ?? ""}`))
    .action(async (demandId: string, options: Readonly<Record<string, string>>, command: Command) => {
      const { demands } = await openSession(world, command);
      const done = await act(demands, demandId, options[option.attributeName()] ?? "");
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [[verb, done.id]]);
    });
}

function addProductions(demand: Command, world: World): void {
  demand
    .command("productions")
    .argument("<demand-id>")
    .description("list what was disclosed on it, as the ledger has it")
    .addHelpText("after", examples("uberrima demand productions 019c…"))
    .action(async (demandId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).demands.productions(demandId);
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [
        one.entryId,
        one.customerId,
        one.at,
        one.classes.join(" "),
        String(one.withheld),
      ]);
      printTable(world.streams, ["ENTRY", "CUSTOMER", "AT", "CLASSES", "WITHHELD"], rows);
    });
}
