// `uberrima authorization ...`: what customers agreed to.
import type { Command } from "commander";
import { examples, instant } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";
import { addAuthorizationActs, type TermsOptions, termsOf, withTerms } from "./authorization-acts.ts";

interface RecordOptions extends TermsOptions {
  readonly document?: string;
  readonly representative?: string;
  readonly signed?: string;
  readonly statement?: readonly string[];
  readonly refused?: true;
}

export function addAuthorization(program: Command, world: World): void {
  const authorization = program.command("authorization").description("what customers agreed to");
  addForms(authorization, world);
  addRecord(authorization, world);
  addList(authorization, world);
  addAuthorizationActs(authorization, world);
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
  withTerms(authorization.command("record").argument("<customer-id>"))
    .description("record a form that a customer signed, or refused to sign; whoever records it cannot rest on it")
    .option("--document <record-id>", "the record that holds the paper")
    .option("--representative <id>", "the authority by which somebody signed for the customer")
    .option("--signed <time>", "when it was signed", instant)
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

function draftOf({ document = "", representative, signed = "", statement = [], refused, ...terms }: RecordOptions) {
  const by = representative === undefined ? {} : { representationId: representative };
  const evidence = { documentId: document, signedAt: signed, elements: [...statement], ...by };
  return { ...termsOf(terms), signed: refused === true ? null : evidence };
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
