// What Lighthouse says of the pages before sign-in, by its desktop preset: recorded without a goal.
import type { Goal } from "./report.ts";

const PAGES = [
  { name: "staff sign-in", path: "/sign-in" },
  { name: "portal sign-in", path: "/portal/sign-in" },
] as const;
const CATEGORIES = ["performance", "accessibility", "best-practices"];

/** `port` is that of a running browser's DevTools. */
export async function lighthouseFigures(url: string, port: number): Promise<Goal[]> {
  // A second to load, which the other parts need not wait for.
  const { default: lighthouse, desktopConfig } = await import("lighthouse");
  const goals: Goal[] = [];
  for (const { name, path } of PAGES) {
    const asked = { port, output: "json", onlyCategories: CATEGORIES, logLevel: "error" } as const;
    const result = await lighthouse(`${url}${path}`, asked, desktopConfig);
    if (result === undefined || result.lhr.runtimeError !== undefined)
      throw new Error(`Lighthouse failed: ${result?.lhr.runtimeError?.message ?? "no result"}`);
    const shown = new URL(result.lhr.finalDisplayedUrl).pathname;
    if (shown !== path) throw new Error(`${path} led to ${shown}`);
    for (const { id, score } of Object.values(result.lhr.categories))
      goals.push({
        what: `Lighthouse, ${name}: ${id.replaceAll("-", " ")}`,
        ratio: (score ?? 0) * 100,
        unit: "of 100",
      });
  }
  return goals;
}
