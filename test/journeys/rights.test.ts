// A request under a customer's rights, in both kinds of pages: asked in the portal, found in the queue, refused with its ground, read, appealed, answered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
let officer: Visitor;
let second: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [ada, officer, second] = await Promise.all([browser.person(), browser.person(), browser.person()]);
  const compliance = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" };
  await signInAs(staffStage(stage, "grace@insurer.example"), officer, compliance);
  await signInAs(staffStage(stage, "lise@insurer.example"), second, compliance);
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const WORDS = "Please delete my old policy.";

test("a customer asks in the portal and sees by when it is answered, and why then", async () => {
  const { page } = ada;
  const { email } = await stage.customer({ lastName: "Lindqvist" });
  await signInCustomer(stage, ada, email);
  await page.goto(`${stage.site}/portal/rights`);
  await page.getByRole("heading", { name: "Ask for something" }).waitFor();
  await checkPage(ada, { heading: "Your rights", pictures: { folder, name: "rights-ask" } });
  await choose(page, "What do you want?", "Have something deleted");
  await choose(page, "Country where you live", "Germany");
  await page.getByLabel("In your own words").fill(WORDS);
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByRole("heading", { name: "Your request", level: 1 }).waitFor();
  await page.getByText("We answer by").waitFor();
  await page.getByText("GDPR Arts 17, 19").waitFor();
  await page.getByText("That day is not counted.").waitFor();
  await checkPage(ada, { heading: "Your request", secrets: [WORDS, email], pictures: { folder, name: "rights-own" } });
});

test("the office finds it by its day, reads it, and refuses it on a ground of its law", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/rights`);
  await page.getByRole("link", { name: "Have something deleted" }).waitFor();
  await checkPage(officer, { heading: "Rights requests", pictures: { folder, name: "rights-queue" } });
  await page.getByRole("link", { name: "Have something deleted" }).click();
  await page.getByRole("heading", { name: "The clock" }).waitFor();
  await page.getByRole("button", { name: "Read what was written" }).click();
  await page.getByText(WORDS).waitFor();
  await choose(page, "Next", "Take it on");
  await page.getByRole("button", { name: "Take it on" }).click();
  await page.getByRole("definition").filter({ hasText: "In progress" }).waitFor();
  await choose(page, "Next", "Decide");
  await page.getByLabel("Refused").check();
  await choose(page, "Ground", /exercise or defence/);
  await page.getByLabel("Reason").fill("Your claim of May is still open.");
  await checkPage(officer, {
    heading: "Rights request",
    secrets: [WORDS],
    pictures: { folder, name: "rights-decide" },
  });
  await page.getByRole("button", { name: "Record" }).click();
  await page.getByRole("definition").filter({ hasText: "Refused" }).waitFor();
});

test("the customer reads why, appeals, and somebody else answers", async () => {
  await ada.page.reload();
  await ada.page.getByText("Our answer").waitFor();
  await ada.page.getByRole("button", { name: "Read what was written" }).click();
  await ada.page.getByText("Your claim of May is still open.").waitFor();
  await ada.page.getByLabel("I do not agree").fill("It was closed in June.");
  await ada.page.getByRole("button", { name: "Ask for another look" }).click();
  await ada.page.getByText("Somebody else looks at it").waitFor();
  const { page } = second;
  await page.goto(`${stage.site}/rights`);
  await page.getByRole("link", { name: "Have something deleted" }).click();
  await choose(page, "Next", "Decide the appeal");
  await page.getByLabel("The decision stands").check();
  await page.getByLabel("Reason").fill("It is open again since July.");
  await page.getByRole("button", { name: "Record" }).click();
  await page.getByRole("definition").filter({ hasText: "Decided" }).waitFor();
  await checkPage(second, { heading: "Rights request", pictures: { folder, name: "rights-decided" } });
});

test("one is filed for a caller, whom nobody approves unknown", async () => {
  const { page } = officer;
  const { customerId } = await stage.customer();
  await page.goto(`${stage.site}/rights`);
  await page.getByRole("link", { name: "File a request" }).click();
  await page.getByLabel("Customer's id").fill(customerId);
  await choose(page, "Asks for", "See what is held");
  await choose(page, "Country where they live", "United States");
  await choose(page, "State or province", "California");
  await checkPage(officer, { heading: "File a request", pictures: { folder, name: "rights-file" } });
  await page.getByRole("button", { name: "File it" }).click();
  await page.getByText("leaves out what insurance law covers").first().waitFor();
  await choose(page, "Next", "Decide");
  assert.equal(await page.getByLabel("Fulfilled", { exact: true }).count(), 0);
  await page.getByText("only a refusal is possible").waitFor();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "rights-filed" } });
  for (const visitor of [ada, officer, second]) assert.deepEqual(visitor.complaints, []);
});
