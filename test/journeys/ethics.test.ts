// The ethics desk, the confidential channel and webhooks, as those who ask, report without a name, answer and approve use them.
// At full length: the server side in src/ethics/, src/reports/ and src/events/webhook.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage, lookAway } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let officer: Visitor;
before(async () => {
  stage = await setJourneyStage();
  browser = await openTestBrowser();
  officer = await browser.person();
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, officer, { name: "Grace Hopper", ...scope });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const TEXT = "Files are read aloud in the lobby every morning.";

interface Covered {
  readonly words: string;
  readonly field: string;
  readonly typed: string;
}

/** Words in clear are gone once the tab is hidden and back with one key; what somebody is typing stays. */
async function assertCovers(page: Page, { words, field, typed }: Covered): Promise<void> {
  await lookAway(page);
  assert.equal(await page.getByText(words).count(), 0);
  assert.equal(await page.getByLabel(field).inputValue(), typed);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("u");
  await page.getByText(words).waitFor();
  assert.equal(await page.getByLabel(field).inputValue(), typed);
  await page.getByRole("button", { name: "Hide now" }).click();
  assert.equal(await page.getByText(words).count(), 0);
  assert.equal(await page.getByLabel(field).inputValue(), typed);
}

test("somebody reports without signing in, is answered, and comes back by the code alone", async () => {
  const anybody = await browser.person();
  const { page } = anybody;
  await page.goto(`${stage.site}/report`);
  await checkPage(anybody, { heading: "Report something wrong", pictures: { folder, name: "report" } });
  await choose(page, "What it is about", "Privacy and personal data");
  await page.getByLabel("What happened").fill(TEXT);
  await page.getByRole("checkbox", { name: "Data protection" }).check();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "We have your report" }).waitFor();
  const code = (await page.getByText(/^([0-9A-Z]{5}-){5}/).textContent()) ?? "";
  await checkPage(anybody, { heading: "Report something wrong", pictures: { folder, name: "report-made" } });
  const desk = officer.page;
  await desk.goto(`${stage.site}/ethics/reports`);
  await desk.getByRole("link", { name: "Privacy and personal data" }).waitFor();
  await checkPage(officer, { heading: "Reports", pictures: { folder, name: "reports" } });
  await desk.getByRole("link", { name: "Privacy and personal data" }).click();
  await desk.getByRole("button", { name: "Read" }).click();
  await desk.getByText(TEXT).waitFor();
  await desk.getByLabel("What you write").fill("We look into it.");
  await checkPage(officer, { heading: "Report", pictures: { folder, name: "report-read" } });
  await assertCovers(desk, { words: TEXT, field: "What you write", typed: "We look into it." });
  await desk.getByRole("button", { name: "Send" }).click();
  await desk.getByText("We look into it.").waitFor();
  await page.goto(`${stage.site}/report`);
  await page.getByText("I have a code").click();
  await page.getByLabel("Receipt code").fill(code.toLowerCase());
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("We look into it.").waitFor();
  await checkPage(anybody, { heading: "Report something wrong", pictures: { folder, name: "report-talk" } });
  await page.getByLabel("Add something").fill("It was at nine.");
  await assertCovers(page, { words: TEXT, field: "Add something", typed: "It was at nine." });
  const stored = await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])");
  assert.ok(!String(stored).includes(code) && !String(stored).includes("lobby"));
  await anybody.context.close();
});

test("an adjuster asks the desk with guidance at hand, and somebody independent decides with reasons", async () => {
  const adjuster = await browser.person();
  await signInAs(stage, adjuster);
  const { page } = adjuster;
  await page.goto(`${stage.site}/ethics`);
  await page.getByText("None here.").waitFor();
  await page.getByRole("button", { name: "Raise a dilemma" }).click();
  await choose(page, "Kind", "Pressure to disclose");
  await page.getByText("source not confirmed").first().waitFor();
  await page.getByLabel("What is asked, and why you doubt").fill("My manager wants a file by tonight.");
  await checkPage(adjuster, { heading: "Ethics desk", pictures: { folder, name: "dilemma-raise" } });
  await page.getByRole("button", { name: "Ask the desk" }).click();
  await page.getByRole("link", { name: "Pressure to disclose" }).waitFor();
  const desk = officer.page;
  await desk.goto(`${stage.site}/ethics`);
  await desk.getByRole("link", { name: "Pressure to disclose" }).click();
  await desk.getByRole("button", { name: "Read" }).click();
  await desk.getByText("My manager wants").waitFor();
  await desk.getByRole("radio", { name: "Do not disclose" }).check();
  await desk.getByRole("checkbox", { name: /suffer for it/ }).check();
  await desk.getByLabel("Reasons").fill("No purpose was named.");
  await checkPage(officer, { heading: "Dilemma", pictures: { folder, name: "dilemma-decide" } });
  await assertCovers(desk, { words: "My manager wants", field: "Reasons", typed: "No purpose was named." });
  await desk.getByRole("button", { name: "Record the decision" }).click();
  await desk.getByText("No purpose was named.").first().waitFor();
  await adjuster.context.close();
});

test("somebody else of the desk finds what was decided by its kind and the guidance it rests on, and reads why", async () => {
  const second = await browser.person();
  const scope = { role: "dpo", purposes: ["data-subject-request"], rowScope: "assignments", entities: ["acme"] };
  await signInAs(stage, second, { name: "Ida Rhodes", ...scope, lines: ["auto"] });
  const { page } = second;
  await page.goto(`${stage.site}/ethics`);
  await page.getByText("None here.").waitFor();
  await choose(page, "State", "decided");
  const found = page.getByRole("link", { name: "Pressure to disclose" });
  await found.waitFor();
  await choose(page, "Kind", "Pressure to disclose");
  await choose(page, "Guidance it rests on", /only what the purpose needs/);
  await page.getByText("None here.").waitFor();
  await choose(page, "Guidance it rests on", /suffer for it/);
  await found.waitFor();
  await checkPage(second, { heading: "Ethics desk", pictures: { folder, name: "precedents" } });
  await found.click();
  await page.getByRole("button", { name: "Read" }).click();
  await page.getByText("No purpose was named.").first().waitFor();
  assert.deepEqual(second.complaints, []);
  await second.context.close();
});

test("a webhook is asked for by one and approved by another", async () => {
  const keeper = await browser.person();
  const none = { rowScope: "none", entities: [], lines: [] };
  await signInAs(stage, keeper, {
    name: "Alan Turing",
    role: "security-admin",
    purposes: ["incident-response"],
    ...none,
  });
  const { page } = keeper;
  await page.goto(`${stage.site}/webhooks`);
  await page.getByText("No webhook stands.").waitFor();
  await page.getByRole("button", { name: "Ask for a webhook" }).click();
  await page.getByLabel("Name").fill("claims system");
  await page.getByLabel("Address").fill("https://hooks.invalid/in");
  await choose(page, "Told of", "erased");
  await page.getByRole("button", { name: "Ask for it" }).click();
  await page.getByText("whsec_").waitFor();
  await checkPage(keeper, { heading: "Webhooks", pictures: { folder, name: "webhook-secret" } });
  await page.getByRole("dialog").getByRole("button").last().click();
  await page.getByRole("link", { name: "claims system" }).click();
  await page.getByText("waits for a second person").waitFor();
  assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);
  const second = officer.page;
  await second.goto(`${stage.site}/webhooks`);
  await second.getByRole("link", { name: "claims system" }).click();
  await second.getByRole("button", { name: "Approve" }).click();
  await second.getByText("in force", { exact: true }).waitFor();
  await checkPage(officer, { heading: "claims system", pictures: { folder, name: "webhook" } });
  assert.deepEqual([...officer.complaints, ...keeper.complaints], []);
  await keeper.context.close();
});
