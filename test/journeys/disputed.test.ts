// After a refusal, in both kinds of pages: the customer says what is right, and whoever is shown the field is shown that it is disputed, and their words.
// At full length: the server side in src/requests/disputed.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { assertNothingKept, checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
let adjuster: Visitor;
let made: Awaited<ReturnType<PortalStage["customer"]>>;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [ada, adjuster] = await Promise.all([browser.person(), browser.person()]);
  made = await stage.customer({ lastName: SURNAME });
  const staff = staffStage(stage, "grace@insurer.example");
  const { staffId } = await signInAs(staff, adjuster, { role: "claims-adjuster", purposes: ["claim-handling"] });
  const { customerId, claimId: unitId } = made;
  const admin = stage.bench.as(stage.bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: staffId, kind: "claim", unitId });
  await signInCustomer(stage, ada, made.email);
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const SURNAME = "Lindqist";
const WORDS = "It is written with a v, as in my passport.";

test("a customer whose correction was refused says what is right, and it is kept with the entry", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/portal/rights`);
  await choose(page, "What do you want?", "Have something corrected");
  await choose(page, "Country where you live", "Germany");
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByRole("heading", { name: "Your request", level: 1 }).waitFor();
  const requestId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const { bench } = stage;
  const { token } = await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const dpo = bench.as(token);
  const ground = (await dpo.rights.read(requestId, { words: "left" })).grounds[0]?.code ?? null;
  await dpo.rights.decide(requestId, { outcome: "refused", ground, reason: "the register has it so" });
  await page.reload();
  await choose(page, "Topic", "Who you are");
  await choose(page, "Which entry?", /Last name/);
  await page.getByLabel("What is right, and why you disagree").fill(WORDS);
  await checkPage(ada, { heading: "Your request", pictures: { folder, name: "disputed-own" } });
  await page.getByRole("button", { name: "Keep it with the entry" }).click();
  await page.getByText(/You said what is right on/).waitFor();
});

test("whoever is shown the field is shown that it is disputed, and reads the words by an entry of their own", async () => {
  const { page } = adjuster;
  await page.goto(`${stage.site}/customers/${made.customerId}/in-hand/${made.claimId}/ask`);
  await page.getByRole("button", { name: /^Identity/ }).click();
  await page.getByRole("checkbox", { name: "Last name", exact: true }).check();
  await page.getByText("All of it would be shown in clear.").waitFor();
  await page.getByRole("button", { name: "Show it" }).click();
  await page.getByRole("region", { name: "Answer" }).getByText("disputed").first().waitFor();
  await page.getByRole("button", { name: "What the customer says" }).click();
  await page.getByText(WORDS).waitFor();
  const secrets = [SURNAME, WORDS];
  await checkPage(adjuster, { heading: "Ask to see more", secrets, pictures: { folder, name: "disputed-ask" } });
  await assertNothingKept(adjuster, secrets);
  for (const visitor of [ada, adjuster]) assert.deepEqual(visitor.complaints, []);
});
