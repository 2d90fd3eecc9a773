// `uberrima data-copies others ...`: what of a copy may name other people: listed, read, and released, struck or kept back by somebody who did not make it.
import { type Command, InvalidArgumentError } from "commander";
import { heldOutcome } from "../../contract/data-copies.ts";
import type { Client } from "../../sdk/client.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples, oneOf, wholeNumber } from "../options.ts";
import { type Cell, printJson, printLine, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

type Copies = Client["dataCopies"];
type Held = Awaited<ReturnType<Copies["others"]>>["items"][number];
type Reading = Awaited<ReturnType<Copies["readOthers"]>>;
type Outcome = Parameters<Copies["decideOthers"]>[1];
type Strike = NonNullable<Extract<Outcome, { readonly release: true }>["strikes"]>[number];
type Ground = Extract<Outcome, { readonly release: false }>["ground"];

const grounds = heldOutcome.options[1].shape.ground;
const REVISION_MAX = 999_999_999;
const STRIKE = /^([a-z][a-z0-9-]*):(\d{1,7})-(\d{1,7})$/;

export function addDataCopyOthers(copies: Command, world: World): void {
  addOthers(copies, world);
  addRead(copies, world);
  addDecide(copies, world);
}

function addOthers(copies: Command, world: World): void {
  copies
    .command("others")
    .argument("<customer-id>")
    .argument("<copy-id>")
    .description("what of a copy may name other people, and what was decided of each; opens nothing")
    .addHelpText("after", examples("uberrima data-copies others 0198… 019a…"))
    .action(async (customerId: string, copyId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).dataCopies.others({ customerId, copyId });
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [one.recordId, one.unitId, one.type, one.fields.join(" "), decisionOf(one)]);
      printTable(world.streams, ["RECORD", "UNIT", "TYPE", "FIELDS", "DECISION"], rows);
    });
}

function addRead(copies: Command, world: World): void {
  copies
    .command("read-others")
    .argument("<customer-id>")
    .argument("<copy-id>")
    .argument("<record-id>")
    .description(
      "read one of them in clear, with what may be struck out; an entry of the ledger, never by who made the copy",
    )
    .addHelpText("after", examples("uberrima data-copies read-others 0198… 019a… 019c…"))
    .action(async (...given: [string, string, string, unknown, Command]) => {
      const [customerId, copyId, recordId, , command] = given;
      const { dataCopies } = await openSession(world, command);
      const reading = await dataCopies.readOthers({ customerId, copyId, recordId });
      if (globalsOf(command).json === true) return printJson(world.streams, reading);
      shownReading(world, reading);
    });
}

function shownReading({ streams }: World, { recordId, unitId, type, revision, disclosureId, texts }: Reading): void {
  printPairs(streams, [
    ["record", recordId],
    ["unit", unitId],
    ["type", type],
    ["revision", revision],
    ["entry", disclosureId],
    ...texts.map(({ name, value }) => [name, value] as const),
  ]);
  const rows = texts.flatMap(({ name, value, proposals }) =>
    proposals.map(({ from, to, why }): Cell[] => [`${name}:${from}-${to}`, why, value.slice(from, to)]),
  );
  if (rows.length === 0) return;
  printLine(streams, "");
  printTable(streams, ["MAY BE STRUCK", "WHY", "TEXT"], rows);
}

interface DecideOptions {
  readonly release?: boolean;
  readonly revision?: number;
  readonly strike?: readonly Strike[];
  readonly instead?: string;
  readonly keepBack?: Ground;
}

function addDecide(copies: Command, world: World): void {
  copies
    .command("decide-others")
    .argument("<customer-id>")
    .argument("<copy-id>")
    .argument("<record-id>")
    .description(
      "release one of them, release it with passages struck out, or keep it back; never by who made the copy",
    )
    .option("--release", "it goes along, without what --strike names")
    .option("--revision <number>", "with --release: of the record, as it was read", wholeNumber(REVISION_MAX))
    .option(
      "--strike <field:from-to>",
      "with --release: a passage, by its places as read-others shows them (from the first character to the one after the last); may be repeated. " +
        "Places and not words: words would stay in your shell's history",
      strikes,
    )
    .option("--instead <record-id>", "with --release of a paper: its redacted copy, filed in the same place")
    .option("--keep-back <ground>", "by which law it is kept back", oneOf(grounds))
    .addHelpText(
      "after",
      examples(
        "uberrima data-copies decide-others 0198… 019a… 019c… --release --revision 1",
        "uberrima data-copies decide-others 0198… 019a… 019c… --release --revision 1",
        "  --strike narrative:15-33 --strike narrative:61-75",
        "uberrima data-copies decide-others 0198… 019a… 019c… --keep-back others-rights",
      ),
    )
    .action(async (...given: [string, string, string, DecideOptions, Command]) => {
      const [customerId, copyId, recordId, options, command] = given;
      const outcome = outcomeOf(options);
      const { dataCopies } = await openSession(world, command);
      const decided = await dataCopies.decideOthers({ customerId, copyId, recordId }, outcome);
      if (globalsOf(command).json === true) return printJson(world.streams, decided);
      printPairs(world.streams, [
        ["record", decided.recordId],
        ["unit", decided.unitId],
        ["decision", decisionOf(decided)],
      ]);
    });
}

function outcomeOf({ release = false, revision, strike, instead, keepBack: ground }: DecideOptions): Outcome {
  const usage = (message: string): CliError => new CliError(message, { exitCode: EXIT.usage });
  if (release === (ground !== undefined)) throw usage("say either --release or --keep-back");
  const ofRelease = [revision, strike, instead].some((one) => one !== undefined);
  if (ground !== undefined) {
    if (ofRelease) throw usage("--revision, --strike and --instead go with --release");
    return { release: false, ground };
  }
  if (revision === undefined) throw usage("say --revision as well: the one that read-others showed");
  return {
    release: true,
    revision,
    strikes: [...(strike ?? [])],
    ...(instead === undefined ? {} : { insteadId: instead }),
  };
}

function strikes(text: string, before: readonly Strike[] = []): Strike[] {
  const [, field, from, to] = STRIKE.exec(text) ?? [];
  if (field === undefined) throw new InvalidArgumentError("must be field:from-to, such as narrative:15-33");
  return [...before, { field, from: Number(from), to: Number(to) }];
}

function decisionOf({ decision }: Pick<Held, "decision">): string {
  if (decision === null) return "to decide";
  if (decision.ground !== null) return decision.ground;
  const struck = decision.struck === 0 ? "" : `, ${decision.struck} passages struck out`;
  return `released${struck}${decision.insteadId === null ? "" : `, ${decision.insteadId} instead`}`;
}
