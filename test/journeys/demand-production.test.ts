// What a legal demand names, produced on the pages and told when a lawful delay is over: less than it names, by somebody who did not approve, through the gate; then in the portal.
// At full length: beside demands.test.ts; the server side in src/demands/production.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { COURT_ORDER } from "../../src/demands/test-court-order.ts";

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
let grace: Visitor;
let emmy: Visitor;
let emmyId = "";
let clerk: Client;
let approvers: readonly Client[];
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [ada, grace, emmy] = await Promise.all([browser.person(), browser.person(), browser.person()]);
  const produces = { name: "Emmy Noether", role: "litigation", purposes: ["litigation"] };
  ({ staffId: emmyId } = await signInAs(staffStage(stage, "emmy@insurer.example"), emmy, produces));
  await signInGrace("grace@insurer.example");
  clerk = await hire("litigation", "litigation");
  approvers = [await hire("compliance", "complaint"), await hire("compliance", "complaint")];
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const DAY_MS = 86_400_000;
const LAST_NAME = "Quillfeather";
const now = (): number => stage.bench.server.app.domains.clock.now().getTime();

async function hire(role: "litigation" | "compliance", purpose: "litigation" | "complaint"): Promise<Client> {
  const rows = role === "compliance" ? ({ rowScope: "everything-masked" } as const) : {};
  const { token } = await stage.bench.server.createClient({ role, purposes: [purpose], ...rows });
  return stage.bench.as(token);
}

async function signInGrace(email: string): Promise<void> {
  const scope = { name: "Grace Hopper", role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(staffStage(stage, email), grace, scope);
}

/** By one, approved by another. */
async function registerCourt(): Promise<string> {
  const [one, other] = approvers;
  const { recipientId } = await one!.recipients.request({
    name: "Supreme Court, Kings County",
    type: "court",
    jurisdiction: "US-NY",
    verification: "Called back on the number of its own site",
    contact: "clerk@court.example",
  });
  await other!.recipients.approve(recipientId);
  return recipientId;
}

/** A court order that names two kinds of information; checked, and told to nobody before the day. */
async function takeIn(customerId: string, documentId: string): Promise<string> {
  const { demandId } = await clerk.demands.takeIn({
    ...COURT_ORDER,
    reference: "2026-771",
    recipient: { type: "court", recipientId: await registerCourt() },
    receivedAt: new Date(now() - DAY_MS).toISOString(),
    document: { customerId, recordId: documentId },
    named: [{ customerId, classes: ["identity", "contact"] }],
  });
  for (const { id, mayNotApply } of (await clerk.demands.read(demandId)).checks)
    await clerk.demands.check(demandId, { id, answer: mayNotApply ? "not-applicable" : "met" });
  const untilAt = new Date(now() + 30 * DAY_MS).toISOString();
  await clerk.demands.notice(demandId, { mode: "delayed", ground: "court-order-not-to-tell", untilAt });
  return demandId;
}

test("a demand is narrowed, and produced on the pages by somebody who did not approve it: what it names, and nothing else", async () => {
  const { customerId, email, recordIds } = await stage.customer({ lastName: LAST_NAME });
  await stage.bench
    .as(stage.bench.server.admin.token)
    .assignments.create({ customerId, clientId: emmyId, kind: "matter" });
  const demandId = await takeIn(customerId, recordIds.get("document")!);
  const { page } = grace;
  await page.goto(`${stage.site}/demands/${demandId}`);
  await page.getByRole("button", { name: "Narrow what is produced" }).click();
  const narrow = page.getByRole("dialog", { name: "What is produced" });
  // What is named stands chosen; a second choice takes it away.
  await choose(page, "Kinds of information", "Contact");
  await narrow.getByRole("button", { name: "Produce this alone" }).click();
  await narrow.waitFor({ state: "detached" });
  const [first, second] = approvers;
  await first!.demands.review(demandId).catch(() => {});
  await first!.demands.approve(demandId);
  await second!.demands.approve(demandId);

  const asking = emmy.page;
  await asking.goto(`${stage.site}/demands/${demandId}`);
  await checkPage(emmy, { heading: "A legal demand", secrets: [LAST_NAME], pictures: { folder, name: "produce" } });
  await asking.getByRole("link", { name: /^Ask for what it names/ }).click();
  const basis = asking
    .locator(".mantine-Radio-root")
    .filter({ hasText: "A court or authority demands it" })
    .getByRole("radio")
    .first();
  await basis.waitFor();
  assert.equal(await basis.isChecked(), true, "whoever comes from the demand asks on it");
  await asking.getByRole("button", { name: /^Identity/ }).click();
  await asking.getByRole("checkbox", { name: "Last name", exact: true }).check();
  await asking.getByText("All of it would be shown in clear.").waitFor();
  await asking.getByLabel("Why it is needed").fill("named by the court's order");
  await asking.getByRole("button", { name: /^Show/ }).click();
  await asking.getByRole("region", { name: "Answer" }).getByText(LAST_NAME).first().waitFor();
  await checkPage(emmy, { heading: "Ask to see more", pictures: { folder, name: "produce-shown" } });
  await asking.goto(`${stage.site}/demands/${demandId}`);
  await asking.getByRole("link", { name: /^Send what it names/ }).click();
  await asking.getByRole("combobox", { name: "Recipient" }).waitFor();
  await asking.getByText("Codes for rooms go to clerk@court.example").waitFor();
  const chosen = (name: string) => asking.getByRole("combobox", { name, exact: true }).inputValue();
  assert.deepEqual([await chosen("Ground"), await chosen("Purpose")], ["Legal demand", "Litigation"]);
  await checkPage(emmy, { heading: "Send something", pictures: { folder, name: "produce-send" } });
  const contact = { customerId, purpose: "litigation", basis: "legal-demand", fields: ["contact.email"] } as const;
  const other = await emmy.context.request.post(`${stage.site}/v1/disclosures`, {
    data: { ...contact, justification: "not named any more" },
    headers: { "x-uberrima-request": "1", origin: stage.site },
  });
  assert.ok(!(await other.text()).includes(email), "what was narrowed away is not produced");

  await page.reload();
  await page
    .getByText(/not on the customer's lists/)
    .first()
    .waitFor();
  await checkPage(grace, { heading: "A legal demand", secrets: [LAST_NAME], pictures: { folder, name: "produced" } });
  await signInCustomer(stage, ada, email);
  await ada.page.goto(`${stage.site}/portal/who-looked`);
  await ada.page.getByRole("heading", { name: "Who has looked at it", level: 1 }).waitFor();
  await ada.page.waitForLoadState("networkidle");
  assert.equal(await lines().count(), 0, "while it is delayed it stands on none of their lists");

  stage.pass(31 * DAY_MS);
  await stage.bench.server.app.domains.demands.look(AbortSignal.timeout(60_000));
  await signInCustomer(stage, ada, email);
  await ada.page.reload();
  await lines().first().waitFor();
  await checkPage(ada, {
    heading: "Who has looked at it",
    secrets: [email],
    pictures: { folder, name: "produced-told" },
  });
  await signInGrace("grace.again@insurer.example");
  await page.goto(`${stage.site}/demands/${demandId}`);
  await page.getByText(/^The delay is over/).waitFor();
  await page.getByRole("button", { name: "Tell them now" }).click();
  await page.getByText("The customers were told").waitFor();
  await stage.bench.deliver();
  assert.ok(stage.bench.smtp.letters.some(({ to }) => JSON.stringify(to).includes(email)));
  await page.reload();
  await page.getByText(/told, by mail/).waitFor();
  for (const each of [ada, grace, emmy]) assert.deepEqual(each.complaints, []);
});

const lines = () => ada.page.getByRole("button", { name: /for a dispute at court/ });
