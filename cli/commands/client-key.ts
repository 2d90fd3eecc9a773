// `uberrima client key ...`, `client keygen` and `client approve`: what systems prove themselves by, in place of a secret.
import type { Command } from "commander";
import { approveLocally } from "../../sdk/local.ts";
import { makeKeyFile, readProofs } from "../key-file.ts";
import { examples } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface ProofOptions {
  readonly jwks?: string;
  readonly certificate?: string;
}

export function addClientKeys(client: Command, world: World): void {
  client
    .command("keygen")
    .description("make a key pair: the private half stays here, the public one is registered by an administrator")
    .requiredOption("--out <file>", "the private key, owner-only; for --key-file once the client's id stands in it")
    .requiredOption("--jwks <file>", "the public key, for `client create --jwks` or `client key add --jwks`")
    .addHelpText("after", examples("uberrima client keygen --out desk.key --jwks desk.jwks.json"))
    .action(async (options: { readonly out: string; readonly jwks: string }, command: Command) => {
      const kid = await makeKeyFile(options.out, options.jwks);
      show(world, command, { kid, keyFile: options.out, jwks: options.jwks });
    });
  client
    .command("approve")
    .argument("<client-id>")
    .description("approve a client, or keys of one, that somebody else asked for")
    .option("--data <folder>", "as whoever holds the machine, over the server's local socket")
    .addHelpText("after", examples("uberrima client approve 0198…", "uberrima client approve 0198… --data .uberrima"))
    .action(async (clientId: string, { data }: { readonly data?: string }, command: Command) => {
      if (data === undefined) await (await openSession(world, command)).clientKeys.approve(clientId);
      else await approveLocally(data, clientId);
      show(world, command, { clientId, approved: "yes" });
    });
  addKey(client.command("key").description("public keys and certificates of a client"), world);
}

function addKey(key: Command, world: World): void {
  key
    .command("list")
    .argument("<client-id>")
    .description("what the client proves itself by")
    .addHelpText("after", examples("uberrima client key list 0198…"))
    .action(async (clientId: string, _: unknown, command: Command) => list(world, clientId, command));
  key
    .command("add")
    .argument("<client-id>")
    .description("register public keys or a certificate")
    .option("--jwks <file>", "a JWK set with public keys")
    .option("--certificate <file>", "a certificate in PEM")
    .addHelpText("after", examples("uberrima client key add 0198… --jwks desk.jwks.json"))
    .action(async (clientId: string, options: ProofOptions, command: Command) => {
      await (await openSession(world, command)).clientKeys.add(clientId, await readProofs(options));
      await list(world, clientId, command);
    });
  key
    .command("remove")
    .argument("<client-id>")
    .argument("<key-id>")
    .description("remove one; tokens that were given out for it end at once")
    .addHelpText("after", examples("uberrima client key remove 0198… 0199…"))
    .action(async (clientId: string, keyId: string, _: unknown, command: Command) => {
      await (await openSession(world, command)).clientKeys.remove(clientId, keyId);
      show(world, command, { keyId, removed: "yes" });
    });
}

async function list(world: World, clientId: string, command: Command): Promise<void> {
  const held = await (await openSession(world, command)).clientKeys.list(clientId);
  if (globalsOf(command).json === true) return printJson(world.streams, held);
  const rows = held.items.map((each) => [
    each.keyId,
    each.type,
    each.kid ?? each.thumbprint ?? each.name?.value ?? "",
    each.algorithm ?? "",
    each.addedAt,
    each.awaitsApproval ? "waits for approval" : "",
  ]);
  printTable(world.streams, ["KEY", "TYPE", "NAMED", "ALGORITHM", "ADDED", ""], rows);
}

function show(world: World, command: Command, shown: Record<string, string>): void {
  if (globalsOf(command).json === true) printJson(world.streams, shown);
  else printPairs(world.streams, Object.entries(shown));
}
