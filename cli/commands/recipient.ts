// `uberrima recipient ...`: third parties to whom something may be given, their contracts and keys.
import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { recipientContractDraft, recipientDraft, recipientExit } from "../../contract/recipients.ts";
import { recipientType } from "../../contract/vocabulary.ts";
import { examples } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

type Type = (typeof recipientType.options)[number];

interface AddOptions {
  readonly type: Type;
  readonly jurisdiction: string;
  readonly contact?: string;
  readonly postalAddress?: string;
  readonly issuer?: string;
  readonly clientId?: string;
  readonly verification: string;
}

export function addRecipient(program: Command, world: World): void {
  const recipient = program.command("recipient").description("third parties to whom something may be given");
  addReading(recipient, world);
  addRegister(recipient, world);
  addContract(recipient, world);
  addKey(recipient, world);
  addTokens(recipient, world);
  addStates(recipient, world);
}

function addReading(recipient: Command, world: World): void {
  recipient
    .command("list")
    .description("the register: who, of which type, in which state")
    .addHelpText("after", examples("uberrima recipient list", "uberrima recipient list --json"))
    .action(async (_: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).recipients.list({ limit: 200 });
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [each.recipientId, each.name, each.type, each.state]);
      printTable(world.streams, ["RECIPIENT", "NAME", "TYPE", "STATE"], rows);
    });
  recipient
    .command("show")
    .argument("<recipient-id>")
    .description("a third party with its contracts and keys")
    .addHelpText("after", examples("uberrima recipient show 0198…"))
    .action(async (recipientId: string, _: unknown, command: Command) => {
      const read = await (await openSession(world, command)).recipients.read(recipientId);
      if (globalsOf(command).json === true) return printJson(world.streams, read);
      printPairs(world.streams, [
        ["name", read.name],
        ["type", read.type],
        ["state", read.state],
      ]);
      const contracts = read.contracts.map((one) => [
        one.contractId,
        one.reference,
        one.purposes.join(" "),
        one.isInForce ? "in force" : one.approvedBy === null ? "waits" : "not now",
      ]);
      printTable(world.streams, ["CONTRACT", "REFERENCE", "PURPOSES", "STATE"], contracts);
      const keys = read.keys.map((one) => [
        one.keyId,
        one.kind,
        one.fingerprint,
        one.approvedBy === null ? "waits" : "approved",
      ]);
      printTable(world.streams, ["KEY", "KIND", "FINGERPRINT", "STATE"], keys);
    });
}

function addRegister(recipient: Command, world: World): void {
  recipient
    .command("add")
    .argument("<name>")
    .description("register a third party; waits for a second person")
    .addOption(new Option("--type <type>", "which").choices(recipientType.options).makeOptionMandatory())
    .requiredOption("--jurisdiction <code>", "ISO 3166, e.g. DE or US-NY")
    .requiredOption("--verification <how>", "how identity and authority were verified")
    .option("--contact <e-mail>", "where one-time codes for rooms go")
    .option("--postal-address <lines>", "where letters go: street; place (lines parted by semicolons)")
    .option("--issuer <url>", "its own identity provider")
    .option("--client-id <id>", "what this server is called there, as a public client")
    .addHelpText(
      "after",
      examples(
        'uberrima recipient add "Northern Re" --type reinsurer --jurisdiction CH --verification "register extract"',
      ),
    )
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { type, jurisdiction, contact, postalAddress, issuer, clientId, verification } = options;
      const body = {
        name,
        type,
        jurisdiction,
        verification,
        contact: contact ?? null,
        postalAddress: postalAddress?.split(";").map((line) => line.trim()) ?? [],
        identityProvider: issuer ?? null,
        identityClientId: clientId ?? null,
      };
      const made = await (await openSession(world, command)).recipients.request(recipientDraft.parse(body));
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["recipient", made.recipientId],
        ["in force", "once a contract is registered and a second person has approved"],
      ]);
    });
}

function addContract(recipient: Command, world: World): void {
  recipient
    .command("add-contract")
    .argument("<recipient-id>")
    .argument("<file>", "JSON: kind, reference, purposes, classes, fields, lines, jurisdictions, startsAt, endsAt")
    .description("register a contract; waits for a second person")
    .addHelpText("after", examples("uberrima recipient add-contract 0198… treaty.json"))
    .action(async (recipientId: string, file: string, _: unknown, command: Command) => {
      const body = recipientContractDraft.parse(JSON.parse(await readFile(file, "utf8")));
      const made = await (await openSession(world, command)).recipients.contracts.request(recipientId, body);
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["contract", made.contractId],
        ["in force", "once a second person has approved"],
      ]);
    });
  addPart(recipient, world, "contract");
}

function addKey(recipient: Command, world: World): void {
  recipient
    .command("add-key")
    .argument("<recipient-id>")
    .argument("<public-key>", "age1... or age1pq1...")
    .description("register the key that packages are encrypted to; waits for a second person")
    .addHelpText(
      "after",
      examples("uberrima recipient add-key 0198… age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"),
    )
    .action(async (recipientId: string, publicKey: string, _: unknown, command: Command) => {
      const made = await (await openSession(world, command)).recipients.keys.request(recipientId, publicKey);
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["key", made.keyId],
        ["fingerprint", made.fingerprint],
      ]);
    });
  addPart(recipient, world, "key");
}

function addPart(recipient: Command, world: World, part: "contract" | "key"): void {
  const parts = `${part}s` as const;
  for (const verb of ["approve", "end"] as const)
    recipient
      .command(`${verb}-${part}`)
      .argument("<recipient-id>")
      .argument(`<${part}-id>`)
      .description(verb === "approve" ? `approve a ${part}, as the second of two people` : `end a ${part} at once`)
      .addHelpText("after", examples(`uberrima recipient ${verb}-${part} 0198… 0199…`))
      .action(async (recipientId: string, partId: string, _: unknown, command: Command) => {
        const { recipients } = await openSession(world, command);
        const done = await recipients[parts][verb](recipientId, partId);
        if (globalsOf(command).json === true) return printJson(world.streams, done);
        printPairs(world.streams, [[verb === "approve" ? "approved" : "ended", done.id]]);
      });
}

/** Never a token: how many there are. */
function addTokens(recipient: Command, world: World): void {
  recipient
    .command("tokens")
    .argument("<recipient-id>")
    .description("which tokens it holds in place of values: by field, purpose and style, counted")
    .addHelpText("after", examples("uberrima recipient tokens 0198…"))
    .action(async (recipientId: string, _: unknown, command: Command) => {
      const held = await (await openSession(world, command)).recipients.tokens(recipientId);
      if (globalsOf(command).json === true) return printJson(world.streams, held);
      printTable(
        world.streams,
        ["FIELD", "PURPOSE", "STYLE", "TOKENS", "CUSTOMERS", "LAST GIVEN", "LAST ASKED ABOUT"],
        held.items.map(({ field, purpose, style, tokens, customers, lastAt, tracedAt }) => [
          field,
          purpose,
          style,
          tokens,
          customers,
          lastAt,
          tracedAt,
        ]),
      );
    });
  recipient
    .command("retire-tokens")
    .argument("<recipient-id>")
    .argument("<field>", "as `tokens` names it")
    .description("retire all tokens of one field, for good: what they stand for can be asked about no more")
    .addHelpText("after", examples("uberrima recipient retire-tokens 0198… person.last-name"))
    .action(async (recipientId: string, field: string, _: unknown, command: Command) => {
      const done = await (await openSession(world, command)).recipients.retireTokens(recipientId, field);
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["retired", field]]);
    });
}

function addStates(recipient: Command, world: World): void {
  recipient
    .command("end-passkey")
    .argument("<recipient-id>")
    .argument("<passkey-id>", "as `show --json` names it")
    .description("end a passkey by which rooms are opened, at once")
    .addHelpText("after", examples("uberrima recipient end-passkey 0198… 0199…"))
    .action(async (recipientId: string, passkeyId: string, _: unknown, command: Command) => {
      const done = await (await openSession(world, command)).recipients.endPasskey(recipientId, passkeyId);
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["ended", done.id]]);
    });
  for (const verb of ["approve", "suspend"] as const)
    recipient
      .command(verb)
      .argument("<recipient-id>")
      .description(verb === "approve" ? "approve, as the second of two people" : "stop sending to it, at once")
      .addHelpText("after", examples(`uberrima recipient ${verb} 0198…`))
      .action(async (recipientId: string, _: unknown, command: Command) => {
        const done = await (await openSession(world, command)).recipients[verb](recipientId);
        if (globalsOf(command).json === true) return printJson(world.streams, done);
        printPairs(world.streams, [[verb === "approve" ? "approved" : "suspended", done.id]]);
      });
  recipient
    .command("end")
    .argument("<recipient-id>")
    .description("end it with its contracts and keys, and keep the certificate")
    .addOption(
      new Option("--method <method>", "what became of what it was given")
        .choices(recipientExit.shape.method.options)
        .makeOptionMandatory(),
    )
    .requiredOption("--reference <reference>", "of the certificate")
    .addHelpText("after", examples("uberrima recipient end 0198… --method destroyed --reference CERT-2027-3"))
    .action(async (recipientId: string, options: unknown, command: Command) => {
      const done = await (await openSession(world, command)).recipients.end(recipientId, recipientExit.parse(options));
      if (globalsOf(command).json === true) return printJson(world.streams, done);
      printPairs(world.streams, [["ended", done.id]]);
    });
}
