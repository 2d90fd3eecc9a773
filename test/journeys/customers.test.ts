// Journeys of finding a customer and looking at what is held, masked: by whatever is in hand, by keys alone, and leaving nothing of it anywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assign, customerMaker, type JourneyCustomer, makeCustomer } from "./test-customers.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { assertNothingKept, checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let ada: Visitor;
let staffId: string;
let customer: JourneyCustomer;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  const maker = await customerMaker(stage);
  customer = await makeCustomer(maker, 1);
  ada = await browser.person();
  staffId = (await signInAs(stage, ada, { purposes: ["claim-handling", "subrogation"] })).staffId;
  await assign(stage, { staffId, customer });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const found = ({ page }: Visitor) => page.getByRole("heading", { name: "One was found" });
const TYPED = ["CL-800001", "Rosalind Quillfeather 1971", "Quillfeather, Rosalind 1971", "rosalind-1@mailbox.example"];

test("whatever names a customer is understood, and what was typed stands nowhere afterwards", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/customers`);
  await checkPage(ada, { heading: "Find a customer", pictures: { folder, name: "find" } });
  for (const text of [...TYPED, "+1 212 555 1001", "K-9001", "Quillfeather 3001"]) {
    await page
      .getByRole("searchbox", { name: "Find a customer" })
      .or(page.getByLabel("Find a customer"))
      .first()
      .fill(text);
    await page.keyboard.press("Enter");
    await found(ada).waitFor();
    await assertNothingKept(ada, [text, ...customer.secrets]);
  }
  await checkPage(ada, { heading: "Find a customer", secrets: customer.secrets, pictures: { folder, name: "found" } });
});

test("keys alone lead from anywhere to the box, through what was found, and into the file; back comes back to it", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/home`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("CL-800001");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/customers$/);
  await found(ada).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "Customer", level: 1 }).waitFor();
  await page.getByRole("heading", { name: /Policies and claims/ }).waitFor();
  await page.goBack();
  await found(ada).waitFor();
  await assertNothingKept(ada, ["CL-800001", ...customer.secrets]);
});

test("the file is shown masked, accessible on a desk and on a phone, and a protection order is the first thing on it", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/customers/${customer.customerId}`);
  await page.getByRole("heading", { name: "What we hold" }).waitFor();
  const text = await page.getByRole("main").innerText();
  for (const secret of customer.secrets) assert.ok(!text.includes(secret), secret);
  const dpo = await stage.server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const flagged = await fetch(`${stage.server.url}/v1/customers/${customer.customerId}/flags`, {
    method: "POST",
    headers: { authorization: `Bearer ${dpo.token}`, "content-type": "application/json" },
    body: JSON.stringify({ kind: "protection-order", reason: "an order of the family court" }),
  });
  assert.equal(flagged.status, 201);
  await page.reload();
  await page.getByRole("alert").filter({ hasText: "Protection order" }).waitFor();
  await checkPage(ada, { heading: "Customer", secrets: customer.secrets, pictures: { folder, name: "customer" } });
  await page
    .getByRole("button", { name: /records, masked/ })
    .first()
    .click();
  await checkPage(ada, { heading: "Customer", secrets: customer.secrets, pictures: { folder, name: "customer-open" } });
});

test("somebody who is not within reach looks like nobody, in the box and by their address", async () => {
  const eve = await browser.person();
  await signInAs(stage, eve);
  await eve.page.goto(`${stage.site}/customers`);
  await eve.page.getByLabel("Find a customer").fill("CL-800001");
  await eve.page.keyboard.press("Enter");
  await eve.page.getByText("Nobody within your reach").waitFor();
  await eve.page.goto(`${stage.site}/customers/${customer.customerId}`);
  await eve.page.getByRole("alert").waitFor();
  assert.deepEqual(eve.complaints, []);
  await eve.context.close();
});
