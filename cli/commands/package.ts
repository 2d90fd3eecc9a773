// `uberrima package ...`: what leaves for third parties, and picking it up.
import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { flowRunRequest, packagePreviewRequest, packageRequest } from "../../contract/packages.ts";
import { tokenQuestion } from "../../contract/tokens.ts";
import { purpose } from "../../contract/vocabulary.ts";
import { examples } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface SendOptions {
  readonly purpose: string;
  readonly field: readonly string[];
  readonly customer: readonly string[];
  readonly form: "clear" | "masked" | "token";
  readonly delivery: "key" | "room";
  readonly reason?: string;
}
interface FlowOptions extends Pick<SendOptions, "customer" | "delivery" | "reason"> {
  readonly unit?: readonly string[];
  readonly attest?: readonly string[];
  readonly document?: readonly string[];
}

export function addPackage(program: Command, world: World): void {
  const command = program.command("package").description("what leaves for third parties: encrypted, picked up once");
  addSend(command, world);
  addPreview(command, world);
  addTrace(command, world);
  addFlow(command, world);
  addLists(command, world);
  addPickUp(command, world);
}

const delivery = (): Option =>
  new Option("--delivery <way>", "to the recipient's key, or shown once in a room")
    .choices(["key", "room"])
    .default("key");

function addSend(command: Command, world: World): void {
  command
    .command("send")
    .argument("<recipient-id>")
    .description("disclose to a registered recipient, encrypt, and keep it to be picked up once; prints the link")
    .addOption(new Option("--purpose <purpose>", "why").choices(purpose.options).makeOptionMandatory())
    .requiredOption("--customer <id...>", "whom it is about")
    .requiredOption("--field <path...>", "e.g. claim.number")
    .addOption(
      new Option("--form <form>", "the most that is wanted").choices(["clear", "masked", "token"]).default("clear"),
    )
    .addOption(delivery())
    .option("--reason <text>", "why fields beyond the standard view are needed")
    .addHelpText(
      "after",
      examples("uberrima package send 0198… --purpose claim-handling --customer 0199… --field claim.number"),
    )
    .action(async (recipientId: string, options: SendOptions, own: Command) => {
      const { customer, field, form, reason } = options;
      const body = packageRequest.parse({
        recipientId,
        purpose: options.purpose,
        delivery: options.delivery,
        wanted: [{ form, fields: field }],
        customers: customer.map((customerId) => ({ customerId })),
        ...(reason === undefined ? {} : { justification: reason }),
      });
      printMade(world, own, await (await openSession(world, own)).packages.make(body));
    });
}

type PreviewOptions = Omit<SendOptions, "delivery">;

function addPreview(command: Command, world: World): void {
  command
    .command("preview")
    .argument("<recipient-id>")
    .description("what a package would hold, and what is refused and why; nothing is opened")
    .addOption(new Option("--purpose <purpose>", "why").choices(purpose.options).makeOptionMandatory())
    .requiredOption("--customer <id...>", "whom it is about")
    .requiredOption("--field <path...>", "e.g. claim.number")
    .addOption(
      new Option("--form <form>", "the most that is wanted").choices(["clear", "masked", "token"]).default("clear"),
    )
    .option("--reason <text>", "why fields beyond the standard view are needed")
    .addHelpText(
      "after",
      examples("uberrima package preview 0198… --purpose claim-handling --customer 0199… --field claim.number"),
    )
    .action(async (recipientId: string, options: PreviewOptions, own: Command) => {
      const { customer, field, form, reason } = options;
      const body = packagePreviewRequest.parse({
        recipientId,
        purpose: options.purpose,
        wanted: [{ form, fields: field }],
        customers: customer.map((customerId) => ({ customerId })),
        ...(reason === undefined ? {} : { justification: reason }),
      });
      const previewed = await (await openSession(world, own)).packages.preview(body);
      if (globalsOf(own).json === true) return printJson(world.streams, previewed);
      const rows = previewed.customers.flatMap(({ customerId, fields }) =>
        fields.map((each) => [
          customerId,
          each.field,
          each.isEmpty ? "nothing there" : each.form,
          each.reasons.map(({ message }) => message).join("; "),
        ]),
      );
      printTable(world.streams, ["CUSTOMER", "FIELD", "WOULD GO", "WHY NOT"], rows);
    });
}

interface TraceOptions {
  readonly purpose: string;
  readonly reason?: string;
}

function addTrace(command: Command, world: World): void {
  command
    .command("trace")
    .argument("<recipient-id>", "to whom the token was given")
    .argument("<token>")
    .description("what a token stands for: a disclosure like any other")
    .addOption(new Option("--purpose <purpose>", "why").choices(purpose.options).makeOptionMandatory())
    .option("--reason <text>", "why fields beyond the standard view are needed")
    .addHelpText("after", examples("uberrima package trace 0198… tok_k2… --purpose claim-handling"))
    .action(async (recipientId: string, token: string, options: TraceOptions, own: Command) => {
      const body = tokenQuestion.parse({
        recipientId,
        token,
        purpose: options.purpose,
        ...(options.reason === undefined ? {} : { justification: options.reason }),
      });
      const found = await (await openSession(world, own)).packages.resolveToken(body);
      if (globalsOf(own).json === true) return printJson(world.streams, found);
      printPairs(world.streams, [
        ["customer", found.customerId],
        [found.field.field, found.field.value ?? ""],
        ["disclosure", found.disclosureId],
      ]);
    });
}

function addFlow(command: Command, world: World): void {
  command
    .command("flows")
    .description("recurring flows, as governance/flows has them, with what has to hold before each")
    .addHelpText("after", examples("uberrima package flows"))
    .action(async (_: unknown, own: Command) => {
      const { items } = await (await openSession(world, own)).flows.list();
      if (globalsOf(own).json === true) return printJson(world.streams, { items });
      const rows = items.flatMap((each) =>
        each.checks.map(({ says }, at) =>
          at === 0 ? [each.flow, each.recipients.join(" "), each.purpose, says] : ["", "", "", says],
        ),
      );
      printTable(world.streams, ["FLOW", "RECIPIENTS", "PURPOSE", "BEFORE IT RUNS"], rows);
    });
  command
    .command("run")
    .argument("<flow>")
    .argument("<recipient-id>")
    .description("run a flow into a package; prints the link")
    .requiredOption("--customer <id...>", "whom it is about")
    .option("--unit <id...>", "the claim or policy of each customer, in the same order")
    .option("--attest <name[=reference]...>", "what you answer for, with the number or date of its paper")
    .option("--document <record-id...>", "the document on file that shows it, of each customer in the same order")
    .addOption(delivery())
    .option("--reason <text>", "why fields beyond the standard view are needed")
    .addHelpText(
      "after",
      examples(
        "uberrima package run repair-order 0198… --customer 0199… --unit 019a…",
        "uberrima package run group-report 0198… --customer 0199… --attest plan-document-certification=2026-11",
      ),
    )
    .action(async (flow: string, recipientId: string, options: FlowOptions, own: Command) => {
      const body = flowRunRequest.parse({
        recipientId,
        delivery: options.delivery,
        customers: options.customer.map((customerId, at) => inHand(customerId, options.unit?.[at])),
        attested: (options.attest ?? []).map((said) => attested(said, options)),
        ...(options.reason === undefined ? {} : { justification: options.reason }),
      });
      printMade(world, own, await (await openSession(world, own)).flows.run(flow, body));
    });
}

function inHand(customerId: string, unitId: string | undefined): object {
  return unitId === undefined ? { customerId } : { customerId, workContext: { unitId } };
}

function attested(said: string, { customer, document = [] }: FlowOptions): object {
  const [attest, ...rest] = said.split("=");
  const reference = rest.join("=");
  const documents = document.map((recordId, at) => ({ customerId: customer[at], recordId }));
  return { attest, documents, ...(reference === "" ? {} : { reference }) };
}

type Session = Awaited<ReturnType<typeof openSession>>;

function printMade(world: World, own: Command, made: Awaited<ReturnType<Session["packages"]["make"]>>): void {
  if (globalsOf(own).json === true) return printJson(world.streams, made);
  printPairs(world.streams, [
    ["package", made.package.packageId],
    ["values in it", String(made.package.released)],
    ["refused", String(made.package.refused)],
    ["link, shown once", made.link],
  ]);
}

function addLists(command: Command, world: World): void {
  command
    .command("list")
    .description("what was sent and what became of it")
    .addHelpText("after", examples("uberrima package list"))
    .action(async (_: unknown, own: Command) => {
      const { items } = await (await openSession(world, own)).packages.list({ limit: 200 });
      if (globalsOf(own).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [each.packageId, each.recipientId, each.purpose, each.state, each.expiresAt]);
      printTable(world.streams, ["PACKAGE", "RECIPIENT", "PURPOSE", "STATE", "EXPIRES"], rows);
    });
  command
    .command("show")
    .argument("<package-id>")
    .description("how a package stands, and the ledger's entries of what it holds")
    .addHelpText("after", examples("uberrima package show 0198…"))
    .action(async (packageId: string, _: unknown, own: Command) => {
      const face = await (await openSession(world, own)).packages.read(packageId);
      if (globalsOf(own).json === true) return printJson(world.streams, face);
      printPairs(world.streams, [
        ["state", face.state],
        ["recipient", face.recipientId],
        ["purpose", face.purpose],
        ["values in it", String(face.released)],
        ["refused", String(face.refused)],
        ["expires", face.expiresAt],
        ["disclosures", face.disclosures.join(" ")],
      ]);
    });
  command
    .command("revoke")
    .argument("<package-id>")
    .description("destroy a package before it is picked up")
    .addHelpText("after", examples("uberrima package revoke 0198…"))
    .action(async (packageId: string, _: unknown, own: Command) => {
      const done = await (await openSession(world, own)).packages.revoke(packageId);
      if (globalsOf(own).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["revoked", done.id]]);
    });
}

function addPickUp(command: Command, world: World): void {
  command
    .command("pick-up")
    .argument("<secret>", "of the link, after the #")
    .argument("<file>", "where it is written")
    .description("take a package, once; open it with the age tool and your key")
    .addHelpText("after", examples("uberrima package pick-up kQ3… bordereau.csv.age"))
    .action(async (secret: string, file: string, _: unknown, own: Command) => {
      const taken = await (await openSession(world, own)).packages.pickUp(secret);
      await writeFile(file, Buffer.from(taken.file, "base64"), { flag: "wx", mode: 0o600 });
      if (globalsOf(own).json === true) return printJson(world.streams, { packageId: taken.packageId, file });
      printPairs(world.streams, [["written", file]]);
    });
}
