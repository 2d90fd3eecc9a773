// `uberrima hold ...`: legal holds by matter, and what forbids an erasure.
import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { holdDraft } from "../../contract/holds.ts";
import type { Client } from "../../sdk/client.ts";
import { examples } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

type Hold = Awaited<ReturnType<Client["holds"]["get"]>>;
type Ground = Hold["ground"];

interface PlaceOptions {
  readonly reference: string;
  readonly ground: Ground;
  readonly reason: string;
  readonly customer: readonly string[];
  readonly unit?: readonly string[];
}

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

export function addHold(program: Command, world: World): void {
  const hold = program.command("hold").description("legal holds: nothing under one is erased");
  addPlace(hold, world);
  addReading(hold, world);
  addRelease(hold, world);
}

function addPlace(hold: Command, world: World): void {
  hold
    .command("place")
    .description("put customers, or single policies and claims of one customer, under a hold")
    .requiredOption("--reference <text>", "the matter's number in the legal department's books")
    .addOption(new Option("--ground <ground>", "why").choices(holdDraft.shape.ground.options).makeOptionMandatory())
    .requiredOption("--reason <text>", "about the matter; every process here can see it, so name no person")
    .requiredOption("--customer <id>", "a customer; repeat it for more", collect)
    .option("--unit <id>", "only this policy or claim of the customer; repeat it for more", collect)
    .addHelpText(
      "after",
      examples(
        'uberrima hold place --reference L-2026-14 --ground litigation-expected --reason "demand letter" --customer 0198…',
      ),
    )
    .action(async ({ customer, unit, ...draft }: PlaceOptions, command: Command) => {
      const [only = ""] = customer;
      const places =
        unit === undefined
          ? customer.map((customerId) => ({ customerId }))
          : unit.map((unitId) => ({ customerId: only, unitId }));
      print(world, command, await (await openSession(world, command)).holds.place({ ...draft, places }));
    });
}

function addReading(hold: Command, world: World): void {
  hold
    .command("list")
    .description("the holds in force and those released")
    .addHelpText("after", examples("uberrima hold list"))
    .action(async (_: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).holds.list({ limit: 200 });
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [
        one.holdId,
        one.state,
        one.reference,
        one.ground,
        one.places.length,
        one.placedAt,
      ]);
      printTable(world.streams, ["HOLD", "STATE", "MATTER", "GROUND", "PLACES", "PLACED"], rows);
    });
  hold
    .command("check")
    .argument("<customer-id>")
    .description("what forbids erasing a customer now: holds, duties to keep, open claims and investigations")
    .option("--unit <unit-id>", "only this policy, claim or other unit")
    .addHelpText("after", examples("uberrima hold check 0198…"))
    .action(async (customerId: string, options: { readonly unit?: string }, command: Command) => {
      const found = await (await openSession(world, command)).erasures.check(customerId, options.unit);
      if (globalsOf(command).json === true) return printJson(world.streams, found);
      if (found.mayErase) return printLine(world.streams, "nothing forbids it");
      const rows = found.obstacles.map((one) => [
        one.kind,
        one.until ?? "no end known",
        one.unitId ?? "whole customer",
        one.confidence,
        one.citation,
      ]);
      printTable(world.streams, ["WHAT", "UNTIL", "UNIT", "CONFIDENCE", "LAW"], rows);
    });
}

/** `uberrima certificate`: beside holds, since both are about what is erased and what is not. */
export function addCertificate(program: Command, world: World): void {
  program
    .command("certificate")
    .argument("<erasure-id>")
    .description("write the certificate of a final erasure with its proof; a file that ends in .pdf is the paper form")
    .requiredOption("--to <file>", "where to")
    .addHelpText("after", examples("uberrima certificate 0198… --to erasure.json"))
    .action(async (erasureId: string, { to }: { readonly to: string }, command: Command) => {
      const { erasures } = await openSession(world, command);
      const isPaper = to.endsWith(".pdf");
      const written = isPaper
        ? await erasures.print(erasureId)
        : `${JSON.stringify(await erasures.certificate(erasureId), null, 2)}\n`;
      await writeFile(to, written);
      if (globalsOf(command).json === true) printJson(world.streams, { file: to });
      else printPairs(world.streams, [["written", to]]);
    });
}

function addRelease(hold: Command, world: World): void {
  hold
    .command("release")
    .argument("<hold-id>")
    .description("ask for the release of a hold; another person decides")
    .requiredOption("--reason <text>", "why it is no longer needed; name no person")
    .addHelpText("after", examples('uberrima hold release 0198… --reason "settled"'))
    .action(async (holdId: string, { reason }: { readonly reason: string }, command: Command) => {
      print(world, command, await (await openSession(world, command)).holds.askRelease(holdId, { reason }));
    });
  hold
    .command("decide")
    .argument("<hold-id>")
    .description("approve or refuse a release that somebody else asked for")
    .option("--approve", "release it")
    .option("--refuse", "keep it")
    .addHelpText("after", examples("uberrima hold decide 0198… --approve"))
    .action(
      async (holdId: string, options: { readonly approve?: boolean; readonly refuse?: boolean }, command: Command) => {
        if ((options.approve === true) === (options.refuse === true))
          return command.error("error: say either --approve or --refuse", { exitCode: 2 });
        const session = await openSession(world, command);
        print(world, command, await session.holds.decideRelease(holdId, options.approve === true));
      },
    );
}

function print(world: World, command: Command, hold: Hold): void {
  if (globalsOf(command).json === true) return printJson(world.streams, hold);
  const { holdId, state, reference, ground, places } = hold;
  printPairs(world.streams, Object.entries({ holdId, state, reference, ground, places: places.length }));
}
