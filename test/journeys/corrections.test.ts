// A correction in both kinds of pages: asked for in the portal, proposed by one, granted by another, told to whoever was given the old value; seen by the customer.
// At full length: the server side in src/requests/ and src/tellings/.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../../src/kernel/ids.ts";
import type { EntryDraft } from "../../src/ledger/ledger.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer, staffStage } from "./test-customer.ts";
import { choose, valueOf } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
let officer: Visitor;
let second: Visitor;
let customerId: Awaited<ReturnType<PortalStage["customer"]>>["customerId"];
let recordId = "";
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [ada, officer, second] = await Promise.all([browser.person(), browser.person(), browser.person()]);
  const dpo = { role: "dpo", purposes: ["data-subject-request"] };
  await signInAs(staffStage(stage, "grace@insurer.example"), officer, dpo);
  await signInAs(staffStage(stage, "lise@insurer.example"), second, { ...dpo, name: "Second Officer" });
  const made = await stage.customer({ lastName: "Lindqist" });
  customerId = made.customerId;
  const { vault, ledger } = stage.bench.server.app.domains;
  const held = await vault.loadRecords([customerId], { recordTypes: ["person"] });
  recordId = held[0]?.record.recordId ?? "";
  await ledger.append(gave());
  await signInCustomer(stage, ada, made.email);
});
after(async () => {
  await browser.close();
  await stage.close();
});

/** As the gate writes it when a reinsurer is given the surname. */
function gave(): EntryDraft {
  const fields = [{ form: "clear", input: 0, path: "person.last-name", record: recordId, revision: 1 }];
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId: null,
    customerId,
    recipientId: null,
    purpose: "reinsurance",
    basis: "role-duty",
    classes: ["identity"],
    withheld: false,
    detail: {
      role: "claims-adjuster",
      recipientType: "reinsurer",
      justification: null,
      customers: [{ customer: customerId, fields, unit: null }],
      inputs: [],
    },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  };
}

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const RIGHT = "Lindqvist";

test("a customer asks for a correction, and one of the office proposes it, sealed", async () => {
  await ada.page.goto(`${stage.site}/portal/rights`);
  await choose(ada.page, "What do you want?", "Have something corrected");
  await choose(ada.page, "Country where you live", "Germany");
  await choose(ada.page, "Topic", "Who you are");
  await choose(ada.page, "Which entry?", /: Last name \(L••••\)$/);
  await ada.page.getByLabel("What it should say").fill(RIGHT);
  await ada.page.getByLabel("In your own words").fill("A letter is missing.");
  const asking = { heading: "Your rights", secrets: [RIGHT], pictures: { folder, name: "correction-ask" } };
  await checkPage(ada, asking);
  await ada.page.getByRole("button", { name: "Send it" }).click();
  await ada.page.getByRole("heading", { name: "Your request", level: 1 }).waitFor();
  const { page } = officer;
  await page.goto(`${stage.site}/rights`);
  await page.getByRole("link", { name: "Have something corrected" }).click();
  await choose(page, "Next", "Propose a correction");
  await page.getByText("The customer points at Person: Last name").waitFor();
  await page.getByRole("button", { name: "Take over what they wrote" }).click();
  await valueOf(page.getByLabel("Last name", { exact: true }), RIGHT);
  // What an index combines with the surname is given too.
  for (const name of ["First name", "Date of birth"]) await choose(page, "Another field", name);
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Date of birth").fill("some day");
  await page.getByRole("button", { name: "Propose a correction" }).click();
  await page.getByText("Date of birth: is no date").waitFor();
  await page.getByLabel("Date of birth").fill("1971-03-09");
  const proposing = { heading: "Rights request", secrets: [RIGHT], pictures: { folder, name: "correction-propose" } };
  await checkPage(officer, proposing);
  await page.getByRole("button", { name: "Propose a correction" }).click();
  await page.getByLabel("First name").waitFor({ state: "detached" });
  await page.getByText("You proposed it, so somebody else decides on it.").waitFor();
  await page.getByRole("combobox", { name: "Next" }).click();
  await page.getByRole("option", { name: "Propose a correction" }).waitFor();
  assert.equal(await page.getByRole("option", { name: "Decide", exact: true }).count(), 0, "would be refused");
  await page.keyboard.press("Escape");
  await checkPage(officer, { ...proposing, pictures: { folder, name: "correction-stands" } });
});

test("another reads what it is to say and grants it, and the recipient of the old value is told, with a proof", async () => {
  const { page } = second;
  await page.goto(`${stage.site}/rights`);
  await page.getByRole("link", { name: "Have something corrected" }).click();
  await page.getByRole("button", { name: "Read what was written" }).click();
  await page.getByText(RIGHT).first().waitFor();
  await page.getByText("It is for you to decide, or for another who may").waitFor();
  await choose(page, "Next", "Decide");
  await page.getByLabel("Fulfilled", { exact: true }).check();
  await page.getByRole("button", { name: "Read the proposed correction" }).click();
  await page.getByRole("region", { name: "Proposed correction" }).getByText(RIGHT).waitFor();
  await page.getByRole("button", { name: "Record" }).click();
  await page.getByText("Telling somebody who was given what was wrong: waits for a person").waitFor();
  await checkPage(second, {
    heading: "Rights request",
    secrets: [RIGHT],
    pictures: { folder, name: "correction-tell" },
  });
  const request = page.url();
  const untold = page.getByText("Not in the register");
  await page.goto(`${stage.site}/tellings`);
  // The server looks for whom it can tell by itself; the page asks again until it has.
  await untold.waitFor();
  await page.getByText("The day is our own default.").waitFor();
  await checkPage(second, { heading: "To be told", secrets: [RIGHT], pictures: { folder, name: "tellings" } });
  await page.goto(request);
  await choose(page, "Next", "Record that somebody was told");
  await choose(page, "Who was told", /reinsurer/);
  await choose(page, "By what", "Letter");
  await page.getByLabel("What proves it").fill("L-2026-77");
  await page.getByRole("button", { name: "Record that somebody was told" }).click();
  await page.getByText("Told by Letter: L-2026-77").waitFor();
  await page.getByRole("definition").filter({ hasText: "Closed" }).waitFor();
  await checkPage(second, {
    heading: "Rights request",
    secrets: [RIGHT],
    pictures: { folder, name: "correction-told" },
  });
});

test("who was told stands in the list, with what proves it", async () => {
  const { page } = second;
  await page.goto(`${stage.site}/tellings`);
  await page.getByText("Nobody is to be told of anything.").waitFor();
  await page.getByText("Told", { exact: true }).click();
  await page.getByText("Letter: L-2026-77").waitFor();
  await checkPage(second, { heading: "To be told", secrets: [RIGHT], pictures: { folder, name: "tellings-told" } });
});

test("the customer sees that it was corrected, and that others were told", async () => {
  await ada.page.reload();
  await ada.page.getByText("The correction in the file: done").waitFor();
  await ada.page.getByText("Telling somebody who was given what was wrong: done").waitFor();
  await ada.page.getByRole("heading", { name: "Who is told" }).waitFor();
  await checkPage(ada, { heading: "Your request", pictures: { folder, name: "correction-own" } });
  for (const visitor of [ada, officer, second]) assert.deepEqual(visitor.complaints, []);
});
