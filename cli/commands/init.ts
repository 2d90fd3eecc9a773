// `uberrima init`: makes the first access administrator over the owner-only local socket.
import type { Command } from "commander";
import { bootstrap, bootstrapPerson } from "../../sdk/local.ts";
import { CliError, EXIT } from "../exit.ts";
import { handOverInvitation, prepareInvitation } from "../invitation-file.ts";
import { readProofs } from "../key-file.ts";
import { examples } from "../options.ts";
import { printJson, printPairs } from "../output.ts";
import { globalsOf, type World } from "../session.ts";
import { assertWritable, defaultTokenFile, writeTokenFile } from "../token-file.ts";

interface Options {
  readonly data: string;
  readonly name: string;
  readonly tokenOut?: string;
  readonly show?: boolean;
  readonly jwks?: string;
  readonly person?: string;
  readonly email?: string;
  readonly invitationOut?: string;
}

export function addInit(program: Command, world: World): void {
  program
    .command("init")
    .description(
      "make the first access administrator: a client, by its public key or with a token in an owner-only file; or a person, whose invitation goes to one",
    )
    .option("--data <folder>", "the server's data folder", world.environment["UBERRIMA_DATA"] ?? ".uberrima")
    .option("--name <name>", "what to call it", "first administrator")
    .option("--token-out <file>", "where to write the token (default: your configuration folder)")
    .option("--show", "print the token, or the invitation, instead of writing it")
    .option("--jwks <file>", "its public keys, in place of a token (see `client keygen`)")
    .option("--person <name>", "make a person instead, who enrols a password and passkeys of their own")
    .option("--email <address>", "by which the person signs in")
    .option("--invitation-out <file>", "where to write the person's invitation")
    .addHelpText(
      "after",
      examples(
        "uberrima init",
        "uberrima init --data /srv/uberrima --token-out admin.token",
        "uberrima client keygen --out admin.key --jwks admin.jwks.json && uberrima init --jwks admin.jwks.json",
        'uberrima init --person "Ada Nightingale" --email ada@insurer.example --invitation-out ada.invitation',
      ),
    )
    .action(async (options: Options, command: Command) =>
      options.person === undefined ? init(world, options, command) : initPerson(world, options, command),
    );
}

async function init(world: World, options: Options, command: Command): Promise<void> {
  if (options.jwks !== undefined) return initKeyed(world, options, command);
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

/** No secret is made at all: whoever holds the private key is the administrator. */
async function initKeyed(world: World, options: Options, command: Command): Promise<void> {
  if (options.show === true || options.tokenOut !== undefined)
    throw new CliError("a client with keys has no token", {
      exitCode: EXIT.usage,
      next: "Leave out --token-out and --show.",
    });
  const proofs = await readProofs(options.jwks === undefined ? {} : { jwks: options.jwks });
  const { client } = await bootstrap(options.data, options.name, proofs);
  const { clientId, role } = client;
  if (globalsOf(command).json === true) return printJson(world.streams, { clientId, role });
  printPairs(world.streams, Object.entries({ clientId, role }));
  world.streams.errors.write("Write this clientId into the private key's file, then use it by --key-file.\n");
}

/** Nothing secret stays on the command line or in a log: the link goes to a file that its owner alone reads, works once, and for three days. */
async function initPerson(world: World, options: Options, command: Command): Promise<void> {
  const { person: name, email, data } = options;
  if (name === undefined || email === undefined)
    throw new CliError("give --person and --email", { exitCode: EXIT.usage });
  await prepareInvitation(options);
  const { staff, invitation } = await bootstrapPerson(data, { name, email });
  await handOverInvitation(world, command, options, { staffId: staff.staffId, role: staff.role, invitation });
}
