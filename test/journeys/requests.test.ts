// The pages of requests and alerts, as those who ask and those who decide use them; the decisions from the keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openCanary, plantCanary } from "./test-alerts.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose, goByKeys, tabTo } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let adjuster: Visitor;
let officer: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  [adjuster, officer] = await Promise.all([browser.person(), browser.person()]);
  await signInAs(stage, adjuster, { name: "Ada Byron", purposes: ["claim-handling", "emergency"] });
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, officer, { name: "Grace Hopper", ...scope });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const REASON = "colleague is ill, two files of the flood";

test("an adjuster asks for more, and is offered nothing to approve of their own", async () => {
  const { page } = adjuster;
  await page.goto(`${stage.site}/access/requests`);
  await page.getByText("You have asked for nothing").waitFor();
  await checkPage(adjuster, { heading: "Requests", pictures: { folder, name: "requests-empty" } });
  await page.getByRole("button", { name: "Ask for more" }).click();
  await choose(page, "For which purposes", "Subrogation");
  await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const row = page.getByRole("row").filter({ hasText: REASON });
  await row.getByText("waits").waitFor();
  await checkPage(adjuster, { heading: "Requests", pictures: { folder, name: "requests-own" } });
  await row.getByRole("button", { name: "Open" }).click();
  await page.getByRole("button", { name: "Withdraw" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);
  await page.keyboard.press("Escape");
});

test("somebody else approves it from the keyboard alone", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/home`);
  await goByKeys(page, "gr");
  await page.getByRole("row").filter({ hasText: REASON }).waitFor();
  await checkPage(officer, { heading: "Requests", pictures: { folder, name: "requests-all" } });
  assert.equal(await page.getByRole("button", { name: "Ask for more" }).count(), 0);
  await tabTo(page, "Decide");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await checkPage(officer, { heading: "Requests", pictures: { folder, name: "requests-decide" } });
  await page.getByLabel("Note").focus();
  await page.keyboard.type("until she is back");
  await tabTo(page, "Approve");
  await page.keyboard.press("Enter");
  await page.getByRole("row").filter({ hasText: REASON }).getByText("in force").waitFor();
  assert.deepEqual(officer.complaints, []);
});

test("an emergency access is opened with a reason, told of plainly, and reviewed by somebody else once it is over", async () => {
  const { page } = adjuster;
  await page.goto(`${stage.site}/access/requests`);
  await page.getByRole("button", { name: "Emergency access" }).click();
  await page.getByText("Privacy and security are alerted at once").waitFor();
  await page.getByLabel("What is the emergency?").fill("caller reports a fire, insured unconscious");
  await page.getByLabel("For how many minutes").fill("5");
  await checkPage(adjuster, { heading: "Requests", pictures: { folder, name: "emergency" } });
  await page.getByRole("button", { name: "Open it now" }).click();
  await page.getByRole("row").filter({ hasText: "caller reports a fire" }).getByText("in force").waitFor();
  stage.pass(6 * 60_000);
  const other = officer.page;
  await other.goto(`${stage.site}/access/requests`);
  await other.getByRole("row").filter({ hasText: "fire" }).getByRole("button", { name: "Review" }).click();
  await other.getByRole("radio", { name: "Justified", exact: true }).check();
  await other.getByLabel("What you found").fill("call log and claim agree with it");
  await other.getByRole("button", { name: "Record the finding" }).click();
  await other.getByRole("row").filter({ hasText: "fire" }).getByText("reviewed").waitFor();
  assert.equal(await other.getByRole("button", { name: "Review" }).count(), 0);
});

test("an alert is read with its evidence and decided from the keyboard alone", async () => {
  await openCanary(stage, await plantCanary(stage));
  const { page } = officer;
  await page.goto(`${stage.site}/alerts`);
  const link = page.getByRole("row").nth(1).getByRole("link");
  await link.waitFor();
  await checkPage(officer, { heading: "Alerts", pictures: { folder, name: "alerts" } });
  const says = (await link.textContent()) ?? "";
  await tabTo(page, says.trim());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Evidence from the ledger" }).waitFor();
  await checkPage(officer, { heading: "Alert", pictures: { folder, name: "alert" } });
  await tabTo(page, /^Explained/);
  await page.keyboard.press("Space");
  await tabTo(page, "Why");
  await page.keyboard.type("drawn by lot for the yearly review");
  await tabTo(page, "Record the decision");
  await page.keyboard.press("Enter");
  // Not the words, which stand in the form before they are recorded.
  await page.getByRole("alert").filter({ hasText: "drawn by lot for the yearly review" }).waitFor();
  await page.goto(`${stage.site}/alerts`);
  await page.getByText("No alert waits").waitFor();
  assert.deepEqual(officer.complaints, []);
});

test("wider ceilings are asked for by one and approved by another; whoever asked sees no way to approve", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/alerts/catastrophes`);
  await page.getByRole("button", { name: "Ask for wider ceilings" }).click();
  await page.getByLabel("What happened").fill("hail over Bismarck");
  await choose(page, "Whose ceilings", "Claims adjuster");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.getByRole("row").filter({ hasText: "hail" }).getByText("waits").waitFor();
  assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);
  await checkPage(officer, { heading: "Catastrophe modes", pictures: { folder, name: "catastrophes" } });
  const second = await browser.person();
  await signInAs(stage, second, { name: "Emmy Noether", role: "dpo", purposes: ["data-subject-request"] });
  const other = second.page;
  await other.goto(`${stage.site}/home`);
  await other.getByRole("heading", { name: "Deadlines" }).waitFor();
  await other.getByRole("link", { name: "A catastrophe mode to approve" }).first().waitFor();
  await checkPage(second, { heading: /^Welcome/, pictures: { folder, name: "home-dpo" } });
  await other.getByRole("link", { name: "A catastrophe mode to approve" }).first().click();
  const row = other.getByRole("row").filter({ hasText: "hail" });
  await row.getByText("Grace Hopper").waitFor();
  await row.getByRole("button", { name: "Approve" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await row.getByText("in force").waitFor();
  assert.deepEqual(second.complaints, []);
  await second.context.close();
});

test("canaries are marked by those who may know of them, and by nobody else", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/alerts`);
  assert.equal(await page.getByRole("link", { name: "Canary customers" }).count(), 0);
  const privacy = await browser.person();
  await signInAs(stage, privacy, { name: "Lise Meitner", role: "dpo", purposes: ["data-subject-request"] });
  const customerId = await plantCanary(stage);
  await privacy.page.goto(`${stage.site}/alerts/canaries`);
  await privacy.page.getByRole("button", { name: "Mark a customer" }).click();
  await privacy.page.getByLabel("Customer's number").fill(customerId);
  await privacy.page.getByLabel("Note").fill("well known name");
  await privacy.page.getByRole("dialog").getByRole("button", { name: "Mark a customer" }).click();
  await privacy.page.getByRole("row").filter({ hasText: customerId }).waitFor();
  await checkPage(privacy, { heading: "Canary customers", pictures: { folder, name: "canaries" } });
});
