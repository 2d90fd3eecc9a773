// Journeys beyond the standard view: asking to see more with what would be answered beforehand, correcting with a reason, and a caller on the telephone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assign, customerMaker, type JourneyCustomer, makeCustomer } from "./test-customers.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose as chooseIn } from "./test-keyboard.ts";
import { assertNothingKept, checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let ada: Visitor;
let customer: JourneyCustomer;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  const driving = { type: "driving", fields: { violations: VIOLATION } };
  customer = await makeCustomer(await customerMaker(stage), 1, [driving]);
  ada = await browser.person();
  const { staffId } = await signInAs(stage, ada, { purposes: ["claim-handling", "subrogation"] });
  await assign(stage, { staffId, customer });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const VIOLATION = "ran a red light by the harbour";
const folder = process.env["UBERRIMA_TEST_PICTURES"];

test("what would be shown stands there before it is asked for; then it is shown with its receipt", async () => {
  const { page } = ada;
  const { customerId, unitIds, secrets } = customer;
  await page.goto(`${stage.site}/customers/${customerId}/in-hand/${unitIds[2]}/ask`);
  await page.getByRole("button", { name: /^Claim narrative/ }).click();
  await page.getByRole("checkbox", { name: "Narrative", exact: true }).check();
  await page.getByRole("button", { name: /^Identity/ }).click();
  await page.getByRole("checkbox", { name: "First name", exact: true }).check();
  await page.getByRole("heading", { name: "What would be answered" }).waitFor();
  await page.getByText("All of it would be shown in clear.").waitFor();
  assert.equal(await page.getByText(/slipped on ice/).count(), 0, "nothing is shown before it is asked for");
  await checkPage(ada, { heading: "Ask to see more", secrets, pictures: { folder, name: "ask" } });
  await page.getByRole("button", { name: "Show it" }).click();
  await page
    .getByRole("region", { name: "Answer" })
    .getByText(/slipped on ice/)
    .first()
    .waitFor();
  await page.getByRole("region", { name: "Receipt" }).waitFor();
  await assertNothingKept(ada, secrets);
});

test("where a passkey alone helps, a code is asked of nobody; and an answer goes when the question is another", async () => {
  const { page } = ada;
  const { customerId, unitIds, secrets } = customer;
  await page.goto(`${stage.site}/customers/${customerId}/in-hand/${unitIds[2]}/ask`);
  const health = page.getByRole("button", { name: /^Health/ });
  await health.getByText("needs a passkey").waitFor();
  await health.click();
  await page.getByRole("checkbox", { name: "Diagnosis", exact: true }).check();
  await page.getByText("you have no passkey here").waitFor();
  await checkPage(ada, { heading: "Ask to see more", secrets, pictures: { folder, name: "ask-passkey" } });
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByRole("region", { name: "Receipt" }).waitFor();
  await page.getByRole("status").filter({ hasText: "Nothing is shown in clear" }).waitFor();
  await page.getByRole("button", { name: /^Identity/ }).click();
  await page.getByRole("checkbox", { name: "First name", exact: true }).check();
  await page.getByRole("region", { name: "Receipt" }).waitFor({ state: "detached" });
});

test("a refusal is turned into a request by one click, taken back by one key, approved by two others, and then it is shown", async () => {
  const { page } = ada;
  const { customerId, unitIds } = customer;
  const secrets = [VIOLATION, ...customer.secrets];
  const choose = async (): Promise<void> => {
    await page.goto(`${stage.site}/customers/${customerId}/in-hand/${unitIds[2]}/ask`);
    await page.getByRole("button", { name: /^Driving/ }).click();
    await page.getByRole("checkbox", { name: "Violations", exact: true }).check();
    await page.getByRole("heading", { name: "What would be answered" }).waitFor();
  };
  await choose();
  await page.getByText("None of it would be shown.").waitFor();
  const asking = page.getByRole("button", { name: /^Ask for it: Approval by two persons/ });
  await checkPage(ada, { heading: "Ask to see more", secrets, pictures: { folder, name: "refused" } });
  await asking.click();
  await page.locator(":focus").filter({ hasText: "Asked for: waits for others" }).waitFor();
  await page.getByRole("region", { name: "Just done" }).getByText("Your request waits for others.").waitFor();
  await checkPage(ada, { heading: "Ask to see more", secrets, pictures: { folder, name: "refused-asked" } });
  await page.locator("h1").press("z");
  await page.getByRole("status").filter({ hasText: "Undone." }).waitFor();
  await asking.click();
  await page.getByText("Asked for: waits for others").waitFor();
  for (const [name, role, purpose, rowScope] of [
    ["Grace Hopper", "compliance", "audit", "everything-masked"],
    ["Lise Meitner", "dpo", "data-subject-request", "assignments"],
  ]) {
    const other = await browser.person();
    await signInAs(stage, other, { name, role, purposes: [purpose], rowScope });
    await other.page.goto(`${stage.site}/home`);
    // It waits for them, and has an end: it stands under both.
    await other.page.getByRole("link", { name: "A request to approve" }).first().click();
    await other.page.getByRole("row").filter({ hasText: "Driving" }).getByRole("button", { name: "Decide" }).click();
    await checkPage(other, { heading: "Requests", secrets, pictures: { folder, name: `approve-${role}` } });
    await other.page.getByRole("button", { name: "Approve" }).click();
    await other.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.deepEqual(other.complaints, []);
    await other.context.close();
  }
  await choose();
  await page.getByText("All of it would be shown in clear.").waitFor();
  await page.getByRole("button", { name: /^Show/ }).click();
  await page.getByRole("region", { name: "Answer" }).getByText(VIOLATION).first().waitFor();
  await assertNothingKept(ada, secrets);
  assert.deepEqual(ada.complaints, []);
});

test("what is lent for a time is used where one says so, once another person has approved it", async () => {
  const { page } = ada;
  const { customerId, unitIds } = customer;
  await page.goto(`${stage.site}/access/requests`);
  await page.getByRole("button", { name: "Ask for more" }).click();
  await chooseIn(page, "Work of which role", "Medical reviewer");
  await chooseIn(page, "For which purposes", "Medical review");
  await page.getByLabel("Reason").fill("deposition is tomorrow, counsel is ill");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.getByRole("row").filter({ hasText: "deposition" }).getByText("waits").waitFor();
  const other = await browser.person();
  await signInAs(stage, other, {
    name: "Emmy Noether",
    role: "compliance",
    purposes: ["audit"],
    rowScope: "everything-masked",
  });
  await other.page.goto(`${stage.site}/access/requests`);
  await other.page.getByRole("row").filter({ hasText: "deposition" }).getByRole("button", { name: "Decide" }).click();
  await other.page.getByRole("button", { name: "Approve" }).click();
  await other.page.getByRole("row").filter({ hasText: "deposition" }).getByText("in force").waitFor();
  await other.context.close();
  await page.goto(`${stage.site}/customers/${customerId}/in-hand/${unitIds[2]}/ask`);
  await chooseIn(page, "By which right", /^Elevation until/);
  await page
    .getByRole("radio", { name: /reviews? .*medical|medical/i })
    .first()
    .waitFor();
  await checkPage(ada, {
    heading: "Ask to see more",
    secrets: customer.secrets,
    pictures: { folder, name: "elevated" },
  });
});

test("a record is corrected with a reason, and its history says so", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/customers/${customer.customerId}/records`);
  await page.getByRole("combobox", { name: "Which record" }).click();
  await page.getByRole("option", { name: /Claim/ }).first().click();
  await page.getByRole("combobox", { name: "A field that is empty" }).click();
  await page.getByRole("option", { name: "Other carrier" }).click();
  await page.getByLabel("Other carrier").fill("Northern Mutual");
  await page.getByLabel("Why it is corrected").fill("the caller said which");
  await page.getByRole("button", { name: "Correct it" }).click();
  await page.getByText("Revision 2").waitFor();
  await checkPage(ada, {
    heading: "Correct a record",
    secrets: ["Northern Mutual", ...customer.secrets],
    pictures: { folder, name: "correct" },
  });
});

test("a caller is to be verified before anything is clear, and a loss is taken down without a claim", async () => {
  const agent = await browser.person();
  const { page } = agent;
  const { staffId } = await signInAs(stage, agent, {
    role: "csr",
    purposes: ["policy-servicing", "claim-handling", "complaint"],
  });
  await assign(stage, { staffId, customer, kind: "call" });
  await page.goto(`${stage.site}/desk`);
  await page.getByRole("link", { name: /Call since/ }).waitFor();
  await checkPage(agent, { heading: "Call desk", secrets: customer.secrets, pictures: { folder, name: "desk" } });
  await page.getByRole("link", { name: /Call since/ }).click();
  await page.getByText("The caller is not verified.").waitFor();
  await page.getByRole("button", { name: "Begin the call" }).click();
  await page.getByText("The caller is not verified yet").waitFor();
  await checkPage(agent, {
    heading: "On the telephone",
    secrets: customer.secrets,
    pictures: { folder, name: "call" },
  });
  await page.getByLabel("Date of loss").fill("2026-11-20");
  await page.getByLabel("What happened").fill("hail broke the skylight above the oven");
  await page.getByRole("button", { name: "Take it down" }).click();
  await page.getByText("The loss is on file as a claim").waitFor();
  await assertNothingKept(agent, ["hail broke", ...customer.secrets]);
  assert.deepEqual(agent.complaints, []);
  await agent.context.close();
});
