// Notices to many, in the browser: found by one, looked at and approved by another who proves to be there, sent by the server, each with its proof; and one sent from the customer's page.
// At full length: beside retention.test.ts, whose pages are alike; the server side in src/rounds/.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asId, newId } from "../../src/kernel/ids.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { type SignedIn, signInAs } from "./test-signed-in.ts";
import { codeAt } from "./test-staff.ts";

/** Longer than a factor is fresh. */
const LATER_MS = 600_000;
const NOBODY = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;
const CUSTOMERS = 5;

let stage: PortalStage;
let browser: TestBrowser;
let officer: Visitor;
let overseer: Visitor;
let overseen: SignedIn;
let customers: string[];
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  customers = [];
  for (let at = 0; at < CUSTOMERS; at += 1) customers.push(await policyholder());
  await stage.bench.flag(asId(customers[0] ?? ""), "deceased");
  await stage.bench.flag(asId(customers[1] ?? ""), "protection-order");
  [officer, overseer] = [await browser.person(), await browser.person()];
  const dpo = { role: "dpo", purposes: ["data-subject-request"], rowScope: "assignments" };
  await signInAs(staffStage(stage, "lise@insurer.example"), officer, dpo);
  const compliance = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  overseen = await signInAs(staffStage(stage, "grace@insurer.example"), overseer, {
    name: "Grace Hopper",
    ...compliance,
  });
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const TITLE = "Privacy notice (financial information)";

async function policyholder(): Promise<string> {
  const { customerId } = await stage.customer({});
  const place = { entity: "acme", brand: "acme", line: "auto", book: null, status: "open" } as const;
  const units = [{ unitId: newId(), create: { kind: "policy" as const, ...place }, sources: [], records: [] }];
  const draft = { customerId: asId(customerId), create: null, sources: [], units };
  await stage.bench.server.app.domains.vault.create([draft], NOBODY);
  return customerId;
}

test("a notice to many is found by one, approved by another, and sent; each customer has a proof, and nobody a word on the page", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/letters`);
  await page.getByRole("link", { name: "Notices to many" }).click();
  await page.getByText("No round has been asked for yet.").waitFor();
  await page.getByRole("button", { name: "Find to whom a notice is due" }).click();
  await choose(page, "Notice", TITLE);
  await page.getByRole("dialog").getByLabel("What for").fill("yearly notices");
  await checkPage(officer, { heading: "Notices to many", pictures: { folder, name: "rounds-ask" } });
  await page.getByRole("button", { name: "Find them" }).click();
  await page.getByText("Waits for approval").waitFor();
  await page.getByText("You asked for this: somebody else decides on it.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Decide" }).count(), 0);
  await page.getByRole("row").filter({ hasText: "Deceased" }).waitFor();
  await checkPage(officer, { heading: TITLE, pictures: { folder, name: "round-previewed" } });

  const { page: hers } = overseer;
  stage.pass(LATER_MS);
  await hers.goto(page.url().split("?")[0] ?? "");
  await hers.getByRole("button", { name: "Decide" }).click();
  const dialog = hers.getByRole("dialog", { name: "Decide on this round" });
  assert.ok(await dialog.getByRole("button", { name: "Approve and send" }).isDisabled());
  await dialog.getByLabel("I have looked at to whom it is due").check();
  await checkPage(overseer, { heading: TITLE, pictures: { folder, name: "round-decide" } });
  await dialog.getByRole("button", { name: "Approve and send" }).click();
  const stepUp = hers.getByRole("dialog", { name: "Show a second factor once more" });
  await stepUp.getByRole("textbox").fill(await codeAt(overseen.secret, stage.bench.server.app.domains.clock.now()));
  await stepUp.getByRole("button", { name: "Show the code" }).click();
  await hers.getByText("Sent", { exact: true }).first().waitFor({ timeout: 90_000 });
  await hers.getByRole("row").filter({ hasText: "Waits" }).first().waitFor();
  await checkPage(overseer, { heading: TITLE, pictures: { folder, name: "round-sent" } });
  await page.goto(`${stage.site}/letters`);
  await page.getByText(`Waiting (${CUSTOMERS - 1})`).waitFor();
});

test("a notice is sent to one customer from their page, and stands there until it is delivered", async () => {
  const { page } = overseer;
  await page.goto(`${stage.site}/customers/${customers[2]}/permissions`);
  await page.getByRole("button", { name: "Send a notice" }).click();
  const dialog = page.getByRole("dialog", { name: "Send a notice" });
  await dialog.getByText("By mail", { exact: true }).click();
  await dialog.getByText("A law may let a notice go by mail only").waitFor();
  await checkPage(overseer, { heading: "Authorizations and choices", pictures: { folder, name: "notice-send" } });
  await dialog.getByText("On paper", { exact: true }).click();
  await choose(page, "Notice", "Notice of insurance information practices");
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await page
    .getByRole("list", { name: "Under way" })
    .getByText(/information practices, on paper/)
    .waitFor();
  await checkPage(overseer, { heading: "Authorizations and choices", pictures: { folder, name: "notice-under-way" } });
});
