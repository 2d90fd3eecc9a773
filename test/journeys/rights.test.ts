// A request under a customer's rights, in both kinds of pages: asked in the portal, found in the queue, refused with its ground, read, appealed, answered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
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
  await signInAs(staffStage(stage, "lise@insurer.example"), second, { ...compliance, name: "Lise Meitner" });
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
});

test("it is given to a colleague, its law chosen again and taken back, its tasks done", async () => {
  const { page } = officer;
  await choose(page, "Next", "Give it to somebody");
  await choose(page, "Works on it", "Lise Meitner");
  await page.getByRole("button", { name: "Give it to somebody" }).click();
  await page.getByRole("definition").filter({ hasText: "Lise Meitner" }).waitFor();
  await choose(page, "Next", "Choose the law again");
  await choose(page, "Country where they live", "Germany");
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "rights-law" } });
  await page.getByRole("button", { name: "Choose the law again" }).click();
  await page.getByText("GDPR Art 15").first().waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("leaves out what insurance law covers").first().waitFor();
  await choose(page, "Next", "Add a task");
  await page.getByLabel("Words").fill("Look into the claim file.");
  await page.getByRole("button", { name: "Add a task" }).click();
  await page.getByText("0 of 1 done").waitFor();
  await page.getByRole("button", { name: "Read what was written" }).click();
  await page.getByText("Look into the claim file.").waitFor();
  await page.getByRole("button", { name: "It is done" }).click();
  await page.getByText("1 of 1 done").waitFor();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "rights-tasks" } });
});

test("what was asked before is tied to the other, and closed with it", async () => {
  const { page } = officer;
  const first = page.url();
  const customerId = await customerOf(page, first);
  await page.goto(`${stage.site}/rights/new`);
  await page.getByLabel("Customer's id").fill(customerId);
  await choose(page, "Asks for", "Get a copy to take along");
  await choose(page, "Country where they live", "Germany");
  await page.getByLabel("Came on").fill("2026-01-05T09:00");
  await page.getByRole("button", { name: "File it" }).click();
  await page.getByText(/days overdue/).waitFor();
  await choose(page, "Next", "It was asked before");
  await page.getByLabel(/^See what is held/).check();
  await page.getByRole("button", { name: "It was asked before" }).click();
  await page.getByRole("definition").filter({ hasText: "Asked before" }).waitFor();
  await choose(page, "Next", "Close");
  await page.getByLabel("It was asked before").check();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "rights-close" } });
  await page.locator("#main").getByRole("button", { name: "Close" }).click();
  await page.getByRole("definition").filter({ hasText: "Closed" }).waitFor();
});

let asking: { readonly customerId: string; readonly requestId: string };

/** Chosen, said where it needs words, and done. */
async function take({ page }: Visitor, act: string, words?: { readonly label: string; readonly text: string }) {
  await choose(page, "Next", act);
  if (words !== undefined) await page.getByLabel(words.label).fill(words.text);
  const answered = page.waitForResponse((answer) => answer.url().endsWith("/steps"));
  const button = page.getByRole("button", { name: act, exact: true });
  await button.click();
  assert.equal((await answered).status(), 200);
  // The form is empty again: a list opened before that would be closed.
  await button.waitFor({ state: "detached" });
}

test("what the customer is asked stops the clock, where the law lets it, until they have answered in the portal", async () => {
  const { page } = ada;
  const { customerId, email } = await stage.customer({ lastName: "Halloran" });
  await signInCustomer(stage, ada, email);
  await page.goto(`${stage.site}/portal/rights`);
  await choose(page, "What do you want?", "See what is held");
  await choose(page, "Country where you live", "United Kingdom");
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByRole("heading", { name: "Your request", level: 1 }).waitFor();
  asking = { customerId, requestId: page.url().slice(page.url().lastIndexOf("/") + 1) };
  await officer.page.goto(`${stage.site}/rights/${asking.requestId}`);
  await take(officer, "Ask the customer for something", { label: "Words", text: "Which of your policies?" });
  await officer.page.getByRole("definition").filter({ hasText: "Waits for the customer" }).waitFor();
  await officer.page.getByText("clock stands still", { exact: true }).waitFor();
  await officer.page.getByText("The clock stands still while more is asked for").waitFor();
  await page.reload();
  await page.getByText("We have asked you something.").waitFor();
  await page.getByText("Waits for your answer").waitFor();
  await page.getByRole("button", { name: "Read what was written" }).click();
  await page.getByText("Which of your policies?").waitFor();
  await checkPage(ada, { heading: "Your request", pictures: { folder, name: "rights-asked" } });
  await page.getByLabel("Write to us").fill("The one for the motor car.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("We have asked you something.").waitFor({ state: "detached" });
  await page.getByText("In progress").waitFor();
  await officer.page.reload();
  await officer.page.getByRole("definition").filter({ hasText: "In progress" }).waitFor();
  assert.equal(await officer.page.getByText("clock stands still", { exact: true }).count(), 0);
});

test("the customer reads why it takes longer, and nothing of what the office notes among itself", async () => {
  const { page } = officer;
  await take(officer, "Extend", { label: "Reason", text: "Forty years of papers." });
  await page.getByText("It could be extended").first().waitFor({ state: "detached" });
  await take(officer, "Comment", { label: "Words", text: "Ask the archive in Leeds." });
  await take(officer, "Write to the customer", { label: "Words", text: "We are looking for it." });
  await page.getByRole("button", { name: "Read what was written" }).click();
  for (const words of ["The one for the motor car.", "Ask the archive in Leeds.", "We are looking for it."])
    await page.getByText(words).waitFor();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "rights-worked-on" } });
  await ada.page.reload();
  await ada.page.getByRole("button", { name: "Read what was written" }).click();
  await ada.page.getByText("Why it takes longer").waitFor();
  await ada.page.getByText("Forty years of papers.").first().waitFor();
  await ada.page.getByText("We are looking for it.").waitFor();
  assert.equal(await ada.page.getByText("Leeds").count(), 0);
});

test("receipt of what was filed is confirmed by its day; the customer stands by one, and withdraws another", async () => {
  const { page } = officer;
  const file = async (kind: string, about: string): Promise<string> => {
    await page.goto(`${stage.site}/rights/new`);
    await page.getByLabel("Customer's id").fill(asking.customerId);
    await choose(page, "Asks for", kind);
    await choose(page, "About", about);
    await choose(page, "Country where they live", "United States");
    await choose(page, "State or province", "California");
    await page.getByRole("button", { name: "File it" }).click();
    await page.getByRole("heading", { name: "The clock" }).waitFor();
    return page.url().slice(page.url().lastIndexOf("/") + 1);
  };
  const wanted = await file("Get a copy to take along", "A website or advertising");
  await page.getByText("to confirm receipt").waitFor();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "rights-to-confirm" } });
  await take(officer, "Receipt was confirmed");
  await page.getByText("to answer", { exact: false }).first().waitFor();
  assert.equal(await page.getByText("to confirm receipt").count(), 0);
  const unwanted = await file("Have something deleted", "An insurance contract, quote or claim");
  await ada.page.goto(`${stage.site}/portal/rights/${wanted}`);
  await ada.page.getByText("Somebody filed this for you.").waitFor();
  await checkPage(ada, { heading: "Your request", pictures: { folder, name: "rights-filed-for" } });
  await ada.page.getByRole("button", { name: "Yes, I want this" }).click();
  await ada.page.getByText("Somebody filed this for you.").waitFor({ state: "detached" });
  await page.goto(`${stage.site}/rights/${wanted}`);
  await page
    .getByRole("definition")
    .filter({ hasText: /^known$/ })
    .waitFor();
  await ada.page.goto(`${stage.site}/portal/rights/${unwanted}`);
  await ada.page.getByRole("heading", { name: "Laws that do not reach this" }).waitFor();
  await checkPage(ada, { heading: "Your request", pictures: { folder, name: "rights-left-out" } });
  await ada.page.getByRole("button", { name: "No, withdraw it" }).click();
  await ada.page.getByText("Closed").waitFor();
  await page.goto(`${stage.site}/rights/${unwanted}`);
  await page.getByRole("definition").filter({ hasText: "Closed" }).waitFor();
  for (const visitor of [ada, officer, second]) assert.deepEqual(visitor.complaints, []);
});

/** Whose request it is, as the page's own question to the server says. */
async function customerOf(page: Page, url: string): Promise<string> {
  const requestId = url.slice(url.lastIndexOf("/") + 1);
  const answer = await page.context().request.get(`${stage.site}/v1/rights/${requestId}?words=left`);
  return ((await answer.json()) as { customerId: string }).customerId;
}
