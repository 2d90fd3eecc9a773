// `uberrima policy waiting` and `sign`: permits of unconfirmed text, and an officer's word for one of them in the governance folder.
import { open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { type PolicySignatures, policySignature } from "../../contract/matrix.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

type Waiting = PolicySignatures["waiting"][number];
interface SignOptions {
  readonly note: string;
  readonly date?: string;
  readonly file?: string;
}

const DAY_MS = 86_400_000;

export function addSignatures(policy: Command, world: World): void {
  policy
    .command("waiting")
    .description("permits that let nothing go until an officer signs them, what waits for them, and what is signed")
    .addHelpText("after", examples("uberrima policy waiting", "uberrima policy waiting --json"))
    .action(async (_options: unknown, command: Command) => {
      const found = await (await openSession(world, command)).policies.signatures();
      if (globalsOf(command).json === true) printJson(world.streams, found);
      else printWaiting(world, found);
    });
  policy
    .command("sign")
    .argument("<policy>", "id of a permit that waits")
    .requiredOption("--note <text>", "what you read, as of when, and whom it applies to", note)
    .option("--date <day>", "the day you read it (today)", day)
    .option("--file <path>", "where signatures stand (policies/signed.yaml of UBERRIMA_GOVERNANCE, or of governance)")
    .description(
      "write your signature, as compliance or dpo, into the governance folder; servers read it when they start",
    )
    .addHelpText(
      "after",
      examples(
        "uberrima policy sign send/fraud-report \\",
        ' --note "Read N.Y. Ins. Law 405(a) as of today; our New York entity only"',
      ),
    )
    .action(async (id: string, options: SignOptions, command: Command) => sign(world, id, options, command));
}

function printWaiting({ streams }: World, { waiting, signed, signers, file }: PolicySignatures): void {
  printLine(streams, `${waiting.length} wait; ${signers.join(" or ")} may sign, in ${file}`);
  for (const permit of waiting) {
    printLine(streams, "");
    printPairs(streams, [
      ["policy", permit.id],
      ["what", permit.title],
      ["source", permit.citation],
      ["confirmed by", CONFIRMED[permit.confirmed]],
      ["confidence", permit.confidence ?? "high"],
      ["waited for by", useOf(permit)],
    ]);
    printLine(streams, `entry\n${permit.entry.trimEnd()}`);
  }
  if (signed.length === 0) return;
  printLine(streams, "");
  printTable(
    streams,
    ["SIGNED", "ROLE", "DATE", "NOTE"],
    signed.map(({ policy, role, date, note: said }) => [policy, role, date, said]),
  );
}

const CONFIRMED: Readonly<Record<Waiting["confirmed"], string>> = {
  none: "nobody",
  secondary: "a secondary source",
  text: "the text",
  design: "the house",
};

function useOf({ flows, recipients, purposes, role }: Waiting): string {
  if (flows.length > 0) return flows.map(({ flow }) => `flow ${flow}`).join(", ");
  if (recipients.length === 0) return `no flow; what ${role ?? "anybody"} is shown`;
  return `no flow; anything for ${recipients.join(", ")}${purposes.length === 0 ? "" : `, for ${purposes.join(", ")}`}`;
}

async function sign(world: World, id: string, options: SignOptions, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const { waiting, signers, signAs } = await session.policies.signatures();
  const permit = waiting.find((each) => each.id === id);
  if (permit === undefined) {
    throw new CliError(`${id} is not a permit that waits for a signature`, { next: "See `uberrima policy waiting`." });
  }
  if (signAs === null) throw new CliError(`only ${signers.join(" or ")} may sign`);
  const date = options.date ?? new Date().toISOString().slice(0, 10);
  const path = options.file ?? join(world.environment["UBERRIMA_GOVERNANCE"] ?? "governance", "policies/signed.yaml");
  await addTo(path, { policy: id, role: signAs, date, note: options.note });
  if (globalsOf(command).json === true) {
    printJson(world.streams, { policy: id, role: signAs, date, note: options.note, file: path });
    return;
  }
  printLine(world.streams, `signed: ${permit.title}`);
  printLine(world.streams, `It is in ${path}; servers read it when they start, and record it in the ledger then.`);
  printLine(world.streams, `See what it would change: uberrima policy rehearse ${path}`);
}

const signedFile = z.strictObject({ version: z.literal(1), signed: z.array(policySignature) });

/** The file whole or as it was; what else stands in it, comments too, stays. Throws CliError. */
async function addTo(path: string, signature: z.output<typeof policySignature>): Promise<void> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new CliError(`cannot read ${path}`, { exitCode: EXIT.usage, next: "Name it with --file.", cause });
  });
  // Loaded for those who sign: every other command would wait for it too.
  const { parseDocument, isSeq } = await import("yaml");
  const document = parseDocument(text);
  const before = document.errors.length > 0 ? null : signedFile.safeParse(document.toJS()).data;
  const list = document.get("signed");
  if (before === null || before === undefined || !isSeq(list))
    throw new CliError(`${path} is not a file of signatures`);
  if (before.signed.some(({ policy }) => policy === signature.policy)) {
    throw new CliError(`${signature.policy} is signed in ${path} already`, {
      next: "Servers read it when they start.",
    });
  }
  list.flow = false;
  list.add(document.createNode(signature));
  const beside = `${path}.new`;
  const file = await open(beside, "w", (await stat(path)).mode);
  try {
    await file.writeFile(document.toString({ lineWidth: 0 }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function note(text: string): string {
  const parsed = policySignature.shape.note.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError("must say in 10 to 1000 characters what was read");
  return parsed.data;
}

function day(text: string): string {
  const parsed = policySignature.shape.date.safeParse(text);
  if (!parsed.success || Date.parse(text) > Date.now() + DAY_MS)
    throw new InvalidArgumentError("must be a day (2026-01-31) that has come");
  return parsed.data;
}
