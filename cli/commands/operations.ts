// `uberrima erase`, `keys rotate`, `schema ...`: running the platform.
import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { keyDomain } from "../../contract/vocabulary.ts";
import type { Client } from "../../sdk/client.ts";
import { CliError } from "../exit.ts";
import { examples } from "../options.ts";
import { printJson, printLine, printPairs, printTable } from "../output.ts";
import { confirm } from "../prompt.ts";
import { globalsOf, openSession, type World } from "../session.ts";

const POLL_MS = 250;
const FINAL_WITHIN_MS = 10 * 60 * 1000;

interface EraseOptions {
  readonly unit?: string;
  readonly reason: string;
  readonly yes?: boolean;
  readonly wait?: boolean;
  readonly certificate?: string;
}

type Rotation = Awaited<ReturnType<Client["operations"]["rotateKeys"]>>;
type Erasure = Awaited<ReturnType<Client["erasures"]["get"]>>;

export function addErase(program: Command, world: World): void {
  program
    .command("erase")
    .argument("<customer-id>")
    .description("erase a customer, or one retention unit, by destroying its keys; nothing brings it back")
    .option("--unit <unit-id>", "only this policy, claim or other unit")
    .requiredOption("--reason <text>", "why; kept sealed. Every process here can see it, so name no person")
    .option("--yes", "do not ask")
    .option("--wait", "wait until the erasure is final")
    .option("--certificate <file>", "wait, and write the certificate here")
    .addHelpText("after", examples('uberrima erase 0198… --reason "request 2026-88" --certificate erasure.json'))
    .action(async (customerId: string, options: EraseOptions, command: Command) => {
      const what =
        options.unit === undefined ? `customer ${customerId}` : `unit ${options.unit} of customer ${customerId}`;
      if (options.yes !== true && !(await confirm(world.streams, `Erase ${what} for good?`))) {
        throw new CliError("nothing was erased");
      }
      await erase(world, customerId, options, command);
    });
}

async function erase(world: World, customerId: string, options: EraseOptions, command: Command): Promise<void> {
  const session = await openSession(world, command);
  const unit = options.unit === undefined ? {} : { unitId: options.unit };
  let erasure: Erasure = await session.erasures.request({ customerId, ...unit, reason: options.reason });
  if (options.wait === true || options.certificate !== undefined) erasure = await untilFinal(session, erasure);
  if (options.certificate !== undefined) {
    await writeFile(options.certificate, `${JSON.stringify(erasure.certificate, null, 2)}\n`);
  }
  if (globalsOf(command).json === true) return printJson(world.streams, erasure);
  const { erasureId, state, requestedAt, finalAt } = erasure;
  printPairs(world.streams, Object.entries({ erasureId, state, requestedAt, finalAt }));
}

async function untilFinal(session: Client, requested: Erasure): Promise<Erasure> {
  const untilMs = Date.now() + FINAL_WITHIN_MS;
  let erasure = requested;
  while (erasure.state !== "final") {
    if (Date.now() > untilMs) {
      throw new CliError("the erasure is not final yet", { next: `Ask again: GET /v1/erasures/${erasure.erasureId}` });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    erasure = await session.erasures.get(erasure.erasureId);
  }
  return erasure;
}

export function addKeys(program: Command, world: World): void {
  const keys = program.command("keys").description("domain keys");
  keys
    .command("rotate")
    .description("bring in a new version of a domain key while serving")
    .addOption(new Option("--domain <domain>", "which").choices(keyDomain.options).makeOptionMandatory())
    .addHelpText("after", examples("uberrima keys rotate --domain index"))
    .action(async (options: { readonly domain: (typeof keyDomain.options)[number] }, command: Command) => {
      const rotation = await (await openSession(world, command)).operations.rotateKeys(options.domain);
      if (globalsOf(command).json === true) return printJson(world.streams, rotation);
      printRotation(world, rotation);
    });
}

function printRotation(world: World, rotation: Rotation): void {
  const { domain, version, rewritten, unreadable } = rotation;
  const destroyed = rotation.retired.join(", ") || "none";
  const retiring = rotation.retiring.map((each) => `${each.version} (destroyed after ${each.retirableAt})`).join(", ");
  printPairs(
    world.streams,
    Object.entries({ domain, version, rewritten, unreadable, destroyed, retiring: retiring || "none" }),
  );
  if (unreadable > 0) {
    printLine(world.streams, "Older versions are kept while rows do not open: find them with `uberrima verify data`.");
  }
}

export function addSchema(program: Command, world: World): void {
  const schema = program.command("schema").description("record types, fields, indexes and what they leak");
  schema
    .command("show")
    .description("list fields and blind indexes")
    .action(async (_: unknown, command: Command) => {
      const described = await (await openSession(world, command)).operations.schema();
      if (globalsOf(command).json === true) return printJson(world.streams, described);
      const fields = described.recordTypes.flatMap((type) => type.fields);
      printTable(
        world.streams,
        ["FIELD", "TYPE", "CLASS", "MASK"],
        fields.map((each) => [each.path, each.type, each.dataClass, each.mask]),
      );
      printLine(world.streams, "");
      const indexes = described.indexes.map((each) => [each.name, each.kind, each.bits, each.parts.join(", ")]);
      printTable(world.streams, ["INDEX", "KIND", "BITS", "PARTS"], indexes);
    });
  schema
    .command("leakage")
    .description("what the blind indexes leak together: the budget for the privacy officer")
    .action(async (_: unknown, command: Command) => {
      const report = await (await openSession(world, command)).operations.leakage();
      if (globalsOf(command).json === true) printJson(world.streams, report);
      else world.streams.output.write(report.text);
    });
}
