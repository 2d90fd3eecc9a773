// A corrected address that was granted: it waits for the contact as it was before, on the customer's pages and the office's, and both follow it to its end.
// At full length: beside corrections.test.ts; the server side in src/requests/waiting-correction.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
let officer: Visitor;
let officerId = "";
let proposer: Client;
const DPO = { role: "dpo", purposes: ["data-subject-request"] } as const;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [ada, officer] = await Promise.all([browser.person(), browser.person()]);
  ({ staffId: officerId } = await signInAs(staffStage(stage, "grace@insurer.example"), officer, DPO));
  proposer = stage.bench.as((await stage.bench.server.createClient(DPO)).token);
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const RIGHT = { line1: "9 Oak Row", city: "Utica", postcode: "13501" };
const domains = () => stage.bench.server.app.domains;

const focused = async ({ page }: Visitor): Promise<string> =>
  String(
    await page.evaluate("document.activeElement === document.body ? 'nothing' : document.activeElement.innerText"),
  );

/** Somebody in the portal whose request for another address was taken up by the office. */
async function proposed(lastName: string) {
  const customer = await stage.customer({ lastName });
  const { customerId, email, recordIds } = customer;
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal/rights`);
  await choose(page, "What do you want?", "Have something corrected");
  await choose(page, "Country where you live", "Germany");
  await page.getByLabel("In your own words").fill("We have moved.");
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByRole("heading", { name: "Your request", level: 1 }).waitFor();
  const requestId = page.url().split("/").at(-1) ?? "";
  await proposer.rights.step(requestId, { do: "propose", recordId: recordIds.get("address")!, fields: RIGHT });
  await stage.bench
    .as(stage.bench.server.admin.token)
    .assignments.create({ customerId, clientId: officerId, kind: "policy" });
  return { customerId, email, requestId, recordId: recordIds.get("address")! };
}

/** What is granted is what was read: nothing can be recorded before. */
async function readProposed(page: Visitor["page"], line: string): Promise<void> {
  assert.equal(await page.getByRole("button", { name: "Record" }).isDisabled(), true);
  await page.getByRole("button", { name: "Read the proposed correction" }).click();
  await page.getByRole("region", { name: "Proposed correction" }).getByText(line).waitFor();
}

async function grant(requestId: string): Promise<void> {
  const { page } = officer;
  await page.goto(`${stage.site}/rights/${requestId}`);
  await choose(page, "Next", "Decide");
  await page.getByLabel("Fulfilled", { exact: true }).check();
  await readProposed(page, RIGHT.line1);
  await page.getByRole("button", { name: "Record" }).click();
  await page.getByText("The correction in the file: waits for the word of the contact as it was before").waitFor();
}

async function later(hours: number): Promise<void> {
  stage.pass(hours * 3_600_000);
  await domains().changes.finish();
  await domains().requests.look(AbortSignal.timeout(60_000));
}

test("granted, it waits for the code from the earlier contact, which the office types in, and is done three days later", async () => {
  const one = await proposed("Lindqvist");
  await grant(one.requestId);
  const { page } = officer;
  await checkPage(officer, {
    heading: "Rights request",
    secrets: [RIGHT.line1],
    pictures: { folder, name: "waiting-granted" },
  });
  await ada.page.reload();
  await ada.page.getByText("What you asked us to correct is granted").waitFor();
  await ada.page.getByText("call us by the number on your policy and read the code to us").waitFor();
  const said = await ada.page.getByRole("main").innerText();
  assert.doesNotMatch(said, /days left|We answer by/, "it was answered");
  assert.doesNotMatch(said, /confident|checked against/, "how sure we are of a rule is not a customer's to weigh");
  assert.match(said, /^GDPR, .+ \(.*16.*\): /m, "the law has its name and its provision");
  await checkPage(ada, { heading: "Your request", secrets: [one.email], pictures: { folder, name: "waiting-own" } });
  await ada.page.goto(`${stage.site}/portal/rights`);
  await ada.page.getByText("Granted, being done").waitFor();
  assert.doesNotMatch(await ada.page.getByRole("main").innerText(), /days left/);
  await page.getByRole("link", { name: "See the change that waits" }).click();
  await page.getByRole("link", { name: "Granted on the customer's request" }).waitFor();
  await stage.bench.deliver();
  await page.getByLabel("Code that the customer reads out").fill(stage.bench.codeTo(one.email) ?? "none");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.getByText("confirmed", { exact: true }).waitFor();
  await checkPage(officer, { heading: "Correct a record", pictures: { folder, name: "waiting-confirmed" } });
  await later(73);
  const [stored] = await domains().vault.loadRecords([one.customerId], { recordId: one.recordId });
  assert.equal(stored?.record.revision, 2);
  await signInCustomer(stage, ada, one.email);
  await ada.page.goto(`${stage.site}/portal/rights/${one.requestId}`);
  await ada.page.getByText("The correction in the file: done").waitFor();
  assert.deepEqual(ada.complaints, []);
  assert.deepEqual(officer.complaints, []);
});

test("stopped by the customer beside their request, it goes back to the office, which says so", async () => {
  await signInAs(staffStage(stage, "ida@insurer.example"), officer, { ...DPO, name: "Ida Noddack" }).then(
    ({ staffId }) => (officerId = staffId),
  );
  const one = await proposed("Solberg");
  await grant(one.requestId);
  await ada.page.reload();
  const stop = ada.page.getByRole("button", { name: "I did not ask for this: stop it" });
  await stop.focus();
  await ada.page.keyboard.press("Enter");
  const sure = ada.page.getByRole("group", { name: /^Stop this change\?/ });
  await sure.waitFor();
  assert.equal(await focused(ada), await sure.innerText(), "asked once, and the focus is on the question");
  await checkPage(ada, { heading: "Your request", secrets: [one.email], pictures: { folder, name: "waiting-sure" } });
  await ada.page.getByRole("button", { name: "Let it wait" }).click();
  await stop.waitFor();
  assert.equal(await focused(ada), "I did not ask for this: stop it");
  await stop.click();
  await ada.page.getByRole("button", { name: "Stop the change" }).click();
  await ada.page.getByText("What you asked us to correct is granted").waitFor({ state: "detached" });
  await ada.page.getByRole("status").getByText("The change is stopped, and nothing was changed.").waitFor();
  assert.match(await focused(ada), /^The change is stopped/);
  await checkPage(ada, { heading: "Your request", secrets: [one.email], pictures: { folder, name: "waiting-said" } });
  await later(0);
  await ada.page.reload();
  await ada.page.getByText("The correction in the file: stopped, nothing was changed").waitFor();
  await checkPage(ada, {
    heading: "Your request",
    secrets: [one.email],
    pictures: { folder, name: "waiting-stopped" },
  });
  await officer.page.reload();
  await officer.page.getByText("The change was stopped before it took effect").waitFor();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "waiting-back" } });
  assert.deepEqual(ada.complaints, []);
  assert.deepEqual(officer.complaints, []);
});

test("what was proposed while somebody decided is not granted with what they saw: they see it, and decide anew", async () => {
  const one = await proposed("Nyberg");
  const { page } = officer;
  await page.goto(`${stage.site}/rights/${one.requestId}`);
  await choose(page, "Next", "Decide");
  const fulfilled = page.getByLabel("Fulfilled", { exact: true });
  await fulfilled.check();
  await readProposed(page, RIGHT.line1);
  const fields = { ...RIGHT, line1: "70 Harbour View" };
  await proposer.rights.step(one.requestId, { do: "propose", recordId: one.recordId, fields });
  const record = page.getByRole("button", { name: "Record" });
  await record.click();
  await page.getByText("Somebody else, or another tab, was first").waitFor();
  await page.getByRole("region", { name: "Proposed correction" }).waitFor({ state: "detached" });
  assert.equal(await fulfilled.isChecked(), false);
  await fulfilled.check();
  await readProposed(page, fields.line1);
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "waiting-other" } });
  await record.click();
  await page.getByText("The correction in the file: waits for the word of the contact as it was before").waitFor();
  assert.deepEqual(officer.complaints, []);
});
