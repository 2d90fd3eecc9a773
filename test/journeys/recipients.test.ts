// The register of third parties on the pages: registered by one, approved by another once there is a contract, given something, suspended, ended with a certificate.
// At full length: the server side in src/recipients/.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose, tabTo } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let officer: Visitor;
let second: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  [officer, second] = [await browser.person(), await browser.person()];
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, officer, { name: "Compliance officer", ...scope });
  await signInAs(stage, second, { name: "Privacy officer", role: "dpo", purposes: ["complaint"] });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

test("a third party is registered by one, and by another approved only once a contract is there", async () => {
  const [{ page }, other] = [officer, second.page];
  await page.goto(`${stage.site}/recipients`);
  await checkPage(officer, { heading: "Third parties", pictures: { folder, name: "recipients-none" } });
  await page.getByRole("button", { name: "Register a third party" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Northern Reinsurance");
  await choose(page, "Kind", "Reinsurer");
  await page.getByRole("textbox", { name: "Place" }).fill("ch");
  await page.getByLabel("How identity and authority were verified").fill("Register extract, called back");
  await page.getByRole("textbox", { name: "E-mail", exact: true }).fill("treaty@reinsurer.example");
  await page.getByRole("button", { name: "Add a subcontractor" }).click();
  const row = page.getByRole("group", { name: "Subcontractors" });
  await row.getByLabel("Name").fill("Archive and Vault");
  await row.getByLabel("Place").fill("CH");
  await row.getByLabel("What it does").fill("Keeps files");
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await page.getByRole("link", { name: "Northern Reinsurance" }).click();
  await page.getByText("You asked for it: somebody else approves it.").waitFor();
  await page.getByText("Archive and Vault (CH): Keeps files").waitFor();
  const path = new URL(page.url()).pathname;
  await other.goto(`${stage.site}${path}`);
  await other.getByText("A contract is registered before it can be approved.").waitFor();
  assert.equal(await other.getByRole("button", { name: "Approve", exact: true }).count(), 0);

  await page.getByRole("button", { name: "Register a contract" }).click();
  await choose(page, "Kind of contract", "Treaty");
  await page.getByLabel("Reference").fill("T-2026-9");
  await choose(page, "Purposes", "Reinsurance");
  await choose(page, "Kinds of data", "Identity");
  await page.getByLabel("Where it may be held and used").fill("CH DE");
  await page.getByLabel("Ends", { exact: true }).fill(inDays(20));
  await page.getByRole("button", { name: "Ask for approval" }).click();
  await page.getByText("T-2026-9 · Treaty").waitFor();
  await other.reload();
  await other.getByRole("button", { name: "Approve", exact: true }).click();
  await other.getByRole("button", { name: "Approve: T-2026-9" }).click();
  await other.getByText("In force", { exact: true }).waitFor();
  await checkPage(second, { heading: "A third party", pictures: { folder, name: "recipient" } });
});

test("a key counts once another has compared its fingerprint", async () => {
  const [{ page }, other] = [officer, second.page];
  const publicKey = await identityToRecipient(await generateX25519Identity());
  await page.reload();
  await page.getByRole("button", { name: "Register a key" }).click();
  await page.getByLabel("Public key").fill(publicKey);
  await page.getByRole("button", { name: "Register it" }).click();
  const print = page.getByText(/([0-9a-f]{4} ){7}[0-9a-f]{4}/);
  await print.waitFor();
  const fingerprint = await print.textContent();
  assert.equal(await page.getByRole("button", { name: /compared the fingerprint/ }).count(), 0);
  await other.reload();
  await other.getByText(fingerprint ?? "none").waitFor();
  await other.getByRole("button", { name: /compared the fingerprint/ }).click();
  await other.getByText("Approved", { exact: true }).waitFor();
});

test("the register shows what runs out soon, filtered and as a file of ids; the page says what the ledger knows", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/recipients`);
  await page.getByText(/(19|20) days left/).waitFor();
  await checkPage(officer, { heading: "Third parties", pictures: { folder, name: "recipients" } });
  await choose(page, "State", "Suspended");
  await page.getByText("No third party is registered here.").waitFor();
  await page.goto(`${stage.site}/recipients`);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: /CSV/ }).click();
  const text = await readFile(await (await saved).path(), "utf8");
  assert.match(text, /Northern Reinsurance,.*[0-9a-f]{8}-[0-9a-f-]{27}/);
  await page.getByRole("link", { name: "Northern Reinsurance" }).click();
  await page.getByRole("table", { name: "What it was given" }).getByRole("link").first().waitFor();
});

test("it is suspended at once, from the keyboard, and ended with a certificate", async () => {
  const [{ page }, other] = [officer, second.page];
  await page.getByRole("button", { name: "Suspend at once" }).waitFor();
  await page.getByRole("heading", { name: "A third party" }).focus();
  await tabTo(page, "Suspend at once");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Take up again" }).waitFor();
  await page.getByRole("button", { name: "End it" }).click();
  await choose(page, "What became of what it was given", "Destroyed");
  await page.getByLabel("Reference of the certificate").fill("CERT-2026-3");
  await page.getByRole("button", { name: "End it for good" }).click();
  await page.getByRole("heading", { name: "Exit certificate" }).waitFor();
  await page.getByText("CERT-2026-3").waitFor();
  await page.getByText("Its contracts ended with it.").waitFor();
  await checkPage(officer, { heading: "A third party", pictures: { folder, name: "recipient-ended" } });
  await other.reload();
  await other.getByText("CERT-2026-3").waitFor();
  assert.deepEqual(second.complaints, []);
});
