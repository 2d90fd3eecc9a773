// Every page for staff and for customers opens: it has its heading, or says that there is nothing and offers no second try, and the browser has nothing
// to complain of. First loads stay small.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInStrongly, staffStage } from "./test-customer.ts";
import { signInAs } from "./test-signed-in.ts";

const CONSOLE = join(import.meta.dirname, "../../console");

let stage: PortalStage;
let browser: TestBrowser;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

/** As the routes name them; where they take an id, with one of nothing that there is. */
function pathsOf(pages: "staff" | "portal"): string[] {
  const routes = globSync(`${pages}/*/routes.ts`, { cwd: CONSOLE });
  const texts = routes.map((file) => readFileSync(join(CONSOLE, file), "utf8"));
  const paths = texts.flatMap((text) => [...text.matchAll(/\bpath: "([^"]+)"/g)].map(([, path]) => path ?? ""));
  assert.ok(paths.length > 10);
  return paths.map((path) => path.replaceAll(/\$\w+/g, () => randomUUID())).sort();
}

const WITHIN_MS = 10_000;
const SCRIPT_BYTES_MAX = 250_000;

async function assertOpen({ page, complaints }: Visitor, addresses: readonly string[]): Promise<void> {
  const amiss: string[] = [];
  for (const address of addresses) {
    const told = complaints.length;
    await page.goto(address);
    const heading = page.getByRole("heading", { level: 1 }).filter({ hasText: /./ });
    await heading.waitFor({ timeout: WITHIN_MS }).catch(() => amiss.push(`${address}: not one heading`));
    const again = page.getByRole("button", { name: "Try again" });
    if ((await again.count()) > 0) amiss.push(`${address}: offers to try again what cannot help`);
    amiss.push(...complaints.slice(told).map((complaint) => `${address}: ${complaint}`));
  }
  assert.deepEqual(amiss, []);
}

/** "First load under 250 kB of compressed script": what is cached counts nothing, so that the browser must be new to the pages. */
async function assertSmall({ page }: Visitor, address: string): Promise<void> {
  await page.goto(address, { waitUntil: "networkidle" });
  const bytes = await page.evaluate(
    `performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js")).reduce((sum, { transferSize }) => sum + transferSize, 0)`,
  );
  assert.ok(Number(bytes) > 100_000 && Number(bytes) < SCRIPT_BYTES_MAX, `${address}: ${String(bytes)} bytes`);
}

test("the pages for staff", async () => {
  await assertSmall(await browser.person({ locale: "en" }), `${stage.site}/sign-in`);
  const visitor = await browser.person({ locale: "en" });
  const office = { role: "dpo", purposes: ["data-subject-request"], lines: ["auto", "health"], name: "Grace Hopper" };
  await signInAs(staffStage(stage, "grace@insurer.example"), visitor, office);
  await assertSmall(visitor, `${stage.site}/home`);
  await assertOpen(
    visitor,
    pathsOf("staff").map((path) => `${stage.site}${path}`),
  );
});

test("the pages for customers", async () => {
  const visitor = await browser.person({ locale: "en" });
  await assertSmall(visitor, `${stage.site}/portal/sign-in`);
  const { customerId } = await stage.customer();
  await signInStrongly(stage, visitor, customerId);
  await assertOpen(
    visitor,
    pathsOf("portal").map((path) => `${stage.site}/portal${path}`),
  );
});
