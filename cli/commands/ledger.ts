// `uberrima accounting`, `seen-by`, `receipt`, `log`: the ledger read back.
import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { customerDocumentParams, customerDocumentQuery } from "../../contract/accounting.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples, instant, oneOf } from "../options.ts";
import { allPages } from "../pages.ts";
import { type Cell, printJson, printLine, printPairs, printTable } from "../output.ts";
import { saveResponse } from "../save-response.ts";
import { globalsOf, openPublicSession, openSession, type World } from "../session.ts";

const forms = customerDocumentParams.shape.form;
const laws = customerDocumentQuery.shape.law.unwrap();
const languages = customerDocumentQuery.shape.language.unwrap();
type Law = (typeof laws.options)[number];
type Language = (typeof languages.options)[number];

interface AccountingOptions {
  readonly out?: string;
  readonly law?: Law;
  readonly language: Language;
}

function addAccounting(program: Command, world: World): void {
  program
    .command("accounting")
    .argument("<customer-id>")
    .description("to whom, when, what and why: a customer's accounting of disclosures, shown or written as a document")
    .option("--out <file>", "a new owner-only file, ending in .pdf, .html, .csv or .json: the customer's own list")
    .option("--law <law>", "by which law, or timeline; by default the one that fits", oneOf(laws))
    .addOption(new Option("--language <language>", "of the document").choices(languages.options).default("en"))
    .addHelpText(
      "after",
      examples(
        "uberrima accounting 0198… --json",
        "uberrima accounting 0198… --law hipaa --language es --out list.pdf",
      ),
    )
    .action(async (customerId: string, options: AccountingOptions, command: Command) => {
      if (options.out !== undefined) return writeDocument(world, command, { customerId, ...options, out: options.out });
      if (options.law !== undefined)
        throw new CliError("a law's list is written to a file", { exitCode: EXIT.usage, next: "Use --out list.pdf." });
      const session = await openSession(world, command);
      const items = await allPages((page) => session.ledger.accounting(customerId, page));
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [
        each.at,
        each.kind,
        each.outcome,
        each.actorRole,
        each.purpose,
        each.classes.join(","),
      ]);
      printTable(world.streams, ["WHEN", "WHAT", "OUTCOME", "WHO", "WHY", "CLASSES"], rows);
    });
}

async function writeDocument(
  world: World,
  command: Command,
  { customerId, out, law, language }: AccountingOptions & { readonly customerId: string; readonly out: string },
): Promise<void> {
  const form = forms.safeParse(out.slice(out.lastIndexOf(".") + 1)).data;
  if (form === undefined)
    throw new CliError(`the file must end in one of: ${forms.options.map((name) => `.${name}`).join(", ")}`, {
      exitCode: EXIT.usage,
      next: "Use --out list.pdf.",
    });
  const { ledger } = await openSession(world, command);
  const asked = { language, ...(law === undefined ? {} : { law }) };
  await saveResponse(out, () => ledger.accountingDocument(customerId, form, asked));
  if (globalsOf(command).json === true) printJson(world.streams, { customerId, form, file: out });
  else printPairs(world.streams, [["file", out]]);
}

export function addLedger(program: Command, world: World): void {
  addAccounting(program, world);
  program
    .command("seen-by")
    .argument("<client-id>")
    .description("which customers a client saw between two instants")
    .requiredOption("--from <time>", "a day or time", instant)
    .requiredOption("--to <time>", "a day or time", instant)
    .addHelpText("after", examples("uberrima seen-by 0198… --from 2026-11-01 --to 2026-12-01"))
    .action(async (clientId: string, options: { readonly from: string; readonly to: string }, command: Command) => {
      const session = await openSession(world, command);
      const items = await allPages((page) => session.ledger.seenBy(clientId, { ...options, ...page }));
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [each.customerId, each.disclosures, each.lastAt]);
      printTable(world.streams, ["CUSTOMER", "DISCLOSURES", "LAST"], rows);
    });
  program
    .command("receipt")
    .argument("<entry-id>")
    .description("fetch the receipt of an entry, which verifies offline")
    .option("--out <file>", "write it here instead of printing it")
    .addHelpText("after", examples("uberrima receipt 0198… --out receipt.txt"))
    .action(async (entryId: string, options: { readonly out?: string }, command: Command) => {
      const text = await (await openSession(world, command)).ledger.receipt(entryId);
      if (options.out !== undefined) await writeFile(options.out, text);
      if (globalsOf(command).json === true) printJson(world.streams, { entryId, receipt: text });
      else if (options.out === undefined) world.streams.output.write(text);
      else printLine(world.streams, options.out);
    });
  program
    .command("log")
    .description("the log's name and the keys that verify it")
    .addHelpText("after", examples("uberrima log --json"))
    .action(async (_: unknown, command: Command) => {
      const described = await (await openPublicSession(world, command)).ledger.log();
      if (globalsOf(command).json === true) printJson(world.streams, described);
      else printLog(world, described);
    });
}

type LogDescription = Awaited<ReturnType<Awaited<ReturnType<typeof openPublicSession>>["ledger"]["log"]>>;

function printLog(world: World, { keys, ...described }: LogDescription): void {
  printPairs(world.streams, Object.entries(described) as [string, Cell][]);
  const earlier = keys.filter(({ key }) => key !== described.logKey && key !== described.promiseKey);
  if (earlier.length === 0) return;
  printLine(world.streams, "");
  const rows = earlier.map(({ key, signs, isRetired }) => [signs, isRetired ? "retired" : "signs too", key]);
  printTable(world.streams, ["EARLIER KEYS OF", "", "KEY"], rows);
}
