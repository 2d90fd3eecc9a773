// What the privacy side does about a customer in the pages: flags set, taken back and ended; and the second person's word for a first contact.
// At full length: the server side in src/disclosure/policy/flags.test.ts and src/changes/changes.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
let overseer: Visitor;
let agent: Visitor;
let agentId: string;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [overseer, agent] = await Promise.all([browser.person(), browser.person()]);
  const compliance = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" };
  await signInAs(staffStage(stage, "grace@insurer.example"), overseer, compliance);
  const selling = { role: "agent", purposes: ["policy-servicing"], rowScope: "assignments" };
  agentId = (await signInAs(staffStage(stage, "emmy@insurer.example"), agent, selling)).staffId;
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];

test("a flag is set with its reason, shown at once, taken back while it is fresh, set again and ended", async () => {
  const { customerId } = await stage.customer();
  const { page } = overseer;
  await page.goto(`${stage.site}/customers/${customerId}`);
  await page.getByRole("button", { name: "Flags" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("No flag is set.").waitFor();
  const set = async (): Promise<void> => {
    await choose(page, "Which flag", "Protection order");
    await dialog.getByLabel("On what ground").fill("court order of May");
    await dialog.getByRole("button", { name: "Set it" }).click();
    await page.getByText(/Say nothing to anybody of where this person is/).waitFor();
  };
  await checkPage(overseer, { heading: "Customer", pictures: { folder, name: "flags" } });
  await set();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText(/Say nothing to anybody/).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Flags" }).click();
  await set();
  await page.getByRole("button", { name: "Flags" }).click();
  await dialog.getByRole("button", { name: "End it" }).click();
  await page.getByText(/Say nothing to anybody/).waitFor({ state: "detached" });
});

test("a first contact waits in the list of whoever may vouch, and counts by the word of somebody who saw the document", async () => {
  const { customerId, relationshipId: unitId, recordIds } = await stage.bench.customer();
  const { server, as } = stage.bench;
  await as(server.admin.token).assignments.create({ customerId, clientId: agentId, kind: "policy" });
  const fields = { email: "first.contact@mailbox.example" };
  const asked = await agent.context.request.post(`${stage.site}/v1/customers/${customerId}/records`, {
    data: { unitId, type: "contact", fields, documentId: recordIds.get("document") },
    headers: { "x-uberrima-request": "1", origin: stage.site },
  });
  assert.ok(asked.ok(), await asked.text());
  await agent.page.goto(`${stage.site}/customers/${customerId}/records`);
  await agent.page.getByText("waits for somebody else in compliance or privacy").waitFor();
  assert.equal(await agent.page.getByRole("button", { name: "Vouch for it" }).count(), 0);
  assert.equal(await agent.page.getByLabel("Code that the customer reads out").count(), 0);
  const { page } = overseer;
  await page.goto(`${stage.site}/home`);
  await page.getByRole("link", { name: "A change that waits" }).first().click();
  await page.getByLabel(/^I have seen document/).check();
  await checkPage(overseer, {
    heading: "Correct a record",
    secrets: [fields.email],
    pictures: { folder, name: "vouching" },
  });
  await page.getByRole("button", { name: "Vouch for it" }).click();
  await page.getByText("Takes effect on").waitFor();
  for (const visitor of [overseer, agent]) assert.deepEqual(visitor.complaints, []);
});
