// `uberrima grant ...`, `break-glass ...`, `attest ...`, `team ...`: what is lent for a time, what was attested, who works together.
import { type Command, Option } from "commander";
import { dataClass, purpose, role } from "../../contract/vocabulary.ts";
import type { Grant } from "../../contract/grants.ts";
import { collect, examples, instant, oneOf, wholeNumber } from "../options.ts";
import { type Cell, printJson, printPairs, printTable } from "../output.ts";
import { allPages } from "../pages.ts";
import { globalsOf, openSession, type World } from "../session.ts";

const whole = wholeNumber(9999);

const words =
  <Word extends string>(list: Parameters<typeof oneOf<Word>>[0]) =>
  (text: string, before: Word[] | undefined): Word[] => [...(before ?? []), oneOf(list)(text)];

interface RequestOptions {
  readonly role?: (typeof role.options)[number];
  readonly purpose?: (typeof purpose.options)[number][];
  readonly class?: (typeof dataClass.options)[number][];
  readonly group?: string[];
  readonly customer?: string;
  readonly reason: string;
  readonly hours: number;
}

export function addGrant(program: Command, world: World): void {
  const grant = program.command("grant").description("what is lent for a time beyond somebody's own registration");
  grant
    .command("request")
    .description("ask to be elevated; with --customer, for two persons' approval to see classes of theirs")
    .addOption(new Option("--role <role>", "another role").choices(role.options))
    .option("--purpose <purpose>", "a purpose; may be repeated", words(purpose))
    .option("--class <class>", "a data class; may be repeated", words(dataClass))
    .option("--group <name>", "a book, block or team; may be repeated", collect)
    .option("--customer <customer-id>", "whose classes two persons are to approve")
    .requiredOption("--reason <text>", "why")
    .option("--hours <hours>", "for how long", whole, 4)
    .addHelpText(
      "after",
      examples(
        'uberrima grant request --role medical-reviewer --purpose medical-review --reason "the reviewer is away"',
        'uberrima grant request --customer 0198… --class driving --purpose claim-handling --reason "to settle who drove"',
      ),
    )
    .action(async (options: RequestOptions, command: Command) => request(world, options, command));
  for (const [name, approves] of [
    ["approve", true],
    ["deny", false],
  ] as const) {
    grant
      .command(name)
      .argument("<grant-id>")
      .option("--note <text>", "for the record")
      .description(`${name} somebody else's request`)
      .action(async (grantId: string, { note }: { readonly note?: string }, command: Command) => {
        const session = await openSession(world, command);
        const decided = await session.grants.decide(grantId, { approves, ...(note === undefined ? {} : { note }) });
        show(world, command, decided);
      });
  }
  grant
    .command("list")
    .option("--all", "those of everybody")
    .description("list grants that wait, are in force or wait for review")
    .action(async ({ all }: { readonly all?: boolean }, command: Command) => {
      const session = await openSession(world, command);
      const of = all === true ? "all" : "mine";
      const items = await allPages((page) => session.grants.list({ of, ...page }));
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      printTable(world.streams, ["GRANT", "FORM", "STATE", "HOLDER", "UNTIL", "REVIEW BY"], items.map(rowOf));
    });
  grant
    .command("end")
    .argument("<grant-id>")
    .description("end a grant before its time")
    .action(async (grantId: string, _: unknown, command: Command) =>
      show(world, command, await (await openSession(world, command)).grants.end(grantId)),
    );
}

function rowOf({ grantId, form, state, holderId, untilAt, reviewBy }: Grant): Cell[] {
  return [grantId, form, state, holderId, untilAt, reviewBy];
}

async function request(world: World, options: RequestOptions, command: Command): Promise<void> {
  const { customer, reason, hours, purpose: purposes } = options;
  const session = await openSession(world, command);
  const common = { reason, hours };
  const [only] = purposes ?? [];
  const made =
    customer === undefined
      ? await session.grants.request({
          form: "elevation",
          ...common,
          ...(options.role === undefined ? {} : { role: options.role }),
          ...(purposes === undefined ? {} : { purposes }),
          ...(options.group === undefined ? {} : { groups: options.group }),
          ...(options.class === undefined ? {} : { classes: options.class }),
        })
      : await session.grants.request({
          form: "two-person",
          ...common,
          customerId: customer,
          classes: options.class ?? [],
          purpose: only ?? "claim-handling",
        });
  show(world, command, { grantId: made.grantId, state: made.state });
}

function show(world: World, command: Command, done: object): void {
  if (globalsOf(command).json === true) printJson(world.streams, done);
  else printPairs(world.streams, Object.entries(done) as [string, Cell][]);
}

export function addBreakGlass(program: Command, world: World): void {
  const glass = program
    .command("break-glass")
    .description("emergency access: alerts at once, and is reviewed by others");
  glass
    .command("open")
    .requiredOption("--reason <text>", "what the emergency is")
    .option("--minutes <minutes>", "for how long", whole, 30)
    .description("open an emergency access for yourself; then ask with purpose and basis emergency")
    .addHelpText("after", examples('uberrima break-glass open --reason "caller in danger, assigned adjuster away"'))
    .action(async (options: { readonly reason: string; readonly minutes: number }, command: Command) => {
      const opened = await (await openSession(world, command)).grants.breakGlass(options);
      show(world, command, { grantId: opened.grantId, untilAt: opened.untilAt, reviewBy: opened.reviewBy });
    });
  glass
    .command("review")
    .argument("<grant-id>")
    .addOption(
      new Option("--finding <finding>", "what you found").choices(["justified", "unjustified"]).makeOptionMandatory(),
    )
    .requiredOption("--note <text>", "why you find so")
    .description("review somebody else's emergency access once it is over")
    .action(
      async (
        grantId: string,
        review: { readonly finding: "justified" | "unjustified"; readonly note: string },
        command: Command,
      ) => show(world, command, await (await openSession(world, command)).grants.review(grantId, review)),
    );
}

export function addAttest(program: Command, world: World): void {
  const attest = program.command("attest").description("trainings passed, policies acknowledged, conflicts declared");
  attest
    .command("conflict")
    .argument("<customer-id>")
    .option("--note <text>", "for the record")
    .description("declare that you have an interest of your own in a customer")
    .action(async (customerId: string, { note }: { readonly note?: string }, command: Command) => {
      const body = { what: "conflict", customerId, ...(note === undefined ? {} : { note }) } as const;
      show(world, command, await (await openSession(world, command)).attestations.attest(body));
    });
  attest
    .command("policy")
    .argument("<policy>")
    .description("acknowledge a policy as it reads now")
    .action(async (policy: string, _: unknown, command: Command) =>
      show(world, command, await (await openSession(world, command)).attestations.attest({ what: "policy", policy })),
    );
  attest
    .command("training")
    .argument("<principal-id>")
    .requiredOption("--course <course>", "which")
    .requiredOption("--passed <time>", "a day or time", instant)
    .description("record a training that somebody else passed")
    .action(
      async (
        principalId: string,
        { course, passed }: { readonly course: string; readonly passed: string },
        command: Command,
      ) => {
        const body = { what: "training", principalId, course, passedAt: passed } as const;
        show(world, command, await (await openSession(world, command)).attestations.attest(body));
      },
    );
  attest
    .command("list")
    .option("--of <principal-id>", "whose; yours when left out")
    .description("list attestations")
    .addHelpText("after", examples("uberrima attest list"))
    .action(async ({ of }: { readonly of?: string }, command: Command) => {
      const session = await openSession(world, command);
      const { items } = await session.attestations.list(of === undefined ? {} : { principalId: of });
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [each.attestationId, each.what, each.subject, each.at, each.validUntil]);
      printTable(world.streams, ["ATTESTATION", "WHAT", "SUBJECT", "AT", "VALID UNTIL"], rows);
    });
}

export function addTeam(program: Command, world: World): void {
  const team = program.command("team").description("teams: what is assigned to one is in hand of its members");
  team
    .command("create")
    .argument("<name>")
    .description("make a team")
    .addHelpText("after", examples('uberrima team create "total losses"'))
    .action(async (name: string, _: unknown, command: Command) =>
      show(world, command, await (await openSession(world, command)).teams.create({ name })),
    );
  for (const change of ["add", "remove"] as const) {
    team
      .command(change)
      .argument("<name>")
      .argument("<principal-id>")
      .description(change === "add" ? "put somebody into a team" : "take somebody out of a team")
      .action(async (name: string, principalId: string, _: unknown, command: Command) =>
        show(
          world,
          command,
          await (await openSession(world, command)).teams.change({ team: name, principalId, change }),
        ),
      );
  }
  team
    .command("list")
    .description("list the teams")
    .action(async (_: unknown, command: Command) => {
      const session = await openSession(world, command);
      const items = await allPages((page) => session.teams.list(page));
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      printTable(
        world.streams,
        ["TEAM", "NAME"],
        items.map(({ teamId, name }) => [teamId, name]),
      );
    });
}
