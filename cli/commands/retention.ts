// `uberrima retention ...`: what falls due by the schedule, its approval by another person, the run and its certificate.
import { writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { Presets, SingleBar } from "cli-progress";
import { type Command, InvalidArgumentError } from "commander";
import type { Client } from "../../sdk/client.ts";
import { CliError } from "../exit.ts";
import { examples } from "../options.ts";
import { type Cell, printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

type Disposal = Awaited<ReturnType<Client["disposals"]["get"]>>;
type Unit = Awaited<ReturnType<Client["disposals"]["units"]>>["items"][number];

const POLL_MS = 500;
const UNITS_SHOWN = 50;

export function addRetention(program: Command, world: World): void {
  const retention = program.command("retention").description("dispose of what nobody may or need keep any longer");
  addSchedule(retention, world);
  addPreview(retention, world);
  addReading(retention, world);
  addDeciding(retention, world);
  addRun(retention, world);
}

function addSchedule(retention: Command, world: World): void {
  retention
    .command("schedule")
    .description("the schedule in force: our own lines, periods of records, duties of law")
    .addHelpText("after", examples("uberrima retention schedule"))
    .action(async (_: unknown, command: Command) => {
      const found = await (await openSession(world, command)).disposals.schedule();
      if (globalsOf(command).json === true) return printJson(world.streams, found);
      const rows = found.rules.map((rule): Cell[] => [
        rule.source,
        rule.id,
        rule.units?.join(" ") ?? "any",
        rule.jurisdictions?.join(" ") ?? "any",
        rule.years,
        rule.from,
        rule.confidence,
        rule.citation,
      ]);
      const headings = ["WHOSE", "RULE", "UNITS", "WHERE", "YEARS", "FROM", "CONFIDENCE", "CITATION"];
      printTable(world.streams, headings, rows);
    });
}

function addPreview(retention: Command, world: World): void {
  retention
    .command("preview")
    .description("have the server judge every unit; erases nothing, and another person approves what it finds")
    .requiredOption("--reason <text>", "what for; name no person")
    .addHelpText("after", examples('uberrima retention preview --reason "yearly disposal"'))
    .action(async ({ reason }: { readonly reason: string }, command: Command) => {
      const session = await openSession(world, command);
      const { disposalId } = await session.disposals.ask({ reason });
      print(world, command, await follow(world, session, disposalId, "previewing"));
    });
}

function addReading(retention: Command, world: World): void {
  retention
    .command("status")
    .argument("[disposal-id]", "all of them when left out")
    .description("what was found, who decided, how far the run is")
    .addHelpText("after", examples("uberrima retention status", "uberrima retention status 0198…"))
    .action(async (disposalId: string | undefined, _: unknown, command: Command) => {
      const { disposals } = await openSession(world, command);
      if (disposalId !== undefined) return print(world, command, await disposals.get(disposalId));
      const { items } = await disposals.list({ limit: 200 });
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one): Cell[] => [
        one.disposalId,
        one.state,
        one.found?.due ?? null,
        one.ended?.erased ?? null,
        one.asked.at,
        one.reason,
      ]);
      printTable(world.streams, ["DISPOSAL", "STATE", "DUE", "ERASED", "ASKED", "WHAT FOR"], rows);
    });
  retention
    .command("units")
    .argument("<disposal-id>")
    .description("the units of a preview: what is due, what stays and why, and what became of each")
    .option("--verdict <verdict>", "only due, blocked or unjudged", verdictOf)
    .option("--to <file>", "write all of them into a file instead, for whoever approves: .csv, or .pdf to be printed")
    .addHelpText(
      "after",
      examples("uberrima retention units 0198… --verdict blocked", "uberrima retention units 0198… --to preview.pdf"),
    )
    .action(async (disposalId: string, { to, ...options }: UnitOptions, command: Command) => {
      const { disposals } = await openSession(world, command);
      if (to !== undefined) {
        const listing = await disposals.listing(disposalId, to.endsWith(".pdf") ? "pdf" : "csv");
        return writeFile(to, Buffer.from(await listing.arrayBuffer()));
      }
      const found = await disposals.units(disposalId, { ...options, limit: UNITS_SHOWN });
      if (globalsOf(command).json === true) return printJson(world.streams, found);
      const rows = found.items.map((one): Cell[] => [
        one.verdict,
        one.unitId,
        one.kind,
        one.business,
        one.dueOn,
        one.rule,
        one.outcome ?? one.reason,
        one.left,
      ]);
      const headings = ["VERDICT", "UNIT", "KIND", "LINE", "KEPT UNTIL", "RULE", "WHAT", "WHY LEFT"];
      printTable(world.streams, headings, rows);
    });
}

interface UnitOptions {
  readonly verdict?: Unit["verdict"];
  readonly to?: string;
}

function verdictOf(text: string): Unit["verdict"] {
  if (text === "due" || text === "blocked" || text === "unjudged") return text;
  throw new InvalidArgumentError("due, blocked or unjudged");
}

interface Decision {
  readonly digest: string;
  readonly refuse?: boolean;
}

function addDeciding(retention: Command, world: World): void {
  retention
    .command("approve")
    .argument("<disposal-id>")
    .description("approve, or refuse, just the preview that you looked at; nothing brings back what is then erased")
    .requiredOption("--digest <sha256>", "the preview's digest, as `uberrima retention status` printed it")
    .option("--refuse", "refuse it instead")
    .addHelpText("after", examples("uberrima retention approve 0198… --digest 9f2c…"))
    .action(async (disposalId: string, { digest, refuse }: Decision, command: Command) => {
      const { disposals } = await openSession(world, command);
      print(world, command, await disposals.decide(disposalId, { approve: refuse !== true, digest }));
    });
  retention
    .command("withdraw")
    .argument("<disposal-id>")
    .description("withdraw what nobody has approved yet")
    .addHelpText("after", examples("uberrima retention withdraw 0198…"))
    .action(async (disposalId: string, _: unknown, command: Command) => {
      print(world, command, await (await openSession(world, command)).disposals.withdraw(disposalId));
    });
}

function addRun(retention: Command, world: World): void {
  retention
    .command("run")
    .argument("<disposal-id>")
    .description("follow an approved run to its end; the server does it whether or not anybody follows")
    .option("--to <file>", "then write the certificate of the run, with its proof, into a file")
    .addHelpText("after", examples("uberrima retention run 0198… --to disposal.json"))
    .action(async (disposalId: string, { to }: { readonly to?: string }, command: Command) => {
      const session = await openSession(world, command);
      const done = await follow(world, session, disposalId, "approved");
      if (done.state !== "complete") throw new CliError(`this disposal is ${done.state}: there is no run of it`);
      if (to !== undefined) {
        const certificate = await session.disposals.certificate(disposalId);
        await writeFile(to, `${JSON.stringify(certificate, null, 2)}\n`);
      }
      print(world, command, done);
    });
}

/** Until it leaves the state; the bar goes to standard error, where that is a terminal. */
async function follow(
  world: World,
  { disposals }: Client,
  disposalId: string,
  state: Disposal["state"],
): Promise<Disposal> {
  const bar = new SingleBar(
    {
      format: `${state === "approved" ? "disposing" : "judging"} {bar} {percentage}% | {value} of {total} units | {eta_formatted} left`,
      stream: world.streams.errors as NodeJS.WritableStream,
      noTTYOutput: false,
      clearOnComplete: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0);
  try {
    for (;;) {
      const disposal = await disposals.get(disposalId);
      if (disposal.progress !== null) {
        bar.setTotal(Math.max(1, disposal.progress.total));
        bar.update(disposal.progress.done);
      }
      if (disposal.state !== state) return disposal;
      await pause(POLL_MS);
    }
  } finally {
    bar.stop();
  }
}

function print(world: World, command: Command, disposal: Disposal): void {
  if (globalsOf(command).json === true) return printJson(world.streams, disposal);
  const { disposalId, state, found, progress, ended } = disposal;
  printPairs(world.streams, [
    ["disposal", disposalId],
    ["state", state],
    ...(found === null ? [] : foundPairs(found)),
    ...(progress === null || ended !== null ? [] : [["done", `${progress.done} of ${progress.total}`] as const]),
    ...(ended === null ? [] : [["erased", ended.erased] as const, ["left", ended.left] as const]),
    ...(ended?.leftBy ?? []).map(({ name, count }) => [`  left: ${name}`, count] as const),
  ]);
}

function foundPairs(found: NonNullable<Disposal["found"]>): (readonly [string, Cell])[] {
  const { judged, due, dueBeyond, blocked, unjudged, digest } = found;
  return [
    ["digest", digest],
    ["judged", judged],
    ["due", due],
    ["due, for another run", dueBeyond],
    ["due and kept", blocked],
    ...found.blockedBy.map(({ name, count }) => [`  kept: ${name}`, count] as const),
    ["cannot be judged", unjudged],
    ...found.unjudgedBy.map(({ name, count }) => [`  not judged: ${name}`, count] as const),
  ];
}
