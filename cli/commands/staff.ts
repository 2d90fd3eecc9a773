// `uberrima staff ...`: people, their invitations, and resets of what they sign in by.
import { type Command, Option } from "commander";
import { approveLocally } from "../../sdk/local.ts";
import { dataClass, line, purpose, role, rowScope } from "../../contract/vocabulary.ts";
import {
  handOverInvitation,
  type InvitationOptions,
  invitationOptions,
  prepareInvitation,
} from "../invitation-file.ts";
import { collect, examples, instant, oneOf } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { allPages } from "../pages.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface InviteOptions extends InvitationOptions {
  readonly name: string;
  readonly email: string;
  readonly role: (typeof role.options)[number];
  readonly purpose: (typeof purpose.options)[number][];
  readonly rowScope?: (typeof rowScope.options)[number];
  readonly group?: string[];
  readonly entity?: string[];
  readonly line?: string[];
  readonly class?: (typeof dataClass.options)[number][];
  readonly supervisor?: string;
  readonly expires?: string;
}

export function addStaff(program: Command, world: World): void {
  const staff = program.command("staff").description("people: who they are and what they sign in by");
  addInvite(staff, world);
  staff
    .command("list")
    .description("list the members of staff")
    .action(async (_: unknown, command: Command) => list(world, command));
  staff
    .command("show")
    .argument("<staff-id>")
    .description("one member of staff, with what they sign in by")
    .action(async (staffId: string, _: unknown, command: Command) => show(world, staffId, command));
  invitationOptions(staff.command("reinvite").argument("<staff-id>"))
    .description("another invitation for who has no factor yet; the one before ends")
    .addHelpText("after", examples("uberrima staff reinvite 0198… --invitation-out ada.invitation"))
    .action(async (staffId: string, options: InvitationOptions, command: Command) => {
      await prepareInvitation(options);
      const invitation = await (await openSession(world, command)).staff.invite(staffId);
      await handOverInvitation(world, command, options, { staffId, invitation });
    });
  addApprove(staff, world);
  addStatuses(staff, world);
  addReset(staff, world);
}

function addInvite(staff: Command, world: World): void {
  invitationOptions(staff.command("invite"))
    .description("make a member of staff; what they sign in by they enrol themselves, and nobody else sees")
    .requiredOption("--name <name>", "kept sealed")
    .requiredOption("--email <address>", "by which they sign in; kept sealed")
    .addOption(new Option("--role <role>", "their role").choices(role.options).makeOptionMandatory())
    .requiredOption("--purpose <purpose>", "a purpose they may state; may be repeated", collectWords(purpose))
    .addOption(
      new Option(
        "--row-scope <scope>",
        "how their rows are found (default: assignments; none for administration)",
      ).choices(rowScope.options),
    )
    .option("--group <name>", "a book, block or team they belong to; may be repeated", collect)
    .option("--entity <code>", "a legal entity whose rows they may reach; may be repeated", collect)
    .option("--line <line>", "a line of business, or `all`; may be repeated", collect)
    .option("--class <class>", "a data class they are limited to; may be repeated", collectWords(dataClass))
    .option("--supervisor <staff-id>", "who may vouch for them in person")
    .option("--expires <time>", "for whoever is here for a time only", instant)
    .addHelpText(
      "after",
      examples(
        'uberrima staff invite --name "Ada Nightingale" --email ada@insurer.example --role claims-adjuster \\',
        "    --purpose claim-handling --entity acme-life --line life --invitation-out ada.invitation",
      ),
    )
    .action(async (options: InviteOptions, command: Command) => invite(world, options, command));
}

async function invite(world: World, options: InviteOptions, command: Command): Promise<void> {
  await prepareInvitation(options);
  const session = await openSession(world, command);
  // Who administers sees no customer at all.
  const sees = options.purpose.some((each) => each !== "administration");
  const classes = options.class ?? (sees ? undefined : []);
  const { staff, invitation } = await session.staff.create({
    name: options.name,
    email: options.email,
    role: options.role,
    purposes: options.purpose,
    rowScope: options.rowScope ?? (sees ? "assignments" : "none"),
    groups: options.group ?? [],
    entities: options.entity ?? [],
    lines: (options.line ?? []).includes("all") ? line.options : (options.line ?? []).map(oneOf(line)),
    ...(classes === undefined ? {} : { classes }),
    ...(options.supervisor === undefined ? {} : { supervisorId: options.supervisor }),
    ...(options.expires === undefined ? {} : { expiresAt: options.expires }),
  });
  await handOverInvitation(world, command, options, { staffId: staff.staffId, role: staff.role, invitation });
}

function addApprove(staff: Command, world: World): void {
  staff
    .command("approve")
    .argument("<staff-id>")
    .description("approve somebody whom another administrator made; until then their invitation lets nobody in")
    .option("--data <folder>", "as whoever holds the machine, over the server's local socket")
    .addHelpText("after", examples("uberrima staff approve 0198…", "uberrima staff approve 0198… --data .uberrima"))
    .action(async (staffId: string, { data }: { readonly data?: string }, command: Command) => {
      if (data === undefined) await (await openSession(world, command)).staff.approve(staffId);
      else await approveLocally(data, staffId);
      tell(world, command, { staffId, approved: "yes" });
    });
}

function addStatuses(staff: Command, world: World): void {
  for (const [name, status, description] of [
    ["leave", "on-leave", "somebody is on leave: their rights rest, at once and everywhere"],
    ["return", "active", "somebody is back from leave, or from a suspension"],
    ["suspend", "suspended", "stop somebody, at once and everywhere"],
    ["revoke", "revoked", "somebody has left for good"],
  ] as const) {
    staff
      .command(name)
      .argument("<staff-id>")
      .description(description)
      .action(async (staffId: string, _: unknown, command: Command) => {
        const changed = await (await openSession(world, command)).staff.change(staffId, { status });
        tell(world, command, changed);
      });
  }
  staff
    .command("sign-out")
    .argument("<staff-id>")
    .description("end all sessions of somebody")
    .action(async (staffId: string, _: unknown, command: Command) => {
      const { ended } = await (await openSession(world, command)).staff.endSessions(staffId);
      tell(world, command, { staffId, ended: String(ended) });
    });
  staff
    .command("supervisor")
    .argument("<staff-id>")
    .argument("[supervisor-id]", "left out: nobody")
    .description("say who may vouch for somebody in person")
    .action(async (staffId: string, supervisorId: string | undefined, _: unknown, command: Command) => {
      tell(
        world,
        command,
        await (await openSession(world, command)).staff.nameSupervisor(staffId, supervisorId ?? null),
      );
    });
}

interface ResetOptions {
  readonly calledAt?: string;
  readonly reference?: string;
}

/** With a session's token: both who asks and who approves are people. */
function addReset(staff: Command, world: World): void {
  const reset = staff.command("reset").description("for who lost their factors: one person asks, another one approves");
  reset
    .command("ask")
    .argument("<staff-id>")
    .option("--called-at <time>", "when you called the person back, at the number on file", instant)
    .option("--reference <text>", "where the call is written down")
    .description("with a call-back: prints the code to tell the person; without: the supervisor must vouch in person")
    .addHelpText(
      "after",
      examples("uberrima staff reset ask 0198… --called-at 2026-01-31T09:00:00Z --reference INC-77"),
    )
    .action(async (staffId: string, { calledAt, reference }: ResetOptions, command: Command) => {
      const isCall = calledAt !== undefined && reference !== undefined;
      const draft = isCall
        ? { path: "two-people" as const, callBack: { calledAt, reference } }
        : { path: "supervisor" as const };
      tell(world, command, await (await openSession(world, command)).resets.ask(staffId, draft));
    });
  invitationOptions(reset.command("approve").argument("<staff-id>").argument("<reset-id>"))
    .description("vouch for the person before you, or approve what another one asked for")
    .action(async (staffId: string, resetId: string, options: InvitationOptions, command: Command) => {
      await prepareInvitation(options);
      const invitation = await (await openSession(world, command)).resets.approve(staffId, resetId);
      await handOverInvitation(world, command, options, { staffId, invitation });
    });
  reset
    .command("cancel")
    .argument("<staff-id>")
    .argument("<reset-id>")
    .description("cancel a reset, also one that was approved and not used")
    .action(async (staffId: string, resetId: string, _: unknown, command: Command) => {
      tell(world, command, await (await openSession(world, command)).resets.cancel(staffId, resetId));
    });
}

async function list(world: World, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const unverified: string[] = [];
  const items = await allPages(async (query) => {
    const page = await session.staff.list(query);
    unverified.push(...page.unverified);
    return page;
  });
  if (globalsOf(command).json === true) return printJson(world.streams, { items, unverified });
  const rows = items.map((each) => [
    each.staffId,
    each.role,
    each.status,
    each.purposes.join(","),
    each.email,
    each.name,
  ]);
  printTable(world.streams, ["STAFF", "ROLE", "STATUS", "PURPOSES", "E-MAIL", "NAME"], rows);
  for (const id of unverified)
    printLine(world.streams, `${id} does NOT verify: written behind the server's back; grants nothing`);
}

async function show(world: World, staffId: string, command: Command): Promise<void> {
  const found = await (await openSession(world, command)).staff.get(staffId);
  if (globalsOf(command).json === true) return printJson(world.streams, found);
  const { staff, factors, invitedUntil, sessions } = found;
  printPairs(world.streams, [
    ["staffId", staff.staffId],
    ["name", staff.name],
    ["email", staff.email],
    ["role", staff.role],
    ["status", staff.status],
    ["supervisorId", staff.supervisorId],
    ["factors", factors.factors.map(({ kind, name }) => `${kind} (${name})`).join(", ")],
    ["passwordSetAt", factors.passwordSetAt],
    ["invitedUntil", invitedUntil],
    ["sessions", String(sessions)],
  ]);
}

function tell(world: World, command: Command, about: Readonly<Record<string, string | null>>): void {
  if (globalsOf(command).json === true) printJson(world.streams, about);
  else printPairs(world.streams, Object.entries(about));
}

function collectWords<Word extends string>(schema: Parameters<typeof oneOf<Word>>[0]) {
  const parse = oneOf(schema);
  return (value: string, before: readonly Word[] | undefined): Word[] => [...(before ?? []), parse(value)];
}
