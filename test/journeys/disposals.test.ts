// Disposal in the browser: previewed by one, looked at and approved by another with a fresh factor, run by the server, certified; and the schedule.
// At full length: beside retention.test.ts; the server side in src/retention/disposals.test.ts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { newId } from "../../src/kernel/ids.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { type SignedIn, signInAs } from "./test-signed-in.ts";
import { codeAt, type JourneyStage, setJourneyStage } from "./test-staff.ts";

const YEARS_MS = 13 * 365.25 * 86_400_000;
/** Longer than a factor is fresh. */
const LATER_MS = 600_000;
const NOBODY = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;
const UNITS = { policy: 3, claim: 5, application: 2 } as const;

let stage: JourneyStage;
let browser: TestBrowser;
let officer: Visitor;
let overseer: Visitor;
let signedIn: SignedIn;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  stage.pass(-YEARS_MS);
  for (const [kind, count] of Object.entries(UNITS)) for (let at = 0; at < count; at += 1) await write(kind, "closed");
  // Kept all the same: a claim on it is open.
  await write("policy", "closed", "open");
  stage.pass(YEARS_MS);
  await write("claim", "closed");
  [officer, overseer] = [await browser.person(), await browser.person()];
  const dpo = { role: "dpo", purposes: ["data-subject-request"], rowScope: "assignments" };
  await signInAs(stage, officer, dpo);
  const compliance = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  signedIn = await signInAs(stage, overseer, compliance);
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];

async function write(kind: string, status: "open" | "closed", claim?: "open"): Promise<void> {
  const place = { entity: "acme", brand: "acme", line: "auto", book: null } as const;
  const unit = (of: string, stands: "open" | "closed") => ({
    unitId: newId(),
    create: { kind: of as "policy", ...place, status: stands },
    sources: [],
    records: [],
  });
  const units = [unit(kind, status), ...(claim === undefined ? [] : [unit("claim", claim)])];
  const draft = { customerId: newId(), create: { kind: "person" as const }, sources: [], units };
  await stage.server.app.domains.vault.create([draft], NOBODY);
}

test("the schedule shows what it rests on, and marks what is of low confidence", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/retention/schedule`);
  await page.getByText("New York Insurance Regulation 152").first().waitFor();
  await page.getByText("Low: have counsel confirm it").first().waitFor();
  await checkPage(officer, { heading: "Retention schedule", pictures: { folder, name: "retention-schedule" } });
  await choose(page, "Whose", "Law");
  await page.getByText("Circular SUSEP 605/2020").waitFor();
  assert.equal(await page.getByText("long-tail-claims").count(), 0);
});

test("what falls due is previewed by one and approved by another, who proves to be there; the server erases and certifies it", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/retention`);
  await page.getByRole("link", { name: "Disposal", exact: true }).click();
  await page.getByText("Nothing has been previewed yet.").waitFor();
  await checkPage(officer, { heading: "Disposal", pictures: { folder, name: "disposals-empty" } });
  await page.getByRole("button", { name: "Preview what falls due" }).click();
  await page.getByRole("dialog").getByLabel("What for").fill("yearly disposal");
  await page.getByRole("button", { name: "Preview", exact: true }).click();
  await page.getByText("Waits for approval").waitFor();
  await page.getByText("10 units, by kind and line of business.").waitFor();
  await page.getByText("You asked for this, so somebody else decides.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Decide" }).count(), 0);
  await page.getByRole("row").filter({ hasText: "A claim is open" }).waitFor();
  await checkPage(officer, { heading: "A disposal", pictures: { folder, name: "disposal-previewed" } });
  await choose(page, "Kind", "Application");
  await page.getByRole("table", { name: "Units" }).getByText("unsuccessful-applications").first().waitFor();
  assert.equal(await page.getByRole("table", { name: "Units" }).getByRole("row").count(), 1 + UNITS.application);
  const figure = page.getByRole("figure", { name: "What is due", exact: true });
  await figure.getByText("Table", { exact: true }).click();
  await figure.getByRole("cell", { name: "Claim, Motor" }).waitFor();

  const { page: hers } = overseer;
  stage.pass(LATER_MS);
  await hers.goto(page.url().split("?")[0] ?? "");
  await hers.getByRole("button", { name: "Decide" }).click();
  const dialog = hers.getByRole("dialog", { name: "Decide on this disposal" });
  assert.ok(await dialog.getByRole("button", { name: "Approve the erasure" }).isDisabled());
  await dialog.getByLabel("I have looked at what is due").check();
  await checkPage(overseer, { heading: "A disposal", pictures: { folder, name: "disposal-decide" } });
  await dialog.getByRole("button", { name: "Approve the erasure" }).click();
  const stepUp = hers.getByRole("dialog", { name: "Show a second factor once more" });
  await stepUp.getByRole("textbox").fill(await codeAt(signedIn.secret, stage.now()));
  await stepUp.getByRole("button", { name: "Show the code" }).click();
  await hers.getByText("Done", { exact: true }).waitFor({ timeout: 90_000 });
  await hers.getByRole("row").filter({ hasText: "Erased" }).first().waitFor();
  await checkPage(overseer, { heading: "A disposal", pictures: { folder, name: "disposal-done" } });

  await page.reload();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Certificate with proof (JSON)" }).click();
  const file = await saved;
  assert.match(file.suggestedFilename(), /^disposal-[0-9a-f-]{36}\.json$/);
  const bundle = JSON.parse(readFileSync(await file.path(), "utf8")) as { certificate: { erased: unknown[] } };
  assert.equal(bundle.certificate.erased.length, 10);
  await page.goto(`${stage.site}/retention/disposals`);
  await page.getByRole("link", { name: "yearly disposal" }).waitFor();
  await checkPage(officer, { heading: "Disposal", pictures: { folder, name: "disposals" } });
});
