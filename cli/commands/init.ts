// `uberrima init`: makes the first access administrator over the owner-only local socket.
import type { Command } from "commander";
import { bootstrap } from "../../sdk/local.ts";
import { CliError } from "../exit.ts";
import { examples } from "../options.ts";
import { printJson, printPairs } from "../output.ts";
import { globalsOf, type World } from "../session.ts";
import { assertWritable, defaultTokenFile, writeTokenFile } from "../token-file.ts";

interface Options {
  readonly data: string;
  readonly name: string;
  readonly tokenOut?: string;
  readonly show?: boolean;
}

export function addInit(program: Command, world: World): void {
  program
    .command("init")
    .description("make the first access administrator; its token goes to an owner-only file")
    .option("--data <folder>", "the server's data folder", world.environment["UBERRIMA_DATA"] ?? ".uberrima")
    .option("--name <name>", "what to call it", "first administrator")
    .option("--token-out <file>", "where to write the token (default: your configuration folder)")
    .option("--show", "print the token instead of writing it")
    .addHelpText("after", examples("uberrima init", "uberrima init --data /srv/uberrima --token-out admin.token"))
    .action(async (options: Options, command: Command) => init(world, options, command));
}

async function init(world: World, options: Options, command: Command): Promise<void> {
  const file = options.tokenOut ?? defaultTokenFile(world.environment);
  if (options.show !== true) await assertWritable(file);
  const { client, token } = await bootstrap(options.data, options.name);
  if (token === null) throw new CliError("the server sent no token");
  if (options.show !== true) await writeTokenFile(file, token);
  const shown = {
    clientId: client.clientId,
    role: client.role,
    ...(options.show === true ? { token } : { tokenFile: file }),
  };
  if (globalsOf(command).json === true) printJson(world.streams, shown);
  else printPairs(world.streams, Object.entries(shown));
}
