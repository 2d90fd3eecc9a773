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
/** What is told of each rule is what breaks it: to describe all that keeps it takes axe as long as the rules themselves. */
const AXE_OPTIONS = { runOnly: RULES, resultTypes: ["violations"], selectors: false, elementRef: false };
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** All four at full length, and for pictures. */
const VIEWS = [
  { size: "desk", viewport: DESK, colorScheme: "light" },
  { size: "phone", viewport: PHONE, colorScheme: "dark" },
  { size: "desk", viewport: DESK, colorScheme: "dark" },
  { size: "phone", viewport: PHONE, colorScheme: "light" },
] as const;
/** Of which a short run takes one for each thing that is looked at, always the same: each size and each scheme comes to half of them. */
const SHORT_VIEWS = VIEWS.slice(0, 2);

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
  const isWhole = process.env["UBERRIMA_FULL"] === "1" || pictures?.folder !== undefined;
  const shortView = SHORT_VIEWS[sumOf(`${heading} ${pictures?.name}`) % SHORT_VIEWS.length];
  for (const view of VIEWS.filter((each) => isWhole || each === shortView)) {
    const { size, viewport, colorScheme } = view;
    await page.setViewportSize(viewport);
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
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: "light" });
  await assertNothingKept(visitor, secrets);
  assert.deepEqual(visitor.complaints, []);
}

function sumOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
}

async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not bind; once a document.
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(AXE);
  const found = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(AXE_OPTIONS)}).then(({ violations }) =>
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

/** As the browser tells it when another tab comes to the front, and then this one again. */
export async function lookAway(page: Page): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));`);
  await page.getByText("Covered while nobody looked").waitFor();
}
