// `uberrima finding list`: what is set up more weakly than production should be.
import type { Command } from "commander";
import { examples } from "../options.ts";
import { printJson, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

export function addFinding(program: Command, world: World): void {
  program
    .command("finding")
    .description("what is set up more weakly than production should be")
    .command("list")
    .description("list the findings")
    .addHelpText("after", examples("uberrima finding list"))
    .action(async (_: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).findings.list();
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map(({ code, severity, clientId, says }) => [severity, code, clientId ?? "the server", says]);
      printTable(world.streams, ["SEVERITY", "CODE", "OF", "SAYS"], rows);
    });
}
