// The results that are kept: docs/benchmarks/results.json, one entry a part, so that a part can be measured again alone.
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { Goal } from "./report.ts";

const figure = z.strictObject({ name: z.string(), value: z.number(), unit: z.string() });
const point = z.strictObject({ size: z.number(), value: z.number() });
const growth = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  by: z.string(),
  unit: z.string(),
  series: z.array(z.strictObject({ name: z.string(), points: z.array(point).min(1) })).min(1),
});
const goal = z.strictObject({
  what: z.string(),
  ratio: z.number(),
  unit: z.string().exactOptional(),
  atLeast: z.number().exactOptional(),
  atMost: z.number().exactOptional(),
  figures: z.array(figure).exactOptional(),
  growth: z.array(growth).exactOptional(),
}) satisfies z.ZodType<Goal>;
const part = z.strictObject({
  name: z.string(),
  /** RFC 3339. */
  at: z.string(),
  commit: z.string(),
  machine: z.string(),
  /** At the sizes of the budget table, or shorter. */
  full: z.boolean(),
  seconds: z.number(),
  goals: z.array(goal),
});
const results = z.strictObject({ parts: z.array(part) });

export type PartResult = Omit<z.infer<typeof part>, "goals"> & { readonly goals: readonly Goal[] };

/** Nothing when the file is not there yet. Throws when it holds something else. */
export async function readResults(path: string): Promise<PartResult[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return text === null ? [] : results.parse(JSON.parse(text)).parts;
}

export async function writeResults(path: string, parts: readonly PartResult[]): Promise<void> {
  const checked = results.parse({ parts });
  await writeFile(path, `${JSON.stringify(checked, null, 2)}\n`);
}

/** What was measured now replaces what was measured before, part by part, in the order given. */
export function mergeResults(
  before: readonly PartResult[],
  now: readonly PartResult[],
  order: readonly string[],
): PartResult[] {
  const byName = new Map([...before, ...now].map((one) => [one.name, one]));
  return order.flatMap((name) => byName.get(name) ?? []);
}
