// `uberrima data-copies ...`: copies of all that a customer may have of what is held: made, reviewed by another, and fetched to a file.
import { type Command, Option } from "commander";
import { heldDecision, packageDraft, packageFormParams, packageQuery } from "../../contract/data-copies.ts";
import { COPY_ENDINGS, COPY_FORMS } from "../../contract/file-endings.ts";
import type { Client } from "../../sdk/client.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples, oneOf } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { allPages } from "../pages.ts";
import { saveResponse } from "../save-response.ts";
import { globalsOf, openSession, type World } from "../session.ts";
import { addDataCopyOthers } from "./data-copy-others.ts";

type Face = Awaited<ReturnType<Client["dataCopies"]["ofCustomer"]>>["items"][number];
type Form = Parameters<Client["dataCopies"]["fetch"]>[1];
type State = Face["state"];
type Decision = Parameters<Client["dataCopies"]["decide"]>[1];
type Ground = Extract<Decision, { readonly release: false }>["ground"];
type Language = NonNullable<NonNullable<Parameters<Client["dataCopies"]["make"]>[1]>["language"]>;

const states = packageQuery.shape.state.unwrap();
const grounds = heldDecision.options[1].shape.ground;
const languages = packageDraft.shape.language.unwrap();
const forms = packageFormParams.shape.form;
/** The longest first: one ends as another does. */
const BY_ENDING = COPY_FORMS.toSorted((one, other) => COPY_ENDINGS[other].length - COPY_ENDINGS[one].length);

/** Which form a file is for, by how its name ends. */
const formOf = (name: string): Form | undefined => BY_ENDING.find((form) => name.endsWith(COPY_ENDINGS[form]));

export function addDataCopies(program: Command, world: World): void {
  const copies = program.command("data-copies").description("copies of all that a customer may have of what is held");
  addList(copies, world);
  addMake(copies, world);
  addShow(copies, world);
  addDecide(copies, world);
  addDataCopyOthers(copies, world);
  addFetch(copies, world);
}

interface ListOptions {
  readonly customer?: string;
  readonly state?: State;
}

function addList(copies: Command, world: World): void {
  copies
    .command("list")
    .description("the copies that can still be fetched, of a customer or of all")
    .option("--customer <customer-id>", "of this customer alone")
    .option("--state <state>", "in-review (something of it waits for a decision) or ready", oneOf(states))
    .addHelpText("after", examples("uberrima data-copies list --state in-review", "uberrima data-copies list --json"))
    .action(async ({ customer, state }: ListOptions, command: Command) => {
      const { dataCopies } = await openSession(world, command);
      const wanted = state === undefined ? {} : { state };
      const found =
        customer === undefined
          ? await allPages((page) => dataCopies.list({ ...wanted, ...page }))
          : (await dataCopies.ofCustomer(customer)).items;
      const items = found.filter((one) => state === undefined || one.state === state);
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [
        one.copyId,
        one.customerId,
        one.state,
        one.madeAt,
        one.records,
        one.papers.included,
        one.held.filter(({ decision }) => decision === null).length + one.others.waiting,
        one.fetched.length,
      ]);
      printTable(
        world.streams,
        ["COPY", "CUSTOMER", "STATE", "MADE", "RECORDS", "PAPERS", "TO DECIDE", "FETCHED"],
        rows,
      );
    });
}

interface MakeOptions {
  readonly language: Language;
  readonly request?: string;
}

function addMake(copies: Command, world: World): void {
  copies
    .command("make")
    .argument("<customer-id>")
    .description("go through all that is held and make a copy; the gate is asked in the customer's own name")
    .addOption(new Option("--language <language>", "of what is to be read").choices(languages.options).default("en"))
    .option("--request <request-id>", "the customer's request that it answers")
    .addHelpText("after", examples("uberrima data-copies make 0198… --language de"))
    .action(async (customerId: string, { language, request }: MakeOptions, command: Command) => {
      const { dataCopies } = await openSession(world, command);
      const asked = { language, ...(request === undefined ? {} : { requestId: request }) };
      shown(world, command, await dataCopies.make(customerId, asked));
    });
}

function addShow(copies: Command, world: World): void {
  copies
    .command("show")
    .argument("<customer-id>")
    .argument("<copy-id>")
    .description("one copy: what is held back of it and why, which papers go along, who fetched it")
    .addHelpText("after", examples("uberrima data-copies show 0198… 019a…"))
    .action(async (customerId: string, copyId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).dataCopies.ofCustomer(customerId);
      const found = items.find((one) => one.copyId === copyId);
      if (found === undefined)
        throw new CliError("there is no such copy, or its time is over", {
          next: `uberrima data-copies list --customer ${customerId}`,
        });
      shown(world, command, found);
    });
}

interface DecideOptions {
  readonly unit: string;
  readonly release?: boolean;
  readonly withhold?: Ground;
}

function addDecide(copies: Command, world: World): void {
  copies
    .command("decide")
    .argument("<customer-id>")
    .argument("<copy-id>")
    .description("release or withhold what is held back of one policy or claim; never by who made the copy")
    .requiredOption("--unit <unit-id>", "the policy or claim that it is held back of")
    .option("--release", "as far as the policies let you disclose it to the person")
    .option("--withhold <ground>", "by which law it is withheld", oneOf(grounds))
    .addHelpText(
      "after",
      examples(
        "uberrima data-copies decide 0198… 019a… --unit 019b… --withhold claim-privilege",
        "uberrima data-copies decide 0198… 019a… --unit 019b… --release",
      ),
    )
    .action(async (customerId: string, copyId: string, options: DecideOptions, command: Command) => {
      const { unit: unitId, release = false, withhold: ground } = options;
      if (release === (ground !== undefined))
        throw new CliError("say either --release or --withhold", { exitCode: EXIT.usage });
      const { dataCopies } = await openSession(world, command);
      const decision: Decision = ground === undefined ? { unitId, release: true } : { unitId, release: false, ground };
      shown(world, command, await dataCopies.decide({ customerId, copyId }, decision));
    });
}

function addFetch(copies: Command, world: World): void {
  copies
    .command("fetch")
    .argument("<customer-id>")
    .argument("<copy-id>")
    .description("write a copy to a new owner-only file, to send it; fetching it is an entry of the ledger")
    .requiredOption("--out <file>", "a new file")
    .option(
      "--form <form>",
      "by default how the file's name ends: .zip is an archive of all with the papers",
      oneOf(forms),
    )
    .addHelpText(
      "after",
      examples(
        "uberrima data-copies fetch 0198… 019a… --out copy.zip",
        "uberrima data-copies fetch 0198… 019a… --out copy.fhir.json",
      ),
    )
    .action(
      async (
        customerId: string,
        copyId: string,
        options: { readonly out: string; readonly form?: Form },
        command: Command,
      ) => {
        const { out } = options;
        const form = options.form ?? formOf(out);
        if (form === undefined)
          throw new CliError("what form the file is to have is not clear from its name", {
            exitCode: EXIT.usage,
            next: `Use --form, or end it in ${Object.values(COPY_ENDINGS).join(", ")}.`,
          });
        const { dataCopies } = await openSession(world, command);
        await saveResponse(out, () => dataCopies.fetch({ customerId, copyId }, form));
        if (globalsOf(command).json === true) printJson(world.streams, { copyId, form, file: out });
        else printPairs(world.streams, [["file", out]]);
      },
    );
}

function shown(world: World, command: Command, face: Face): void {
  if (globalsOf(command).json === true) return printJson(world.streams, face);
  const { papers } = face;
  const leftOut = papers.leftOut.map(({ why, count }) => `, ${count} left out (${why})`);
  printPairs(world.streams, [
    ["copy", face.copyId],
    ["customer", face.customerId],
    ["state", face.state],
    ["made", `${face.madeAt} by ${face.madeBy}`],
    ["until", face.expiresAt],
    ["records", face.records],
    ["papers", `${papers.included}${leftOut.join("")}`],
    ["may name others", `${face.others.records}, ${face.others.waiting} to read`],
    ["fetched", face.fetched.length],
  ]);
  if (face.held.length === 0) return;
  printLine(world.streams, "");
  const rows = face.held.map(({ unitId, type, records, why, decision }) => [
    unitId,
    type,
    records,
    why,
    decision === null ? "to decide" : (decision.ground ?? "released"),
  ]);
  printTable(world.streams, ["UNIT", "HELD BACK", "RECORDS", "WHY", "DECISION"], rows);
}
