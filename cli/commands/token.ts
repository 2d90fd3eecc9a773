// `uberrima token`: an access token for the key of --key-file, for other programs on this machine.
import type { Command } from "commander";
import { tokenSource } from "../../sdk/token-source.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples } from "../options.ts";
import { printJson, printLine } from "../output.ts";
import { findKey, globalsOf, serverUrl, type World } from "../session.ts";

export function addToken(program: Command, world: World): void {
  program
    .command("token")
    .description("print an access token for the key of --key-file; it ends by itself after five minutes")
    .addHelpText("after", examples("uberrima --key-file desk.key token"))
    .action(async (_: unknown, command: Command) => {
      const globals = globalsOf(command);
      const key = await findKey(world, globals);
      if (key === null) throw new CliError("a key is needed", { exitCode: EXIT.usage, next: "Add --key-file FILE." });
      const endpoint = {
        url: await serverUrl(world, globals),
        fetch: (url: string, init: RequestInit) => fetch(url, init),
      };
      const token = await tokenSource(endpoint, key).token();
      if (globals.json === true) printJson(world.streams, { token });
      else printLine(world.streams, token);
    });
}
