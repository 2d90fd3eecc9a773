// `uberrima client ...`: API clients.
import { type Command, Option } from "commander";
import { dataClass, line, purpose, role, rowScope } from "../../contract/vocabulary.ts";
import { CliError } from "../exit.ts";
import { readProofs } from "../key-file.ts";
import { collect, examples, instant, oneOf } from "../options.ts";
import { allPages } from "../pages.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { addClientKeys } from "./client-key.ts";
import { globalsOf, openSession, type World } from "../session.ts";
import { assertWritable, writeTokenFile } from "../token-file.ts";

interface TokenOptions {
  readonly tokenOut?: string;
  readonly show?: boolean;
}

interface CreateOptions extends TokenOptions {
  readonly jwks?: string;
  readonly certificate?: string;
  readonly name: string;
  readonly role: (typeof role.options)[number];
  readonly purpose: (typeof purpose.options)[number][];
  readonly rowScope?: (typeof rowScope.options)[number];
  readonly group?: string[];
  readonly entity?: string[];
  readonly line?: string[];
  readonly class?: (typeof dataClass.options)[number][];
  readonly expires?: string;
}

export function addClient(program: Command, world: World): void {
  const client = program.command("client").description("API clients: who may ask");
  addCreate(client, world);
  addClientKeys(client, world);
  client
    .command("list")
    .description("list the clients")
    .action(async (_: unknown, command: Command) => list(world, command));
  for (const [name, status, description] of [
    ["suspend", "suspended", "suspend a client at once"],
    ["resume", "active", "let a suspended client in again"],
    ["revoke", "revoked", "end a client for good"],
  ] as const) {
    client
      .command(name)
      .argument("<client-id>")
      .description(description)
      .action(async (clientId: string, _: unknown, command: Command) => {
        const changed = await (await openSession(world, command)).clients.change(clientId, { status });
        if (globalsOf(command).json === true) printJson(world.streams, changed);
        else
          printPairs(world.streams, [
            ["clientId", changed.clientId],
            ["status", changed.status],
          ]);
      });
  }
  tokenOptions(client.command("rotate").argument("<client-id>"))
    .description("replace a client's secret; the former one ends at once")
    .addHelpText("after", examples("uberrima client rotate 0198… --token-out desk.token"))
    .action(async (clientId: string, options: TokenOptions, command: Command) => {
      await prepareToken(options);
      const { token } = await (await openSession(world, command)).clients.rotateSecret(clientId);
      await handOver(world, command, options, { clientId, token });
    });
}

function addCreate(client: Command, world: World): void {
  tokenOptions(client.command("create"))
    .description("create a client; its token is given out this once")
    .requiredOption("--name <name>", "for people to tell it by; kept sealed")
    .addOption(new Option("--role <role>", "its role").choices(role.options).makeOptionMandatory())
    .requiredOption("--purpose <purpose>", "a purpose it may state; may be repeated", collectWords(purpose))
    .addOption(
      new Option(
        "--row-scope <scope>",
        "how its rows are found (default: assignments; none for administration)",
      ).choices(rowScope.options),
    )
    .option("--group <name>", "a book, block or team it belongs to; may be repeated", collect)
    .option("--entity <code>", "a legal entity whose rows it may reach, or feed into; may be repeated", collect)
    .option("--line <line>", "a line of business, or `all`; may be repeated", collect)
    .option("--class <class>", "a data class it is limited to; may be repeated", collectWords(dataClass))
    .option("--jwks <file>", "its public keys, in place of a token (see `client keygen`)")
    .option("--certificate <file>", "its certificate in PEM, in place of a token")
    .option("--expires <time>", "a day or time; the limit depends on the role", instant)
    .addHelpText(
      "after",
      examples(
        'uberrima client create --name "claims desk" --role claims-adjuster --purpose claim-handling --entity acme-life \\',
        "    --line life --token-out desk.token",
        'uberrima client create --name "feed" --role service-account --purpose administration --entity acme-life --line all \\',
        "    --token-out feed.token",
        'uberrima client create --name "desk" --role csr --purpose policy-servicing --entity acme-life --line life --jwks desk.jwks.json',
      ),
    )
    .action(async (options: CreateOptions, command: Command) => create(world, options, command));
}

async function create(world: World, options: CreateOptions, command: Command): Promise<void> {
  const proofs = await readProofs(options);
  const isKeyed = Object.keys(proofs).length > 0;
  if (!isKeyed) await prepareToken(options);
  const session = await openSession(world, command);
  // Who administers, or feeds data in, sees no customer at all.
  const sees = options.purpose.some((each) => each !== "administration");
  const created = await session.clients.create({
    name: options.name,
    role: options.role,
    purposes: options.purpose,
    rowScope: options.rowScope ?? (sees ? "assignments" : "none"),
    groups: options.group ?? [],
    entities: options.entity ?? [],
    lines: (options.line ?? []).includes("all") ? line.options : (options.line ?? []).map(oneOf(line)),
    ...classesOf(options, sees),
    ...(options.expires === undefined ? {} : { expiresAt: options.expires }),
    ...(isKeyed ? { proofs } : {}),
  });
  if (created.token === null && !isKeyed) throw new CliError("the server sent no token");
  for (const entity of created.unknownEntities ?? [])
    world.streams.errors.write(`no feed is mapped to the legal entity "${entity}": is that what you meant?\n`);
  const { clientId, role: given, status, expiresAt } = created.client;
  if (created.token === null) {
    const shown = { clientId, role: given, status, expiresAt };
    if (globalsOf(command).json === true) return printJson(world.streams, shown);
    return printPairs(world.streams, Object.entries(shown));
  }
  await handOver(world, command, options, { clientId, role: given, expiresAt, token: created.token });
}

function classesOf(options: CreateOptions, sees: boolean) {
  if (options.class !== undefined) return { classes: options.class };
  return sees ? {} : { classes: [] };
}

async function list(world: World, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const unverified: string[] = [];
  const items = await allPages(async (query) => {
    const page = await session.clients.list(query);
    unverified.push(...page.unverified);
    return page;
  });
  if (globalsOf(command).json === true) return printJson(world.streams, { items, unverified });
  const rows = items.map((each) => [
    each.clientId,
    each.role,
    each.status,
    each.hasSecret ? "static secret" : "keys",
    each.purposes.join(","),
    each.expiresAt,
    each.name,
  ]);
  printTable(world.streams, ["CLIENT", "ROLE", "STATUS", "PROVES BY", "PURPOSES", "EXPIRES", "NAME"], rows);
  for (const id of unverified)
    printLine(world.streams, `${id} does NOT verify: written behind the server's back; grants nothing`);
}

function tokenOptions(command: Command): Command {
  return command
    .option("--token-out <file>", "write the token to this owner-only file")
    .option("--show", "print the token instead of writing it");
}

async function prepareToken(options: TokenOptions): Promise<void> {
  if (options.show === true) return;
  if (options.tokenOut === undefined)
    throw new CliError("say where the token goes", { exitCode: 2, next: "Add --token-out FILE or --show." });
  await assertWritable(options.tokenOut);
}

async function handOver(
  world: World,
  command: Command,
  options: TokenOptions,
  made: Record<string, string | null> & { readonly token: string },
): Promise<void> {
  const { token, ...about } = made;
  const shown = { ...about, ...(options.show === true ? { token } : { tokenFile: options.tokenOut ?? null }) };
  if (options.show !== true && options.tokenOut !== undefined) await writeTokenFile(options.tokenOut, token);
  if (globalsOf(command).json === true) printJson(world.streams, shown);
  else printPairs(world.streams, Object.entries(shown));
}

function collectWords<Word extends string>(schema: Parameters<typeof oneOf<Word>>[0]) {
  const parse = oneOf(schema);
  return (value: string, before: readonly Word[] | undefined): Word[] => [...(before ?? []), parse(value)];
}
