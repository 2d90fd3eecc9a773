// An import in constant memory: the most that the delivered server holds at once during a feed, and during one ten times as long.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFeed } from "./import-feed.ts";
import { governanceWithFeed, importFeed } from "./import.ts";
import { withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal, Point } from "./report.ts";

const TIMES = 10;
const SEED = 31;

/** Nothing where the system does not tell what a process holds at most (that is, anywhere but on Linux). */
export async function benchImportMemory(customers: number): Promise<Goal[]> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-feed-"));
  try {
    const governance = await governanceWithFeed(folder);
    return await withProduct(
      async (product) => {
        if (!(await product.forgetPeak())) return [];
        const feed = await product.hire({
          name: "bench feed",
          role: "service-account",
          purposes: ["administration"],
          rowScope: "none",
          groups: [],
          entities: ["bench-life"],
          lines: ["general"],
          classes: ["identity"],
        });
        const idleMb = (await product.peakBytes()) / 1e6;
        const points: Point[] = [];
        // The first feed is a server's first minute: it fills what is kept in memory of keys and statements.
        for (const [nth, size] of [customers, customers, customers * TIMES].entries()) {
          step(`importing ${size.toLocaleString("en")} customers`);
          const path = join(folder, `feed-${nth}.ndjson`);
          await writeFeed(path, { customers: size, seed: SEED + nth });
          await product.forgetPeak();
          await importFeed({ url: product.url, feedToken: feed.token }, path);
          points.push({ size, value: (await product.peakBytes()) / 1e6 });
        }
        return report(idleMb, points);
      },
      { governance },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(idleMb: number, points: readonly Point[]): Goal[] {
  const [first, once, tenfold] = points;
  if (first === undefined || once === undefined || tenfold === undefined) throw new Error("a feed was not measured");
  const named = (name: string, { size, value }: Point) => ({
    name: `${name}, ${size.toLocaleString("en")} customers`,
    value,
    unit: "MB",
  });
  return [
    {
      what: "most memory of an import, to one a tenth as long",
      ratio: tenfold.value / once.value,
      atMost: 1.2,
      figures: [
        { name: "before any feed", value: idleMb, unit: "MB" },
        named("first feed", first),
        named("second feed", once),
        named("feed ten times as long", tenfold),
      ],
    },
    {
      what: "most memory of the server during an import",
      ratio: Math.max(...points.map(({ value }) => value)),
      unit: "MB",
      atMost: 400,
    },
  ];
}
