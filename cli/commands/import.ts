// `uberrima import FILE... --mapping NAME`: sends feeds, shows how far it is, and goes on where it stopped.
import { createHash } from "node:crypto";
import { createReadStream, openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Presets, SingleBar } from "cli-progress";
import type { Command } from "commander";
import type { Client } from "../../sdk/client.ts";
import type { ImportRun } from "../../sdk/imports.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";

const REJECTS_SHOWN_MAX = 50;

interface Imported {
  readonly file: string;
  readonly run: ImportRun;
  /** False when this file had been imported before. */
  readonly isNew: boolean;
  readonly rejects: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
}

interface ImportOptions {
  readonly mapping: string;
  readonly originSource?: string;
  readonly originGround?: string;
  readonly originReference?: string;
  readonly originInstitution?: string;
}

type Announced = Pick<Parameters<Client["imports"]["start"]>[0], "mapping" | "origin">;

function announcedBy({ mapping, ...said }: ImportOptions): Announced {
  const { originSource: source, originGround: ground, originReference, originInstitution } = said;
  if (source === undefined && ground === undefined) return { mapping };
  if (source === undefined || ground === undefined)
    throw new CliError("an origin has a source and a ground", { exitCode: EXIT.usage });
  const reference = originReference === undefined ? {} : { reference: originReference };
  const institution = originInstitution === undefined ? {} : { institution: originInstitution };
  return { mapping, origin: { source, ground, ...reference, ...institution } };
}

export function addImport(program: Command, world: World): void {
  program
    .command("import")
    .argument("<file...>", "CSV or NDJSON files")
    .description("import feeds; the same file twice changes nothing, an interrupted one goes on where it stopped")
    .requiredOption("--mapping <name>", "how the columns are read; `uberrima mappings` lists them")
    .option(
      "--origin-source <source>",
      "where the data are from, in place of what the mapping says: see GET /v1/schema",
    )
    .option("--origin-ground <ground>", "on which lawful ground they were collected")
    .option("--origin-reference <text>", "what that ground rests on, such as an order's number")
    .option("--origin-institution <name>", "the name of the institution that they are from")
    .addHelpText(
      "after",
      examples(
        "uberrima import policies.csv --mapping life-policy --token-file feed.token",
        "uberrima import masters/*.csv --mapping customer-master --json",
      ) + "\nEnds with exit code 4 when rows were refused, whether now or when the same file was imported before.\n",
    )
    .action(async (files: string[], options: ImportOptions, command: Command) =>
      importFiles(world, files, options, command),
    );
  program
    .command("mappings")
    .description("list the mappings that files can be imported with")
    .action(async (_: unknown, command: Command) => {
      const { items } = await (await openSession(world, command)).imports.mappings();
      if (globalsOf(command).json === true) return printJson(world.streams, { items });
      printTable(
        world.streams,
        ["MAPPING", "FORMAT", "FOR"],
        items.map((each) => [each.name, each.format, each.label]),
      );
    });
}

async function importFiles(
  world: World,
  files: readonly string[],
  options: ImportOptions,
  command: Command,
): Promise<void> {
  const announced = announcedBy(options);
  const session = await openSession(world, command);
  const json = globalsOf(command).json === true;
  const done: Imported[] = [];
  for (const file of files) {
    const imported = await importFile(world, session, file, announced);
    done.push(imported);
    if (!json) report(world, imported);
  }
  if (json) printJson(world.streams, { imports: done });
  if (done.some(({ run }) => run.state !== "done")) throw new CliError("an import failed");
  const rejected = done.reduce((sum, { run }) => sum + run.totals.rejected, 0);
  if (rejected > 0) {
    throw new CliError(`${rejected} ${rejected === 1 ? "row was" : "rows were"} refused; all others are imported`, {
      exitCode: EXIT.rowsRefused,
      next: "Mend the rows listed and import them in a file of their own: rows that say nothing new change nothing.",
    });
  }
}

async function importFile(world: World, session: Client, file: string, announced: Announced): Promise<Imported> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new CliError(`cannot read ${file}`, { exitCode: EXIT.usage, cause });
  });
  const sha256 = await digestOf(file);
  const started = await session.imports.start({ ...announced, sizeBytes: size, sha256 });
  const isNew = started.state === "running";
  const run = isNew ? await sendWithBar(world, session, started, { file, size }) : started;
  return { file, run, isNew, rejects: await firstRejects(session, run) };
}

async function sendWithBar(
  world: World,
  session: Client,
  started: ImportRun,
  { file, size }: { readonly file: string; readonly size: number },
): Promise<ImportRun> {
  const bar = new SingleBar(
    {
      format: `${basename(file)} {bar} {percentage}% | line {line} | {eta_formatted} left`,
      stream: world.streams.errors as NodeJS.WritableStream,
      noTTYOutput: false,
      clearOnComplete: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(size, started.offsetBytes, { line: started.line });
  try {
    const blob = await openAsBlob(file);
    const onProgress = (offsetBytes: number, line: number): void => bar.update(offsetBytes, { line });
    const run = await session.imports.send(started, blob, { onProgress });
    bar.update(run.offsetBytes, { line: run.line });
    return run;
  } finally {
    bar.stop();
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest("hex");
}

async function firstRejects(session: Client, run: ImportRun): Promise<Imported["rejects"]> {
  if (run.totals.rejected === 0) return [];
  return (await session.imports.rejects(run.importId, { limit: REJECTS_SHOWN_MAX })).items;
}

function report(world: World, { file, run, isNew, rejects }: Imported): void {
  const { streams } = world;
  const { totals } = run;
  printLine(streams, isNew ? `${file}: ${run.state}` : `${file}: imported before, nothing changed`);
  printPairs(streams, [
    ["  import", run.importId],
    ...(run.origin === null ? [] : [["  from", run.origin.source.code] as const]),
    ["  rows", totals.rows],
    ["  records created", totals.created],
    ["  records corrected", totals.corrected],
    ["  unchanged", totals.unchanged],
    ["  rejected", totals.rejected],
    ["  customers", totals.customers],
    ["  customers created", totals.customersCreated],
    ...(totals.suggestions === undefined ? [] : [["  suggested matches", totals.suggestions] as const]),
    ["  warnings", totals.warnings],
    ...Object.entries(totals.warningKinds).map(([kind, count]) => [`    ${kind}`, count] as const),
    ...Object.entries(totals.sums).map(([name, sum]) => [`  sum of ${name}`, sum] as const),
  ]);
  if (rejects.length > 0) {
    printTable(
      streams,
      ["  LINE", "FIELD", "REASON"],
      rejects.map((each) => [`  ${each.line}`, each.field, each.reason]),
    );
  }
  if (totals.rejected > rejects.length) printLine(streams, `  … and more: GET /v1/imports/${run.importId}/rejects`);
}
