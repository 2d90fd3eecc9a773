// For journeys: what holds of every page, in light and dark, on a desk and on a phone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Visitor } from "./test-browser.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** WCAG 2.0 to 2.2, levels A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const SCHEMES = ["light", "dark"] as const;

export interface PageCheck {
  /** Shown once the page is there. */
  readonly heading: string | RegExp;
  /** Values of customers that must not stand where they would be kept: address, title, storage. */
  readonly secrets?: readonly string[];
  /** A folder for pictures to be looked at, and the picture's name. */
  readonly pictures?: { readonly folder: string | undefined; readonly name: string };
}

/** The page as it stands. Throws AssertionError. */
export async function checkPage(visitor: Visitor, { heading, secrets = [], pictures }: PageCheck): Promise<void> {
  const { page } = visitor;
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
      const where = `${new URL(page.url()).pathname}, ${size}, ${colorScheme}`;
      if (pictures?.folder !== undefined) {
        await page.screenshot({
          path: join(pictures.folder, `${pictures.name}-${size}-${colorScheme}.png`),
          fullPage: true,
        });
      }
      assert.deepEqual(await violations(page), [], where);
      assert.ok(await fitsAcross(page), `${where}: scrolls sideways`);
    }
  }
  await page.setViewportSize(SIZES.desk);
  await page.emulateMedia({ colorScheme: "light" });
  await assertNothingKept(visitor, secrets);
  assert.deepEqual(visitor.complaints, []);
}

async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not bind.
  await page.evaluate(AXE);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html, failureSummary }) => html.slice(0, 160) + " " + failureSummary).join(" | ")))`,
  )) as string[];
  return found;
}

function fitsAcross(page: Page): Promise<unknown> {
  return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1");
}

/** Addresses, titles and storage hold no value of a customer's. */
export async function assertNothingKept({ page, context }: Visitor, secrets: readonly string[]): Promise<void> {
  const kept = [
    page.url(),
    await page.title(),
    String(await page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])")),
    JSON.stringify((await context.storageState({ indexedDB: true })).origins),
  ].join("\n");
  for (const secret of secrets) assert.ok(!kept.includes(secret), `${secret} is kept`);
}
