// `uberrima authorization ...`: what customers agreed to.
import { type Command, Option } from "commander";
import { dataClass, purpose, recipientType } from "../../contract/vocabulary.ts";
import { examples, instant } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface RecordOptions {
  readonly form: string;
  readonly class: readonly (typeof dataClass.options)[number][];
  readonly purpose: readonly (typeof purpose.options)[number][];
  readonly recipient: readonly ("none" | (typeof recipientType.options)[number])[];
  readonly unit?: readonly string[];
  readonly document?: string;
  readonly signed?: string;
  readonly expires?: string;
  readonly statement?: readonly string[];
  readonly refused?: true;
}

export function addAuthorization(program: Command, world: World): void {
  const authorization = program.command("authorization").description("what customers agreed to");
  addForms(authorization, world);
  addRecord(authorization, world);
  addList(authorization, world);
  addWithdraw(authorization, world);
}

function addForms(authorization: Command, world: World): void {
  authorization
    .command("forms")
    .description("list the forms, and the statements that each must hold")
    .addHelpText("after", examples("uberrima authorization forms"))
    .action(async (_: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).authorizations.forms();
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map(({ form, citation, monthsMax, elements }) => [
        form,
        citation,
        `${monthsMax} months`,
        elements
          .filter(({ found }) => found === null)
          .map(({ id }) => id)
          .join(" "),
      ]);
      printTable(world.streams, ["FORM", "LAW", "AT MOST", "STATEMENTS"], rows);
    });
}

function addRecord(authorization: Command, world: World): void {
  authorization
    .command("record")
    .argument("<customer-id>")
    .description("record a form that a customer signed, or refused to sign; whoever records it cannot rest on it")
    .requiredOption("--form <form>", "see `authorization forms`")
    .addOption(new Option("--class <class...>", "data classes").choices(dataClass.options).makeOptionMandatory())
    .addOption(new Option("--purpose <purpose...>", "for what").choices(purpose.options).makeOptionMandatory())
    .addOption(
      new Option("--recipient <type...>", "to whom; none is the insurer itself")
        .choices(["none", ...recipientType.options])
        .makeOptionMandatory(),
    )
    .option("--unit <id...>", "only these policies or claims")
    .option("--document <record-id>", "the record that holds the paper")
    .option("--signed <time>", "when it was signed", instant)
    .option("--expires <time>", "when it ends", instant)
    .option("--statement <id...>", "the statements of the form that stand on the paper")
    .option("--refused", "the customer refused")
    .addHelpText(
      "after",
      examples(
        "uberrima authorization record 0198… --form marketing --class identity contact --purpose marketing --recipient none \\\n" +
          "    --document 019a… --signed 2026-01-05 --expires 2027-01-05 --statement distinguishable withdrawal freely-given",
      ),
    )
    .action(async (customerId: string, options: RecordOptions, command: Command) => {
      const { authorizations } = await openSession(world, command);
      const made = await authorizations.record(customerId, draftOf(options));
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["authorization", made.authorizationId],
        ["state", made.state],
      ]);
    });
}

function draftOf({ unit, document = "", signed = "", expires, statement = [], refused, ...options }: RecordOptions) {
  return {
    form: options.form,
    classes: [...options.class],
    purposes: [...options.purpose],
    recipients: options.recipient.map((type) => ({ type })),
    ...(unit === undefined ? {} : { unitIds: [...unit] }),
    ...(expires === undefined ? {} : { expiresAt: expires }),
    signed: refused === true ? null : { documentId: document, signedAt: signed, elements: [...statement] },
  };
}

function addList(authorization: Command, world: World): void {
  authorization
    .command("list")
    .argument("<customer-id>")
    .description("list a customer's authorizations, and where each was last used")
    .addHelpText("after", examples("uberrima authorization list 0198…"))
    .action(async (customerId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).authorizations.list(customerId);
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((one) => [
        one.authorizationId,
        one.form,
        one.state,
        one.expiresAt,
        one.lastUse?.at ?? "never",
      ]);
      printTable(world.streams, ["AUTHORIZATION", "FORM", "STATE", "ENDS", "LAST USED"], rows);
    });
}

function addWithdraw(authorization: Command, world: World): void {
  authorization
    .command("withdraw")
    .argument("<customer-id>")
    .argument("<authorization-id>")
    .description("withdraw it; counts on the next decision")
    .addHelpText("after", examples("uberrima authorization withdraw 0198… 019b…"))
    .action(async (customerId: string, authorizationId: string, _: unknown, command: Command) => {
      const { authorizations } = await openSession(world, command);
      const done = await authorizations.withdraw(customerId, authorizationId);
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["withdrawn", done.id]]);
    });
}
