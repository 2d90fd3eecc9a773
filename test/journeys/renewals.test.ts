// Authorizations over time, on both kinds of pages: renewed before and after they run out, signed by somebody with authority, withdrawn with the proof of last use.
// At full length: beside permissions.test.ts; the server side in src/authorizations/.
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
let grace: Visitor;
let staff = 0;
let office: Client;
let second: Client;
let adjuster: Client;
let adjusterId: string;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [ada, grace] = [await browser.person(), await browser.person()];
  const { server } = stage.bench;
  [office, second] = [await hireOffice(), await hireOffice()];
  const hired = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  [adjuster, adjusterId] = [stage.bench.as(hired.token), hired.principalId];
  await signInGrace();
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const DAY_MS = 86_400_000;
const now = (): number => stage.bench.server.app.domains.clock.now().getTime();
const day = (days: number): string => new Date(now() + days * DAY_MS).toISOString().slice(0, 10);

async function hireOffice(): Promise<Client> {
  const scope = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  return stage.bench.as((await stage.bench.server.createClient(scope)).token);
}

/** Anew where days go by. */
async function signInGrace(): Promise<void> {
  const scope = { name: "Grace Hopper", role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(staffStage(stage, `grace.${(staff += 1)}@insurer.example`), grace, scope);
}

/** A customer who may be asked, whose claim the adjuster works on. */
async function somebody(lastName: string) {
  const customer = await stage.customer({ lastName });
  const { customerId } = customer;
  const inHand = { customerId, clientId: adjusterId, kind: "claim" } as const;
  await stage.bench.as(stage.bench.server.admin.token).assignments.create(inHand);
  return customer;
}

const terms = (days: number) => ({
  form: "naic-670-claim",
  classes: ["identity" as const],
  purposes: ["claim-handling" as const],
  recipients: [{ type: "none" as const }],
  expiresAt: new Date(now() + days * DAY_MS).toISOString(),
});

async function lookBy(customerId: string): Promise<string | undefined> {
  const { fields } = await adjuster.disclose({
    customerId,
    purpose: "claim-handling",
    basis: "authorization",
    fields: ["person.last-name"],
    justification: "to settle the claim",
  });
  return fields[0]?.form;
}

async function signOnPaper(customerId: string, documentId: string, representationId?: string) {
  const signed = {
    documentId,
    signedAt: new Date(now() - DAY_MS).toISOString(),
    elements: ["plain-language", "disclosers", "copy"],
    ...(representationId === undefined ? {} : { representationId }),
  };
  return office.authorizations.record(customerId, { ...terms(3), signed });
}

async function renewOnPage(documentId: string, signer?: RegExp): Promise<void> {
  const { page } = grace;
  await page.getByRole("button", { name: "Renew", exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: "Signed once more" });
  if (signer !== undefined) await choose(page, "Signed by", signer);
  await dialog.getByLabel("Signed on").fill(day(-1));
  const byId = dialog.getByLabel("Number of the document's record");
  await byId.or(dialog.getByRole("combobox", { name: "The paper" })).waitFor();
  if ((await byId.count()) > 0) await byId.fill(documentId);
  else await choose(page, "The paper", new RegExp(documentId.slice(-8)));
  for (const statement of await dialog.getByRole("checkbox").all()) await statement.check();
  await dialog.getByLabel("Holds until").fill(day(90));
  await checkPage(grace, { heading: "Authorizations and choices", pictures: { folder, name: "renewal-form" } });
  await dialog.getByRole("button", { name: "Renew it" }).click();
  await dialog.waitFor({ state: "detached" });
}

test("a paper is renewed by staff before it runs out, and after: the old one covers nothing, the new one does", async () => {
  const { customerId, recordIds } = await somebody("Lindqvist");
  const documentId = recordIds.get("document")!;
  await signOnPaper(customerId, documentId);
  const { page } = grace;
  await page.goto(`${stage.site}/customers/${customerId}/permissions`);
  await renewOnPage(documentId);
  await page.getByText("Renewed", { exact: true }).waitFor();
  assert.equal(await lookBy(customerId), "clear");
  stage.pass(100 * DAY_MS);
  await signInGrace();
  assert.equal(await lookBy(customerId), "denied");
  await page.goto(`${stage.site}/customers/${customerId}/permissions`);
  await page.getByText("Run out", { exact: true }).waitFor();
  await checkPage(grace, { heading: "Authorizations and choices", pictures: { folder, name: "renewal-expired" } });
  await renewOnPage(documentId);
  await page.getByText("Given", { exact: true }).waitFor();
  assert.equal(await lookBy(customerId), "clear");
  assert.deepEqual(grace.complaints, []);
});

test("somebody who acts for the customer signs only once their authority was approved by a second person, and is named as the signer", async () => {
  const { customerId, recordIds, email } = await somebody("Solberg");
  const documentId = recordIds.get("document")!;
  const { customerId: representativeId } = await stage.customer({ lastName: "Attorney" });
  const { vault } = stage.bench.server.app.domains;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.link({ from: representativeId, to: customerId, kind: "representative", unitId: null }, actor);
  const acting = { representativeId, kind: "power-of-attorney", documentId } as const;
  const { representationId } = await office.representatives.request(customerId, acting);
  await assert.rejects(signOnPaper(customerId, documentId, representationId), { code: "unknown-representative" });
  await signOnPaper(customerId, documentId);
  const { page } = grace;
  await page.goto(`${stage.site}/customers/${customerId}/permissions`);
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  await page.getByRole("dialog").getByRole("combobox", { name: "Signed by" }).click();
  assert.equal(await page.getByRole("option").count(), 1, "authority that is not approved is not offered");
  await page.keyboard.press("Escape");
  await second.representatives.approve(customerId, representationId);
  await page.reload();
  await renewOnPage(documentId, /A representative: Power of attorney/);
  await page.getByText("A representative").first().waitFor();
  await checkPage(grace, { heading: "Authorizations and choices", pictures: { folder, name: "renewal-signer" } });
  await signInCustomer(stage, ada, email);
  await ada.page.goto(`${stage.site}/portal/permissions`);
  await ada.page.getByText("somebody who acts for you, with authority on file").waitFor();
  assert.deepEqual(grace.complaints, []);
});

test("the customer renews in the portal before and after it ran out, and withdraws with the proof of last use before them", async () => {
  const { customerId, email } = await somebody("Marlowe");
  const { authorizationId } = await office.authorizations.ask(customerId, terms(2));
  const { page } = ada;
  await signInCustomer(stage, ada, email);
  await page.goto(`${stage.site}/portal/permissions`);
  await page.getByRole("button", { name: "I allow this", exact: true }).click();
  await page.getByText("You allow this").waitFor();
  await renewOwn(3);
  await page.getByText("Replaced by a newer one").waitFor();
  stage.pass(4 * DAY_MS);
  await signInCustomer(stage, ada, email);
  await page.reload();
  await page.getByText("This has run out").waitFor();
  assert.equal(await lookBy(customerId), "denied");
  await renewOwn(60);
  await page.getByText("You allow this").waitFor();
  assert.equal(await lookBy(customerId), "clear");
  await page.reload();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("Withdrawn:").waitFor();
  await checkPage(ada, {
    heading: "Permissions and choices",
    secrets: [email, "Marlowe"],
    pictures: { folder, name: "renewal-own" },
  });
  const { items } = await office.authorizations.list(customerId);
  const [newest] = items;
  assert.equal(newest?.state, "withdrawn");
  assert.ok(newest.lastUse !== null && items.some((one) => one.authorizationId === authorizationId));
  await signInGrace();
  await grace.page.goto(`${stage.site}/customers/${customerId}/permissions`);
  await grace.page.getByText("Withdrawn", { exact: true }).first().waitFor();
  await grace.page.getByText(newest.lastUse.entryId.slice(-8)).first().waitFor();
  await checkPage(grace, { heading: "Authorizations and choices", pictures: { folder, name: "renewal-withdrawn" } });
  for (const visitor of [ada, grace]) assert.deepEqual(visitor.complaints, []);
});

async function renewOwn(days: number): Promise<void> {
  const { page } = ada;
  await page.getByRole("button", { name: "Renew it" }).click();
  await page.getByLabel("New end").fill(day(days));
  await checkPage(ada, { heading: "Permissions and choices", pictures: { folder, name: "renewal-portal" } });
  await page.getByRole("button", { name: "I allow this again" }).click();
  await page.getByRole("button", { name: "I allow this again" }).waitFor({ state: "detached" });
}
