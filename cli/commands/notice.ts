// `uberrima notice ...`: rounds of a notice to everybody to whom it is due, approved by another person, and what became of each.
import { setTimeout as pause } from "node:timers/promises";
import { Presets, SingleBar } from "cli-progress";
import type { Command } from "commander";
import type { Client } from "../../sdk/client.ts";
import { CliError } from "../exit.ts";
import { examples } from "../options.ts";
import { type Cell, printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

type Round = Awaited<ReturnType<Client["noticeRounds"]["get"]>>;

const POLL_MS = 500;
const CUSTOMERS_SHOWN = 50;

export function addNotice(program: Command, world: World): void {
  const notice = program.command("notice").description("give a privacy notice to everybody to whom it is due");
  addPreview(notice, world);
  addReading(notice, world);
  addDeciding(notice, world);
}

function addPreview(notice: Command, world: World): void {
  notice
    .command("preview")
    .argument("<notice>", "as in governance/sharing/notices.yaml: glba, hipaa ...")
    .description("have the server find to whom it is due; sends nothing, and another person approves what it finds")
    .requiredOption("--reason <text>", "what for; name no person")
    .addHelpText("after", examples('uberrima notice preview glba --reason "yearly notices"'))
    .action(async (code: string, { reason }: { readonly reason: string }, command: Command) => {
      const session = await openSession(world, command);
      const { roundId } = await session.noticeRounds.ask({ notice: code, reason });
      print(world, command, await follow(world, session, roundId, "previewing"));
    });
}

function addReading(notice: Command, world: World): void {
  notice
    .command("status")
    .argument("[round-id]", "all of them when left out")
    .description("what was found, who decided, how far the sending is")
    .addHelpText("after", examples("uberrima notice status", "uberrima notice status 0198…"))
    .action(async (roundId: string | undefined, _: unknown, command: Command) => {
      const { noticeRounds } = await openSession(world, command);
      if (roundId !== undefined) return print(world, command, await noticeRounds.get(roundId));
      const { items } = await noticeRounds.list({ limit: 200 });
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one): Cell[] => [
        one.roundId,
        one.notice,
        one.state,
        one.found?.due ?? null,
        one.ended?.sent ?? null,
        one.asked.at,
        one.reason,
      ]);
      printTable(world.streams, ["ROUND", "NOTICE", "STATE", "DUE", "SENT", "ASKED", "WHAT FOR"], rows);
    });
  notice
    .command("customers")
    .argument("<round-id>")
    .description("to whom it is due, why and by which way; what was sent, and the proof of it")
    .addHelpText("after", examples("uberrima notice customers 0198…"))
    .action(async (roundId: string, _: unknown, command: Command) => {
      const { noticeRounds } = await openSession(world, command);
      const found = await noticeRounds.customers(roundId, { limit: CUSTOMERS_SHOWN });
      if (globalsOf(command).json === true) return printJson(world.streams, found);
      const rows = found.items.map((one): Cell[] => [
        one.customerId,
        one.why,
        one.sentBy ?? one.channel,
        one.language,
        one.outcome ?? one.reason,
        one.left,
        one.proof?.state ?? null,
        one.proof?.at ?? null,
      ]);
      printTable(world.streams, ["CUSTOMER", "WHY", "BY", "LANGUAGE", "WHAT", "WHY NOT", "PROOF", "SINCE"], rows);
    });
}

interface Decision {
  readonly digest: string;
  readonly refuse?: boolean;
}

function addDeciding(notice: Command, world: World): void {
  notice
    .command("approve")
    .argument("<round-id>")
    .description("approve, or refuse, just the preview that you looked at; what is in the post comes back to nobody")
    .requiredOption("--digest <sha256>", "the preview's digest, as `uberrima notice status` printed it")
    .option("--refuse", "refuse it instead")
    .addHelpText("after", examples("uberrima notice approve 0198… --digest 9f2c…"))
    .action(async (roundId: string, { digest, refuse }: Decision, command: Command) => {
      const { noticeRounds } = await openSession(world, command);
      print(world, command, await noticeRounds.decide(roundId, { approve: refuse !== true, digest }));
    });
  notice
    .command("withdraw")
    .argument("<round-id>")
    .description("withdraw what nobody has approved yet")
    .addHelpText("after", examples("uberrima notice withdraw 0198…"))
    .action(async (roundId: string, _: unknown, command: Command) => {
      print(world, command, await (await openSession(world, command)).noticeRounds.withdraw(roundId));
    });
  notice
    .command("run")
    .argument("<round-id>")
    .description("follow an approved round to its end; the server does it whether or not anybody follows")
    .addHelpText("after", examples("uberrima notice run 0198…"))
    .action(async (roundId: string, _: unknown, command: Command) => {
      const done = await follow(world, await openSession(world, command), roundId, "approved");
      if (done.state !== "complete") throw new CliError(`this round is ${done.state}: nothing is sent`);
      print(world, command, done);
    });
}

/** Until it leaves the state; the bar goes to standard error, where that is a terminal. */
async function follow(world: World, { noticeRounds }: Client, roundId: string, state: Round["state"]): Promise<Round> {
  const bar = new SingleBar(
    {
      format: `${state === "approved" ? "sending" : "looking"} {bar} {percentage}% | {value} of {total} | {eta_formatted} left`,
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
      const round = await noticeRounds.get(roundId);
      if (round.progress !== null) {
        bar.setTotal(Math.max(1, round.progress.total));
        bar.update(round.progress.done);
      }
      if (round.state !== state) return round;
      await pause(POLL_MS);
    }
  } finally {
    bar.stop();
  }
}

function print(world: World, command: Command, round: Round): void {
  if (globalsOf(command).json === true) return printJson(world.streams, round);
  const { roundId, notice, state, found, progress, ended } = round;
  printPairs(world.streams, [
    ["round", roundId],
    ["notice", notice],
    ["state", state],
    ...(found === null ? [] : foundPairs(found)),
    ...(progress === null || ended !== null ? [] : [["done", `${progress.done} of ${progress.total}`] as const]),
    ...(ended === null ? [] : [["sent", ended.sent] as const, ["not sent", ended.left] as const]),
    ...counted("  not sent", ended?.leftBy ?? []),
  ]);
}

type Pairs = (readonly [string, Cell])[];

function counted(what: string, counts: readonly { readonly name: string; readonly count: number }[]): Pairs {
  return counts.map(({ name, count }) => [`${what}: ${name}`, count] as const);
}

function foundPairs(found: NonNullable<Round["found"]>): Pairs {
  return [
    ["digest", found.digest],
    ["version", found.version],
    ["looked at", found.judged],
    ["due", found.due],
    ...counted("  because", found.byWhy),
    ...counted("  under", found.byLaw),
    ...counted("  by", found.byChannel),
    ...counted("  in", found.byLanguage),
    ["due, for another round", found.dueBeyond],
    ["protected", found.protected],
    ["due and not written to", found.blocked],
    ...counted("  not", found.blockedBy),
  ];
}
