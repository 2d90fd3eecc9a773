// `npm run bench`: ratios measured side by side in one run. `-- --only disclosure`, `-- --full` for full length.
import { availableParallelism, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { benchAppend } from "./append.ts";
import { benchDisclosure } from "./disclosure.ts";
import { benchImport } from "./import.ts";
import type { Goal } from "./report.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    full: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const SECONDS = values.full ? 15 : 5;
const CUSTOMERS = values.full ? 50_000 : 6000;
const BENCHES: Readonly<Record<string, () => Promise<Goal[]>>> = {
  append: () => benchAppend(SECONDS),
  disclosure: () => benchDisclosure(SECONDS),
  import: () => benchImport(CUSTOMERS),
};

if (values.help) {
  console.log(`npm run bench [-- --only ${Object.keys(BENCHES).join("|")}] [--full]`);
} else if (values.only !== undefined && !(values.only in BENCHES)) {
  console.error(`no bench of that name: ${Object.keys(BENCHES).join(", ")}`);
  process.exitCode = 2;
} else {
  await run(values.only === undefined ? Object.keys(BENCHES) : [values.only]);
}

async function run(names: readonly string[]): Promise<void> {
  console.log(
    `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  );
  const goals: Goal[] = [];
  for (const name of names) goals.push(...((await BENCHES[name]?.()) ?? []));
  const met = goals.filter(({ ratio, atLeast }) => ratio >= atLeast).length;
  console.log(`\n${met} of ${goals.length} goals met`);
}
