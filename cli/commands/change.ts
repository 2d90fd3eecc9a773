// `uberrima change ...`: changes of payee, bank account, address and contact that wait.
import type { Command } from "commander";
import { examples } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

export function addChange(program: Command, world: World): void {
  const change = program.command("change").description("changes of payee, bank account, address or contact that wait");
  addList(change, world);
  addConfirm(change, world);
  addVouch(change, world);
  addStop(change, world);
}

function addList(change: Command, world: World): void {
  change
    .command("list")
    .argument("<customer-id>")
    .description("list what waits: fields and times, no values")
    .addHelpText("after", examples("uberrima change list 0198…"))
    .action(async (customerId: string, _: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).changes.list(customerId);
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [
        each.changeId,
        each.fields.join(" "),
        each.effectiveAt,
        each.confirmed ? "confirmed" : each.documentId === null ? "waits for the code" : "waits for a second person",
      ]);
      printTable(world.streams, ["CHANGE", "FIELDS", "IN EFFECT", "STATE"], rows);
    });
}

function addConfirm(change: Command, world: World): void {
  change
    .command("confirm")
    .argument("<customer-id>")
    .argument("<change-id>")
    .description("confirm a change with the code sent to the contact on file")
    .requiredOption("--code <code>", "what the customer reads out from the letter")
    .addHelpText("after", examples("uberrima change confirm 0198… 019a… --code 12345678"))
    .action(async (customerId: string, changeId: string, options: { readonly code: string }, command: Command) => {
      const answer = await (await openSession(world, command)).changes.confirm({ customerId, changeId }, options.code);
      if (globalsOf(command).json === true) return printJson(world.streams, answer);
      printPairs(world.streams, [["confirmed", answer.confirmed ? "yes" : "no: the code is wrong"]]);
    });
}

function addVouch(change: Command, world: World): void {
  change
    .command("vouch")
    .argument("<customer-id>")
    .argument("<change-id>")
    .description("vouch, as somebody else than who asked, for the first contact of a customer who has none")
    .addHelpText("after", examples("uberrima change vouch 0198… 019a…"))
    .action(async (customerId: string, changeId: string, _: unknown, command: Command) => {
      const answer = await (await openSession(world, command)).changes.vouch({ customerId, changeId });
      if (globalsOf(command).json === true) return printJson(world.streams, answer);
      printPairs(world.streams, [["vouched for", answer.id]]);
    });
}

function addStop(change: Command, world: World): void {
  change
    .command("stop")
    .argument("<customer-id>")
    .argument("<change-id>")
    .description("stop a change that has not taken effect")
    .addHelpText("after", examples("uberrima change stop 0198… 019a…"))
    .action(async (customerId: string, changeId: string, _: unknown, command: Command) => {
      const answer = await (await openSession(world, command)).changes.stop({ customerId, changeId });
      if (globalsOf(command).json === true) return printJson(world.streams, answer);
      printPairs(world.streams, [["stopped", answer.id]]);
    });
}
