// `uberrima verify ...`: checks from outside, with public keys alone; and the server's own comparison of data with ledger.
import { readFile, rename, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import {
  followHandovers,
  isDisposalCertificate,
  verifyCertificate,
  verifyDisposalCertificate,
  VerifyError,
  verifyLog,
  verifyPromise,
  verifyReceipt,
} from "../../sdk/verify/verify.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples } from "../options.ts";
import { type Cell, printJson, printLine, printPairs, printTable } from "../output.ts";
import { globalsOf, openPublicSession, openSession, type World } from "../session.ts";

const FINDINGS_SHOWN_MAX = 50;

interface KeyOptions {
  readonly key?: string;
  readonly keyFile?: string;
}

export function addVerify(program: Command, world: World): void {
  const verify = program.command("verify").description("check receipts, promises, the whole log, and the stored data");
  withKey(verify.command("receipt").argument("<file>"))
    .description("check a receipt offline, from the file and the log's key alone")
    .addHelpText("after", examples('uberrima verify receipt receipt.txt --key "$LOG_KEY"'))
    .action(async (file: string, options: KeyOptions, command: Command) => {
      const verified = await checked(async () => verifyReceipt(await readText(file), await keyOf(options)));
      const { origin, index, size, time, leaf } = verified;
      show(world, command, { origin, index, size, time: timeOf(time), leaf: leaf.toString("base64") });
    });
  withKey(verify.command("promise").argument("<file>"))
    .description("check the promise of an answer offline, from the file and the promise key alone")
    .addHelpText("after", examples('uberrima verify promise promise.json --key "$PROMISE_KEY"'))
    .action(async (file: string, options: KeyOptions, command: Command) => {
      const verified = await checked(async () => verifyPromise(await readText(file), await keyOf(options)));
      const { origin, index, time, leaf } = verified;
      show(world, command, { origin, index, time: timeOf(time), leaf: leaf.toString("base64") });
    });
  withKey(verify.command("certificate").argument("<file>"))
    .description("check a certificate of an erasure or a disposal offline, from the file and the log's key alone")
    .addHelpText("after", examples('uberrima verify certificate erasure.json --key "$LOG_KEY"'))
    .action(async (file: string, options: KeyOptions, command: Command) => {
      const [text, key] = [await readText(file), await keyOf(options)];
      if (await checked(async () => isDisposalCertificate(text)))
        return show(world, command, { ...(await checked(async () => verifyDisposalCertificate(text, key))) });
      const { erasureId, customerId, unitId, finalAt, origin, index } = await checked(async () =>
        verifyCertificate(text, key),
      );
      show(world, command, { erasureId, customerId, unitId, finalAt, origin, index });
    });
  withKey(verify.command("log").argument("<url-or-folder>"))
    .description("rebuild every hash of a log and compare it with the checkpoint remembered from last time")
    .option("--remember <file>", "the checkpoint of last time; replaced by the new one when all is well")
    .addHelpText(
      "after",
      examples('uberrima verify log http://127.0.0.1:7450/log --key "$LOG_KEY" --remember checkpoint.txt'),
    )
    .action(async (base: string, options: KeyOptions & { readonly remember?: string }, command: Command) =>
      verifyWholeLog(world, base, options, command),
    );
  withKey(verify.command("key"))
    .description("come from a key you hold to the newest one, by the handovers that old and new key have signed")
    .addHelpText("after", examples('uberrima verify key --key "$LOG_KEY"'))
    .action(async (options: KeyOptions, command: Command) => {
      const { keys } = await (await openPublicSession(world, command)).ledger.log();
      const handovers = keys.flatMap(({ handover }) => (handover === null ? [] : [handover]));
      const key = await checked(async () => followHandovers(await keyOf(options), handovers));
      const known = keys.find((each) => each.key === key);
      if (known === undefined)
        throw new CliError("that key leads to none of this log's", { exitCode: EXIT.unverified });
      show(world, command, { key, signs: known.signs, since: known.since, isRetired: known.isRetired ? "yes" : "no" });
    });
  verify
    .command("data")
    .description("have the server compare what is stored with what the ledger says was last written")
    .action(async (_: unknown, command: Command) => verifyData(world, command));
}

async function verifyWholeLog(
  world: World,
  base: string,
  options: KeyOptions & { readonly remember?: string },
  command: Command,
): Promise<void> {
  const { remember } = options;
  const remembered = remember === undefined ? null : await readIfThere(remember);
  const verified = await checked(async () =>
    verifyLog(base, await keyOf(options), remembered === null ? {} : { remembered }),
  );
  const { origin, size, root, checkpoint, continues } = verified;
  if (remember !== undefined) await replaceFile(remember, checkpoint);
  show(world, command, { origin, size, root: root.toString("base64"), continues });
}

async function verifyData(world: World, command: Command): Promise<void> {
  const report = await (await openSession(world, command)).operations.verify();
  if (globalsOf(command).json === true) {
    printJson(world.streams, report);
  } else {
    const { entries, records, authorityRows, findings } = report;
    printPairs(world.streams, Object.entries({ entries, records, authorityRows, findings: findings.length }));
    const rows = findings
      .slice(0, FINDINGS_SHOWN_MAX)
      .map((finding): Cell[] => [finding.code, finding.index, finding.customerId, finding.recordId, finding.message]);
    if (rows.length > 0) printTable(world.streams, ["FINDING", "ENTRY", "CUSTOMER", "RECORD", "WHAT"], rows);
    if (report.truncated || findings.length > rows.length) printLine(world.streams, "… and more");
  }
  if (report.findings.length > 0) {
    throw new CliError("what is stored is not what the ledger says", { exitCode: EXIT.unverified });
  }
}

function withKey(command: Command): Command {
  return command
    .option("--key <verifier-key>", "the verifier key, as `uberrima log` prints it; keep your own copy")
    .option("--key-file <file>", "a file that holds it");
}

async function keyOf(options: KeyOptions): Promise<string> {
  if (options.key !== undefined) return options.key;
  if (options.keyFile !== undefined) return (await readText(options.keyFile)).trim();
  throw new CliError("a verifier key is needed", {
    exitCode: EXIT.usage,
    next: "Give --key or --key-file; `uberrima log` prints them.",
  });
}

async function checked<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    if (error.code === "bad-key") throw new CliError(error.message, { exitCode: EXIT.usage });
    if (error.code === "unreachable") throw new CliError(error.message);
    throw new CliError(`NOT VERIFIED (${error.code}): ${error.message}`, { exitCode: EXIT.unverified });
  }
}

function show(world: World, command: Command, facts: Record<string, Cell>): void {
  if (globalsOf(command).json === true) return printJson(world.streams, { verified: true, ...facts });
  printPairs(world.streams, [["verified", "yes"], ...Object.entries(facts)]);
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new CliError(`cannot read ${file}`, { exitCode: EXIT.usage, cause });
  });
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new CliError(`cannot read ${file}`, { exitCode: EXIT.usage, cause: error });
  });
}

/** Whole or not at all: half a checkpoint would make the next run complain for nothing. */
async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
