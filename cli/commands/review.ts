// `uberrima review ...`: reviews of access, asked of people, and done.
import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { role } from "../../contract/vocabulary.ts";
import type { Client } from "../../sdk/client.ts";
import { CliError, EXIT } from "../exit.ts";
import { collect, examples, instant } from "../options.ts";
import { printJson, printLine, printPairs, printTable, type Streams } from "../output.ts";
import { allPages } from "../pages.ts";
import { globalsOf, openSession, type World } from "../session.ts";

const SUBJECTS = ["staff", "client", "assignment", "role", "grant"] as const;
const DECISIONS = ["approve", "narrow", "revoke", "defer", "escalate"] as const;
const LINES_AT_ONCE = 200;
const OWNER_ONLY = 0o600;

type Shown = Awaited<ReturnType<Client["reviews"]["show"]>>;
type Line = Awaited<ReturnType<Client["reviews"]["lines"]>>["items"][number];

export function addReview(program: Command, world: World): void {
  const review = program.command("review").description("reviews of access: who still needs what they have");
  addStart(review, world);
  addReading(review, world);
  addDecide(review, world);
  review
    .command("close")
    .argument("<review-id>")
    .description("close a review of which every line is decided, and do what was decided")
    .addHelpText("after", examples("uberrima review close 0198…"))
    .action(async (reviewId: string, _: unknown, command: Command) => {
      const { state } = await (await openSession(world, command)).reviews.close(reviewId);
      if (globalsOf(command).json === true) return printJson(world.streams, { reviewId, state });
      printPairs(world.streams, [["state", state]]);
      if (state === "pending-actions")
        printLine(
          world.streams,
          "Some of it people must do: narrow the roles in governance/access/roles.yaml, restart.",
        );
    });
  review
    .command("cancel")
    .argument("<review-id>")
    .description("end a review; nothing of it is done")
    .requiredOption("--reason <text>", "why; name no person")
    .action(async (reviewId: string, options: { readonly reason: string }, command: Command) => {
      const answer = await (await openSession(world, command)).reviews.cancel(reviewId, options.reason);
      if (globalsOf(command).json === true) printJson(world.streams, answer);
      else printPairs(world.streams, [["state", answer.state]]);
    });
  addExport(review, world);
}

interface StartOptions {
  readonly name: string;
  readonly subject?: (typeof SUBJECTS)[number][];
  readonly role?: (typeof role.options)[number][];
  readonly entity?: string[];
  readonly principal?: string[];
  readonly reviewer: string[];
  readonly escalation: string;
  readonly due: string;
  readonly overdue: "approve" | "revoke";
}

function addStart(review: Command, world: World): void {
  review
    .command("start")
    .description("freeze who has what now, and hand the lines to reviewers")
    .requiredOption("--name <name>", "for people to tell it by")
    .requiredOption("--reviewer <id>", "who decides, in turns; may be repeated", collect)
    .requiredOption("--escalation <id>", "who decides what is escalated")
    .requiredOption("--due <time>", "a day or time within a year", instant)
    .option("--subject <kind>", `one of ${SUBJECTS.join(", ")}; may be repeated (default: staff and client)`, collect)
    .option("--role <role>", "only this role; may be repeated", collect)
    .option("--entity <code>", "only who reaches this legal entity; may be repeated", collect)
    .option("--principal <id>", "only this person or client; may be repeated", collect)
    .addOption(
      new Option("--overdue <decision>", "what becomes of undecided lines when it is due")
        .choices(["revoke", "approve"])
        .default("revoke"),
    )
    .addHelpText(
      "after",
      examples(
        'uberrima review start --name "spring review" --reviewer 0198… --reviewer 0199… --escalation 019a… --due 2027-01-31',
        'uberrima review start --name "adjusters" --role claims-adjuster --reviewer 0198… --escalation 019a… --due 2027-01-31',
      ),
    )
    .action(async (options: StartOptions, command: Command) => start(world, options, command));
}

async function start(world: World, options: StartOptions, command: Command): Promise<void> {
  const { reviews } = await openSession(world, command);
  const drafted = await reviews.create({
    name: options.name,
    scope: {
      subjects: options.subject ?? ["staff", "client"],
      roles: options.role ?? [],
      entities: options.entity ?? [],
      principals: options.principal ?? [],
    },
    reviewers: options.reviewer,
    escalation: options.escalation,
    dueAt: options.due,
    overdue: options.overdue,
  });
  const { reviewId } = drafted.review;
  try {
    await reviews.start(reviewId);
  } catch (error) {
    // What cannot start is not left lying about.
    await reviews.cancel(reviewId, "could not be started").catch(() => {});
    throw error;
  }
  printReview(world.streams, await reviews.show(reviewId), globalsOf(command).json === true);
}

function addReading(review: Command, world: World): void {
  review
    .command("list")
    .description("list reviews")
    .action(async (_: unknown, command: Command) => {
      const { reviews } = await openSession(world, command);
      const items = await allPages((query) => reviews.list(query));
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      const rows = items.map((each) => [each.reviewId, each.state, each.lines, each.dueAt, each.name]);
      printTable(world.streams, ["REVIEW", "STATE", "LINES", "DUE", "NAME"], rows);
    });
  review
    .command("show")
    .argument("<review-id>")
    .description("show a review and its lines; a reviewer sees their own")
    .option("--undecided", "only lines that wait for a decision")
    .addHelpText("after", examples("uberrima review show 0198… --undecided"))
    .action(async (reviewId: string, options: { readonly undecided?: boolean }, command: Command) => {
      const { reviews } = await openSession(world, command);
      const undecided = options.undecided === true ? "true" : "false";
      const shown = await reviews.show(reviewId);
      const lines = await allPages((query) => reviews.lines(reviewId, { ...query, limit: LINES_AT_ONCE, undecided }));
      if (globalsOf(command).json === true) return printJson(world.streams, { ...shown, lines });
      printReview(world.streams, shown, false);
      printLine(world.streams, "");
      printTable(
        world.streams,
        ["LINE", "KIND", "ROLE", "LAST USE", "CUSTOMERS", "FLAGS", "SUGGESTED", "DECIDED", "NAME"],
        lines.map(lineRow),
      );
    });
}

function lineRow({ lineId, subject, used, flags, suggestion, decision }: Line) {
  return [
    lineId,
    subject.kind,
    subject.role,
    used.lastAt?.slice(0, 10) ?? "never",
    used.customers,
    flags.join(",") || null,
    [suggestion.decision, ...suggestion.because].join("; "),
    decision?.decision ?? null,
    subject.name,
  ];
}

function printReview(streams: Streams, { review, totals }: Shown, json: boolean): void {
  if (json) return printJson(streams, { review, totals });
  printPairs(streams, [
    ["review", review.reviewId],
    ["name", review.name],
    ["state", review.state],
    ["due", `${review.dueAt}, then ${review.overdue}`],
    ["lines", review.lines],
    ["undecided", totals.undecided],
    ["flagged", totals.flagged],
    ["decided", `${totals.approve} approved, ${totals.narrow} narrowed, ${totals.revoke} revoked`],
    ["to be done", totals.toDo],
  ]);
}

interface DecideOptions {
  readonly line?: string[];
  readonly allSuggested?: boolean;
  readonly as: (typeof DECISIONS)[number];
  readonly reason: string;
}

function addDecide(review: Command, world: World): void {
  review
    .command("decide")
    .argument("<review-id>")
    .description("decide lines that are yours; never on yourself or on whom you granted")
    .option("--line <id>", "a line; may be repeated", collect)
    .option("--all-suggested", "every undecided line of yours for which this is the suggestion")
    .addOption(
      new Option("--as <decision>", "narrow leaves what each line suggests").choices(DECISIONS).makeOptionMandatory(),
    )
    .requiredOption("--reason <text>", "why; kept sealed. Every process here can see it, so name no person")
    .addHelpText(
      "after",
      examples(
        'uberrima review decide 0198… --line 0199… --as approve --reason "on the team until June"',
        'uberrima review decide 0198… --all-suggested --as revoke --reason "not used for half a year"',
      ),
    )
    .action(async (reviewId: string, options: DecideOptions, command: Command) => {
      const { reviews } = await openSession(world, command);
      const lines = options.line ?? (options.allSuggested === true ? await suggested(reviews, reviewId, options) : []);
      if (lines.length === 0)
        throw new CliError("no line to decide", {
          exitCode: EXIT.usage,
          next: "Name lines with --line, or --all-suggested.",
        });
      for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
        const some = lines.slice(at, at + LINES_AT_ONCE);
        await reviews.decide(reviewId, { lines: some, decision: options.as, reason: options.reason });
      }
      if (globalsOf(command).json === true) printJson(world.streams, { reviewId, decided: lines });
      else printPairs(world.streams, [["decided", lines.length]]);
    });
}

async function suggested(reviews: Client["reviews"], reviewId: string, { as }: DecideOptions): Promise<string[]> {
  const lines = await allPages((query) =>
    reviews.lines(reviewId, { ...query, limit: LINES_AT_ONCE, undecided: "true" }),
  );
  return lines.filter(({ suggestion }) => suggestion.decision === as).map(({ lineId }) => lineId);
}

function addExport(review: Command, world: World): void {
  review
    .command("export")
    .argument("<review-id>")
    .description("write a review to an owner-only file; the export is an entry of the ledger")
    .requiredOption("--out <file>", "a new file, ending in .csv or .pdf")
    .addHelpText("after", examples("uberrima review export 0198… --out spring.pdf"))
    .action(async (reviewId: string, options: { readonly out: string }, command: Command) => {
      const format = /\.(csv|pdf)$/.exec(options.out)?.[1] as "csv" | "pdf" | undefined;
      if (format === undefined)
        throw new CliError("the file must end in .csv or .pdf", {
          exitCode: EXIT.usage,
          next: "Use --out review.csv.",
        });
      const bytes = await (await openSession(world, command)).reviews.print(reviewId, format);
      await writeFile(options.out, bytes, { mode: OWNER_ONLY, flag: "wx" }).catch((cause: unknown) => {
        throw new CliError(`cannot write ${options.out}, or it is there already`, { cause });
      });
      if (globalsOf(command).json === true) printJson(world.streams, { reviewId, file: options.out });
      else printPairs(world.streams, [["file", options.out]]);
    });
}
