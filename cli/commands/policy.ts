// `uberrima policy`: what waits for a signature; what past disclosures would have been answered under changed policies.
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { Presets, SingleBar } from "cli-progress";
import type { Rehearsal } from "../../contract/rehearsals.ts";
import { CliError, EXIT } from "../exit.ts";
import { examples, instant } from "../options.ts";
import { printJson, printLine, printTable } from "../output.ts";
import { globalsOf, openSession, type World } from "../session.ts";
import { addSignatures } from "./policy-signatures.ts";

interface RehearseOptions {
  readonly from?: string;
  readonly to?: string;
}
type Difference = Rehearsal["differences"][number];
interface Total {
  entries: number;
  decisions: number;
  unreadable: number;
  digest: string;
  readonly differences: Map<string, Difference>;
}

const POLICY_FILE = /\.(cedar|cedarschema|yaml)$/;
const EXAMPLES_MAX = 3;

export function addPolicy(program: Command, world: World): void {
  const policy = program.command("policy").description("the policies that the gate decides by");
  addSignatures(policy, world);
  policy
    .command("rehearse")
    .argument("<file-or-folder>", "a whole policy folder, or one changed file of those in force")
    .option("--from <time>", "disclosures since", instant)
    .option("--to <time>", "disclosures before", instant)
    .description(
      "replay the disclosures of the ledger under changed policies; ends with 1 when any would be answered otherwise",
    )
    .addHelpText(
      "after",
      examples("uberrima policy rehearse governance/policies", "uberrima policy rehearse claims.cedar"),
    )
    .action(async (path: string, options: RehearseOptions, command: Command) =>
      rehearse(world, path, options, command),
    );
}

async function rehearse(world: World, path: string, options: RehearseOptions, command: Command): Promise<void> {
  const given = await filesAt(path);
  const session = await openSession(world, command);
  const total: Total = { entries: 0, decisions: 0, unreadable: 0, digest: "", differences: new Map() };
  const bar = new SingleBar(
    { stream: world.streams.errors as NodeJS.WriteStream, format: "{value} disclosures replayed" },
    Presets.shades_classic,
  );
  const isShown = world.streams.errors.isTTY === true;
  if (isShown) bar.start(0, 0);
  let cursor: string | null = null;
  do {
    const page: Rehearsal = await session.policies.rehearse({
      ...given,
      ...options,
      ...(cursor === null ? {} : { cursor }),
    });
    add(total, page);
    cursor = page.next;
    if (isShown) bar.update(total.entries);
  } while (cursor !== null);
  if (isShown) bar.stop();
  print(world, command, total);
}

async function filesAt(path: string) {
  try {
    if (!(await stat(path)).isDirectory())
      return { files: [{ name: basename(path), text: await readFile(path, "utf8") }], overlay: true };
    const names = (await readdir(path)).filter((name) => POLICY_FILE.test(name)).sort();
    const files = await Promise.all(
      names.map(async (name) => ({ name, text: await readFile(join(path, name), "utf8") })),
    );
    return { files, overlay: false };
  } catch (cause) {
    throw new CliError("the policies cannot be read", { exitCode: EXIT.usage, cause });
  }
}

function add(total: Total, page: Rehearsal): void {
  total.entries += page.entries;
  total.decisions += page.decisions;
  total.unreadable += page.unreadable;
  total.digest = page.digest;
  for (const each of page.differences) {
    const { count: _count, examples: _examples, ...what } = each;
    const key = JSON.stringify(what);
    const before = total.differences.get(key);
    const shown = [...(before?.examples ?? []), ...each.examples].slice(0, EXAMPLES_MAX);
    total.differences.set(key, { ...each, count: each.count + (before?.count ?? 0), examples: shown });
  }
}

function print(world: World, command: Command, { differences, ...counts }: Total): void {
  const found = [...differences.values()].toSorted((left, right) => right.count - left.count);
  if (globalsOf(command).json === true) printJson(world.streams, { ...counts, differences: found });
  else {
    const { entries, decisions, unreadable } = counts;
    printLine(world.streams, `${entries} disclosures with ${decisions} fields replayed, ${unreadable} not readable`);
    const rows = found.map(({ count, role, dataClass, purpose, from, to, policies, examples: entriesOf }) => [
      count,
      role,
      dataClass,
      purpose,
      `${from} -> ${to}`,
      policies.join(" "),
      entriesOf.join(" "),
    ]);
    if (rows.length > 0)
      printTable(world.streams, ["FIELDS", "ROLE", "CLASS", "PURPOSE", "FORM", "POLICIES", "ENTRIES"], rows);
  }
  if (found.length > 0) throw new CliError("past disclosures would be answered otherwise", { exitCode: EXIT.failed });
}
