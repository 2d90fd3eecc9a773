// `uberrima authorization ...`: asking a customer in the portal, one of them in full, and the same signed once more.
import { type Command, Option } from "commander";
import { dataClass, purpose, recipientType } from "../../contract/vocabulary.ts";
import { examples, instant } from "../options.ts";
import { printJson, printPairs } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";
import { CliError, EXIT } from "../exit.ts";

export interface TermsOptions {
  readonly form: string;
  readonly class: readonly (typeof dataClass.options)[number][];
  readonly purpose: readonly (typeof purpose.options)[number][];
  readonly recipient: readonly ("none" | (typeof recipientType.options)[number])[];
  readonly unit?: readonly string[];
  readonly expires?: string;
}

export function addAuthorizationActs(authorization: Command, world: World): void {
  addAsk(authorization, world);
  addShow(authorization, world);
  addRenew(authorization, world);
}

/** How far an authorization is to reach. */
export function withTerms(command: Command): Command {
  return command
    .requiredOption("--form <form>", "see `authorization forms`")
    .addOption(new Option("--class <class...>", "data classes").choices(dataClass.options).makeOptionMandatory())
    .addOption(new Option("--purpose <purpose...>", "for what").choices(purpose.options).makeOptionMandatory())
    .addOption(
      new Option("--recipient <type...>", "to whom; none is the insurer itself")
        .choices(["none", ...recipientType.options])
        .makeOptionMandatory(),
    )
    .option("--unit <id...>", "only these policies or claims")
    .option("--expires <time>", "when it ends", instant);
}

export function termsOf({ form, class: classes, purpose: purposes, recipient, unit, expires }: TermsOptions) {
  return {
    form,
    classes: [...classes],
    purposes: [...purposes],
    recipients: recipient.map((type) => ({ type })),
    ...(unit === undefined ? {} : { unitIds: [...unit] }),
    ...(expires === undefined ? {} : { expiresAt: expires }),
  };
}

function addAsk(authorization: Command, world: World): void {
  withTerms(authorization.command("ask").argument("<customer-id>"))
    .description("ask a customer for an authorization, which they sign or refuse in the portal")
    .addHelpText(
      "after",
      examples(
        "uberrima authorization ask 0198… --form naic-670-claim --class identity health --purpose claim-handling \\\n" +
          "    --recipient medical-provider --expires 2027-01-05",
      ),
    )
    .action(async (customerId: string, options: TermsOptions, command: Command) => {
      const { authorizations } = await openSession(world, command);
      const made = await authorizations.ask(customerId, termsOf(options));
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["authorization", made.authorizationId],
        ["state", made.state],
      ]);
    });
}

function addShow(authorization: Command, world: World): void {
  authorization
    .command("show")
    .argument("<customer-id>")
    .argument("<authorization-id>")
    .description("show how far an authorization reaches, who signed it, and where it was last used")
    .addHelpText("after", examples("uberrima authorization show 0198… 019b…"))
    .action(async (customerId: string, authorizationId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).authorizations.list(customerId);
      const one = items.find((each) => each.authorizationId === authorizationId);
      if (one === undefined) throw new CliError("there is no such authorization", { exitCode: EXIT.failed });
      if (globalsOf(command).json === true) return printJson(world.streams, one);
      printPairs(world.streams, [
        ["form", one.form],
        ["state", one.state],
        ["classes", one.classes.join(" ")],
        ["purposes", one.purposes.join(" ")],
        ["recipients", one.recipients.map(({ type, recipientId }) => recipientId ?? type).join(" ")],
        ["where", one.unitIds?.join(" ") ?? "everywhere"],
        ["ends", one.expiresAt ?? "-"],
        ["signed", one.signedAt === null ? "-" : `${one.signedAt} by the ${one.signer ?? "customer"}`],
        ["paper", one.documentId ?? "-"],
        ["renews", one.renews ?? "-"],
        ["renewed by", one.renewedBy ?? "-"],
        ["withdrawn", one.withdrawnAt ?? "-"],
        ["last used", one.lastUse === null ? "never" : `${one.lastUse.at}, entry ${one.lastUse.entryId}`],
      ]);
    });
}

interface RenewOptions {
  readonly document: string;
  readonly signed: string;
  readonly expires: string;
  readonly statement: readonly string[];
  readonly representative?: string;
}

function addRenew(authorization: Command, world: World): void {
  authorization
    .command("renew")
    .argument("<customer-id>")
    .argument("<authorization-id>")
    .description("record that it was signed once more, before or after it ran out: a new one in place of the old")
    .requiredOption("--document <record-id>", "the record that holds the new paper")
    .requiredOption("--signed <time>", "when it was signed", instant)
    .requiredOption("--expires <time>", "when the new one ends", instant)
    .requiredOption("--statement <id...>", "the statements of the form that stand on the paper")
    .option("--representative <id>", "the authority by which somebody signed for the customer")
    .addHelpText(
      "after",
      examples(
        "uberrima authorization renew 0198… 019b… --document 019a… --signed 2026-12-01 --expires 2027-12-01 \\\n" +
          "    --statement plain-language disclosers copy",
      ),
    )
    .action(async (customerId: string, authorizationId: string, options: RenewOptions, command: Command) => {
      const { document: documentId, signed: signedAt, expires: expiresAt, statement, representative } = options;
      const by = representative === undefined ? {} : { representationId: representative };
      const signed = { documentId, signedAt, elements: [...statement], ...by };
      const { authorizations } = await openSession(world, command);
      const made = await authorizations.renew(customerId, authorizationId, { expiresAt, signed });
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["authorization", made.authorizationId],
        ["in place of", authorizationId],
        ["ends", made.expiresAt ?? "-"],
      ]);
    });
}
