// What permits sharing, on the staff's pages: a refusal leads to an authorization, which another takes in on paper, the asker rests on, and a withdrawal ends; choices and notices.
// At full length: beside portal-permissions.test.ts; the server side in src/authorizations/ and src/choices/.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assign, customerMaker, type JourneyCustomer, makeCustomer } from "./test-customers.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose as chooseIn } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let ada: Visitor;
let grace: Visitor;
let customer: JourneyCustomer;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  const driving = { type: "driving", fields: { violations: VIOLATION } };
  const paper = { type: "document", fields: { kind: "form", "received-on": "2026-01-20" } };
  customer = await makeCustomer(await customerMaker(stage), 1, [driving, paper]);
  [ada, grace] = [await browser.person(), await browser.person()];
  const { staffId } = await signInAs(stage, ada, {});
  await assign(stage, { staffId, customer });
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, grace, { name: "Grace Hopper", ...scope });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const VIOLATION = "ran a red light by the harbour";
const folder = process.env["UBERRIMA_TEST_PICTURES"];
const heading = "Authorizations and choices";

/** Today, and so many days on, as a field of dates takes them. */
const day = (days: number): string => new Date(stage.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

async function askFor(basis: string | null): Promise<void> {
  const { page } = ada;
  await page.goto(`${stage.site}/customers/${customer.customerId}/in-hand/${customer.unitIds[2]}/ask`);
  if (basis !== null)
    await page.locator(".mantine-Radio-root").filter({ hasText: basis }).getByRole("radio").first().check();
  await page.getByRole("button", { name: /^Driving/ }).click();
  await page.getByRole("checkbox", { name: "Violations", exact: true }).check();
  await page.getByRole("heading", { name: "What would be answered" }).waitFor();
}

test("a refusal leads to an authorization: asked for, signed on paper before another, rested on by the asker, withdrawn and refused again", async () => {
  const { page } = ada;
  const secrets = [VIOLATION, ...customer.secrets];
  await askFor(null);
  await page.getByText("None of it would be shown.").waitFor();
  await page
    .getByRole("link", { name: /^An authorization by the customer/ })
    .first()
    .click();
  const asking = page.getByRole("dialog", { name: "Take in an authorization" });
  await asking.getByText("would permit what was refused").waitFor();
  await asking.getByText("Ask in the portal").click();
  await chooseIn(page, "Form", /^Information about a claim/);
  await asking.getByText("Driving").first().waitFor();
  await asking.getByText("It says how long it holds.").waitFor();
  await checkPage(ada, { heading, secrets, pictures: { folder, name: "permissions-ask" } });
  await asking.getByLabel("Holds until").fill(day(200));
  await asking.getByRole("button", { name: "Ask the customer" }).click();
  await page.getByText("Asked for", { exact: true }).waitFor();

  const other = grace.page;
  await other.goto(`${stage.site}/customers/${customer.customerId}`);
  await other.getByRole("link", { name: heading }).click();
  await other.getByRole("button", { name: "Signed on paper" }).click();
  const signing = other.getByRole("dialog", { name: "It was signed on paper" });
  await signing.getByText("The law asks for these as well").waitFor();
  await signing.getByLabel("Signed on").fill(day(-2));
  const scan = { name: "form.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 signed by hand") };
  await other.locator("input[type=file]").setInputFiles(scan);
  await signing.getByText("It is in the customer's file now.").waitFor();
  assert.equal(await signing.getByRole("button", { name: "Record it as given" }).isDisabled(), true);
  await checkPage(grace, { heading, secrets, pictures: { folder, name: "permissions-sign" } });
  for (const statement of await signing.getByRole("checkbox").all()) await statement.check();
  await signing.getByRole("button", { name: "Record it as given" }).click();
  await other.getByText("Given", { exact: true }).waitFor();

  await askFor("The customer authorized it");
  await page.getByText("All of it would be shown in clear.").waitFor();
  await page.getByRole("button", { name: /^Show/ }).click();
  await page.getByRole("region", { name: "Answer" }).getByText(VIOLATION).first().waitFor();

  await other.reload();
  await other.getByRole("heading", { name: heading, level: 1 }).waitFor();
  await other.getByText("Last use").waitFor();
  await checkPage(grace, { heading, secrets, pictures: { folder, name: "permissions" } });
  await other.getByRole("button", { name: "Get the paper" }).click();
  await other.getByLabel("Why the paper itself is needed").fill("the form is checked once more");
  await checkPage(grace, { heading, secrets, pictures: { folder, name: "permissions-paper" } });
  await other.getByRole("button", { name: "Save the paper" }).click();
  // An auditor's purpose entitles nobody to what papers say.
  await other.getByText(/The paper is not shown|not disclosed to you/).waitFor();
  await other.keyboard.press("Escape");
  await other.getByRole("button", { name: "Withdraw" }).click();
  await other.getByText(/Somebody last rested on it on/).waitFor();
  await other.getByRole("button", { name: "Withdraw it" }).click();
  await other.getByText("Withdrawn", { exact: true }).first().waitFor();
  await askFor(null);
  await page.getByText("None of it would be shown.").waitFor();
  assert.deepEqual(ada.complaints, []);
  assert.deepEqual(grace.complaints, []);
});

test("a no is written down in two steps and taken back, with its history; a notice is recorded as delivered, and is due no more", async () => {
  const { page } = grace;
  await page.goto(`${stage.site}/customers/${customer.customerId}/permissions`);
  const marketing = page.getByRole("article", { name: "Offers and advertising" });
  await marketing.getByRole("button", { name: /^Write down a no/ }).click();
  await page.getByRole("dialog").getByText("by telephone").click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("the customer said no, by telephone.").waitFor();
  await page.getByRole("button", { name: "Yes, write the no down" }).click();
  await marketing.getByText("Says no", { exact: true }).waitFor();
  await marketing.getByText(/Said no · by telephone/).waitFor();
  await page.getByRole("alert").filter({ hasText: "due" }).waitFor();
  await page.getByRole("button", { name: "Record a delivery" }).click();
  await page.getByRole("dialog").getByText("The version in force on that day").waitFor();
  await checkPage(grace, { heading, pictures: { folder, name: "permissions-notice" } });
  await page.getByRole("button", { name: "Record it", exact: true }).click();
  await page.getByRole("cell", { name: /By letter/ }).waitFor();
  await checkPage(grace, { heading, pictures: { folder, name: "permissions-choices" } });
  await marketing.getByRole("button", { name: /^Take the no back/ }).click();
  await page.getByRole("dialog").getByText("in writing").click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Yes, take the no back" }).click();
  await marketing.getByText(/Took the no back · in writing/).waitFor();
  assert.deepEqual(grace.complaints, []);
});
