// `uberrima show` and `uberrima disclose`: the masked view, and asking for values with a reason and a receipt.
import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { DisclosureAnswer } from "../../contract/disclosures.ts";
import { basis, form, type purpose, recipientType } from "../../contract/vocabulary.ts";
import { CliError } from "../exit.ts";
import { collect, examples, purposeOption } from "../options.ts";
import { type Cell, printJson, printLine, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface DiscloseOptions {
  readonly purpose: (typeof purpose.options)[number];
  readonly basis: (typeof basis.options)[number];
  readonly field?: string[];
  readonly unit?: string;
  readonly form: "clear" | "masked" | "token";
  readonly recipientType?: (typeof recipientType.options)[number];
  readonly recipient?: string;
  readonly why?: string;
  readonly promise?: string;
  readonly receipt?: string;
}

export function addDisclose(program: Command, world: World): void {
  program
    .command("show")
    .argument("<customer-id>")
    .description("the masked view of a customer; no value is opened")
    .addOption(purposeOption().makeOptionMandatory())
    .addHelpText("after", examples("uberrima show 0198… --purpose policy-servicing"))
    .action(async (customerId: string, options: { readonly purpose: DiscloseOptions["purpose"] }, command: Command) =>
      show(world, customerId, options.purpose, command),
    );
  program
    .command("disclose")
    .argument("<customer-id>")
    .description("ask for fields; denied when policy says so, recorded either way")
    .addOption(purposeOption().makeOptionMandatory())
    .addOption(new Option("--basis <basis>", "what entitles you").choices(basis.options).default("role-duty"))
    .option("--field <path>", "record-type.field; may be repeated; the role's standard view when left out", collect)
    .option("--unit <unit-id>", "the claim or policy in hand")
    .addOption(
      new Option("--form <form>", "the most you want").choices(form.exclude(["denied"]).options).default("clear"),
    )
    .addOption(new Option("--recipient-type <type>", "the third party it is for").choices(recipientType.options))
    .option("--recipient <id>", "that third party's id")
    .option(
      "--why <text>",
      "why more than the standard view is needed; every process here can see it, so name no person",
    )
    .option("--promise <file>", "write the log's promise here")
    .option("--receipt <file>", "wait for the receipt and write it here")
    .addHelpText(
      "after",
      examples(
        "uberrima disclose 0198… --unit 0198… --purpose claim-handling",
        "uberrima disclose 0198… --field bank-account.iban --purpose billing --receipt receipt.txt",
      ),
    )
    .action(async (customerId: string, options: DiscloseOptions, command: Command) =>
      disclose(world, customerId, options, command),
    );
}

async function show(
  world: World,
  customerId: string,
  why: DiscloseOptions["purpose"],
  command: Command,
): Promise<void> {
  const view = await (await openSession(world, command)).customers.maskedView(customerId, why);
  if (globalsOf(command).json === true) return printJson(world.streams, view);
  const flags = view.flags.map((flag) => flag.kind).join(", ");
  printLine(world.streams, `customer ${view.customerId}${flags === "" ? "" : ` [${flags}]`}`);
  for (const unit of view.units) {
    printLine(world.streams, `\n${unit.kind} ${unit.unitId} (${unit.entity}, ${unit.line}, ${unit.status})`);
    const rows = unit.records.flatMap((record) =>
      record.fields.map((field): Cell[] => [`  ${field.field}`, field.value ?? "-", field.label]),
    );
    printTable(world.streams, ["  FIELD", "MASKED", "WHAT"], rows);
  }
}

async function disclose(world: World, customerId: string, options: DiscloseOptions, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const answer = await session.disclose({
    customerId,
    purpose: options.purpose,
    basis: options.basis,
    form: options.form,
    ...(options.field === undefined ? {} : { fields: options.field }),
    ...(options.unit === undefined ? {} : { workContext: { unitId: options.unit } }),
    ...(options.why === undefined ? {} : { justification: options.why }),
    ...recipientOf(options),
  });
  if (options.promise !== undefined) await writeFile(options.promise, `${JSON.stringify(answer.promise, null, 2)}\n`);
  if (globalsOf(command).json === true) printJson(world.streams, answer);
  else print(world, answer);
  if (options.receipt !== undefined)
    await writeFile(options.receipt, await session.ledger.receipt(answer.disclosureId));
  if (answer.outcome === "denied")
    throw new CliError("denied", { next: "See the reasons above, and what would permit it." });
}

function recipientOf(options: DiscloseOptions) {
  if (options.recipientType === undefined) return {};
  const id = options.recipient === undefined ? {} : { recipientId: options.recipient };
  return { recipient: { type: options.recipientType, ...id } };
}

function print({ streams }: World, answer: DisclosureAnswer): void {
  const rows = answer.fields.map((field): Cell[] => [
    field.field,
    field.form,
    field.form === "denied" ? field.reasons.map((reason) => reason.message).join("; ") : (field.value ?? ""),
  ]);
  printTable(streams, ["FIELD", "FORM", "VALUE OR REASON"], rows);
  const remedies = new Set(answer.fields.flatMap((field) => field.permittedBy.map((remedy) => remedy.message)));
  for (const remedy of remedies) printLine(streams, `would permit: ${remedy}`);
  for (const obligation of answer.obligations) printLine(streams, `obligation: ${obligation.message}`);
  printLine(
    streams,
    `${answer.outcome}; entry ${answer.disclosureId}, number ${answer.promise.index} of ${answer.promise.origin}`,
  );
}
