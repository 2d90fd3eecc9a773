// `uberrima caller ...`: verifying who is on the telephone.
import type { Command } from "commander";
import { Option } from "commander";
import { purpose } from "../../contract/vocabulary.ts";
import { examples } from "../options.ts";
import { printJson, printPairs } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface StartOptions {
  readonly purpose: (typeof purpose.options)[number];
  readonly representative?: string;
  readonly thirdParty?: boolean;
  readonly interpreter?: string;
}
interface CodeOptions {
  readonly record: string;
  readonly field: string;
  readonly language: "en" | "es" | "de";
}

export function addCaller(program: Command, world: World): void {
  const caller = program.command("caller").description("verify who is on the telephone");
  addStart(caller, world);
  addCode(caller, world);
  addAnswer(caller, world);
  addEnds(caller, world);
}

function addStart(caller: Command, world: World): void {
  caller
    .command("start")
    .argument("<customer-id>")
    .description("begin a call about a customer")
    .addOption(new Option("--purpose <purpose>", "what for").choices(purpose.options).makeOptionMandatory())
    .option("--representative <customer-id>", "somebody who acts for them, with authority on file")
    .option("--third-party", "anybody else: written down, and verified as nobody")
    .option("--interpreter <number>", "the interpreter's number at their agency")
    .addHelpText("after", examples("uberrima caller start 0198… --purpose policy-servicing"))
    .action(async (customerId: string, options: StartOptions, command: Command) => {
      const { representative: representativeId, interpreter } = options;
      const kind = representativeId === undefined ? "customer" : "representative";
      const made = await (
        await openSession(world, command)
      ).callers.start(customerId, {
        purpose: options.purpose,
        caller: options.thirdParty === true ? "third-party" : kind,
        ...(representativeId === undefined ? {} : { representativeId }),
        ...(interpreter === undefined ? {} : { interpreter }),
      });
      if (globalsOf(command).json === true) return printJson(world.streams, made);
      printPairs(world.streams, [
        ["call", made.callId],
        ["until", made.endsAt],
        ...made.contacts.map(({ recordId, field }) => ["contact", `${field} ${recordId}`] as const),
        ...made.questions.map(({ field, ask }) => ["question", `${field}: ${ask}`] as const),
      ]);
    });
}

function addCode(caller: Command, world: World): void {
  caller
    .command("code")
    .argument("<customer-id>")
    .argument("<call-id>")
    .description("send a code to a contact on file, for the caller to read out")
    .requiredOption("--record <record-id>", "the contact's record")
    .option("--field <path>", "which contact of it", "contact.email")
    .addOption(new Option("--language <language>", "of the letter").choices(["en", "es", "de"]).default("en"))
    .addHelpText("after", examples("uberrima caller code 0198… 019c… --record 019a…"))
    .action(async (customerId: string, callId: string, options: CodeOptions, command: Command) => {
      const body = { recordId: options.record, field: options.field, language: options.language };
      const done = await (await openSession(world, command)).callers.sendCode({ customerId, callId }, body);
      if (globalsOf(command).json === true) printJson(world.streams, done);
      else printPairs(world.streams, [["sent for", done.id]]);
    });
}

function addAnswer(caller: Command, world: World): void {
  caller
    .command("answer")
    .argument("<customer-id>")
    .argument("<call-id>")
    .argument("<said...>", "the code, or field=answer for each question")
    .description("what the caller said")
    .addHelpText(
      "after",
      examples(
        "uberrima caller answer 0198… 019c… 4815 1623",
        "uberrima caller answer 0198… 019c… person.occupation=baker",
      ),
    )
    .action(async (...given: [string, string, string[], unknown, Command]) => {
      const [customerId, callId, said, , command] = given;
      const pairs = said.map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)] as const);
      const isCode = said.every((each) => !each.includes("="));
      const body = isCode ? { code: said.join(" ") } : { answers: Object.fromEntries(pairs) };
      const verdict = await (await openSession(world, command)).callers.answer({ customerId, callId }, body);
      if (globalsOf(command).json === true) printJson(world.streams, verdict);
      else printPairs(world.streams, [["verified", verdict.isVerified ? "yes" : "no"]]);
    });
}

function addEnds(caller: Command, world: World): void {
  for (const verb of ["confirm", "end"] as const)
    caller
      .command(verb)
      .argument("<customer-id>")
      .argument("<call-id>")
      .description(verb === "end" ? "end a call" : "confirm a call-back, as somebody else than the agent")
      .addHelpText("after", examples(`uberrima caller ${verb} 0198… 019c…`))
      .action(async (customerId: string, callId: string, _: unknown, command: Command) => {
        const done = await (await openSession(world, command)).callers[verb]({ customerId, callId });
        if (globalsOf(command).json === true) printJson(world.streams, done);
        else printPairs(world.streams, [[verb === "end" ? "ended" : "confirmed", done.id]]);
      });
  caller
    .command("unlock")
    .argument("<customer-id>")
    .description("open a file to callers again that failures have locked")
    .addHelpText("after", examples("uberrima caller unlock 0198…"))
    .action(async (customerId: string, _: unknown, command: Command) => {
      const done = await (await openSession(world, command)).callers.unlock(customerId);
      if (globalsOf(command).json === true) printJson(world.streams, done);
      else printPairs(world.streams, [["unlocked", done.id]]);
    });
}
