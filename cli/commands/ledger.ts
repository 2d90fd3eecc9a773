// `uberrima accounting`, `seen-by`, `receipt`, `log`: the ledger read back.
import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { examples, instant } from "../options.ts";
import { allPages } from "../pages.ts";
import { type Cell, printJson, printLine, printPairs, printTable } from "../output.ts";
import { globalsOf, openPublicSession, openSession, type World } from "../session.ts";

export function addLedger(program: Command, world: World): void {
  program
    .command("accounting")
    .argument("<customer-id>")
    .description("to whom, when, what and why: a customer's accounting of disclosures")
    .addHelpText("after", examples("uberrima accounting 0198… --json"))
    .action(async (customerId: string, _: unknown, command: Command) => {
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
