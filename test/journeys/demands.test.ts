// The register of legal demands on the pages: checks are answered, the notice settled, and two others approve; whoever took it in is offered nothing of it.
// At full length: the server side in src/demands/, the command line in cli/demand.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../../sdk/client.ts";
import { sealedPaper } from "../../src/documents/test-paper.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose as chooseIn } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";
import { COURT_ORDER } from "../../src/demands/test-court-order.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let grace: Visitor;
let lise: Visitor;
let otto: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  [grace, lise, otto] = [await browser.person(), await browser.person(), await browser.person()];
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, grace, { name: "Grace Hopper", ...scope });
  await signInAs(stage, lise, { name: "Lise Meitner", role: "dpo", purposes: ["complaint"] });
  await signInAs(stage, otto, { name: "Emmy Noether", role: "litigation", purposes: ["litigation"] });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const PLACE = { entity: "acme", brand: "acme", line: "life" } as const;

async function client(role: "underwriter" | "litigation", purpose: "underwriting" | "litigation") {
  const { token, principalId } = await stage.server.createClient({ role, purposes: [purpose] });
  return { ...connect({ url: stage.server.url, token }), principalId };
}

/** Somebody of whom a scan is on file. */
async function subject(): Promise<{ readonly customerId: string; readonly documentId: string }> {
  const maker = await client("underwriter", "underwriting");
  const records = [{ type: "person", fields: { "last-name": "Quillfeather" } }];
  const made = await maker.customers.create({ kind: "person", units: [{ kind: "relationship", ...PLACE, records }] });
  return {
    customerId: made.customerId,
    documentId: await sealedPaper(stage.server.app.domains.documents, made.customerId),
  };
}

/** Taken in by a clerk of the legal department. */
async function takeIn(): Promise<string> {
  const { customerId, documentId } = await subject();
  const clerk = await client("litigation", "litigation");
  const { demandId } = await clerk.demands.takeIn({
    ...COURT_ORDER,
    document: { customerId, recordId: documentId },
    named: [{ customerId, classes: ["identity", "contact"] }],
  });
  return demandId;
}

test("a demand is checked and approved by two others on the pages", async () => {
  const demandId = await takeIn();
  const { page } = grace;
  await page.goto(`${stage.site}/demands`);
  await page.getByRole("link", { name: "2026-114" }).waitFor();
  await checkPage(grace, { heading: "Legal demands", pictures: { folder, name: "demands" } });
  await page.getByRole("link", { name: "2026-114" }).click();
  await page.getByRole("heading", { name: "A legal demand", level: 1 }).waitFor();
  await page.getByText("Court order, 2026-114").waitFor();
  for (let at = 0; at < 6; at += 1) {
    await page.locator("label").filter({ hasText: /^Met$/ }).nth(at).click();
    await page.getByRole("radio", { name: "Met", checked: true }).nth(at).waitFor({ state: "attached" });
  }
  await page.getByRole("combobox", { name: "Customers are told" }).click();
  await page.getByRole("option", { name: "Afterwards" }).click();
  await page.getByRole("button", { name: "Tell them now" }).waitFor();
  await checkPage(grace, { heading: "A legal demand", pictures: { folder, name: "demand" } });
  await page.getByRole("button", { name: "Tell nobody, on a ground" }).click();
  await chooseIn(page, "Ground", /^The party that asks/);
  await checkPage(grace, { heading: "A legal demand", pictures: { folder, name: "demand-untold" } });
  await page.getByRole("button", { name: "Tell nobody", exact: true }).click();
  await page.getByText("Nobody is told by us.").waitFor();
  await page.getByRole("combobox", { name: "Customers are told" }).click();
  await page.getByRole("option", { name: "Afterwards" }).click();
  // Nothing of them is on file to write to.
  await page.getByRole("button", { name: "Tell them now" }).click();
  await page.getByText("Neither a mail address nor a postal one").waitFor();
  await checkPage(grace, { heading: "A legal demand", pictures: { folder, name: "demand-not-reached" } });
  await page.getByRole("button", { name: "Note how they were told" }).click();
  await page.getByLabel("What proves it").fill("served in person, file 12");
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByText("served in person, file 12").waitFor();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("You approved it; somebody else has to as well.").waitFor();
  await lise.page.goto(`${stage.site}/demands/${demandId}`);
  await lise.page.getByRole("button", { name: "Approve" }).click();
  await lise.page.getByRole("button", { name: "Close: produced" }).waitFor();
  await checkPage(lise, { heading: "A legal demand", pictures: { folder, name: "demand-approved" } });
  assert.deepEqual(grace.complaints, []);
  assert.deepEqual(lise.complaints, []);
});

/** Met, however many there are. */
async function meetChecks({ page }: Visitor, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    await page.locator("label").filter({ hasText: /^Met$/ }).nth(at).click();
    await page.getByRole("radio", { name: "Met", checked: true }).nth(at).waitFor({ state: "attached" });
  }
}

test("a subpoena is taken in on the page, told later until a day, narrowed, approved by two others, produced and listed; an objection stops it", async () => {
  const { customerId, documentId } = await subject();
  const producer = await client("litigation", "litigation");
  const { status } = await stage.ask("POST", "/v1/assignments", {
    customerId,
    clientId: producer.principalId,
    kind: "matter",
  });
  assert.equal(status, 201);
  const { page } = grace;
  await page.goto(`${stage.site}/demands`);
  await page.getByRole("button", { name: "Take one in" }).click();
  const form = page.getByRole("dialog", { name: "Take in a legal demand" });
  await chooseIn(page, "Kind of process", "Subpoena without an order");
  await form.getByText("This kind never reaches").waitFor();
  await form.getByLabel("Issued by").fill("District Court, Albany");
  await form.getByLabel("Docket or file number").fill("2026-501");
  await form.getByLabel("Jurisdiction").fill("US-NY");
  await chooseIn(page, "To be given to", "Court");
  await form.getByLabel("Received on").fill("2026-01-05");
  await form.getByLabel("Customers that it names, by id").fill(customerId);
  await chooseIn(page, "Kinds of information that it names", "Identity", "Contact");
  await form.getByLabel("Period from").fill("2025-01-01");
  const byId = form.getByLabel("Number of the document's record");
  await byId.or(form.getByRole("combobox", { name: "The paper" })).waitFor();
  if ((await byId.count()) > 0) await byId.fill(documentId);
  else await chooseIn(page, "The paper", new RegExp(documentId.slice(-8)));
  await checkPage(grace, { heading: "Legal demands", pictures: { folder, name: "demand-intake" } });
  await form.getByRole("button", { name: "Take it in" }).click();
  await page.getByText("Subpoena without an order, 2026-501").waitFor();
  await meetChecks(grace, 5);
  await page.getByRole("button", { name: "Tell them later" }).click();
  const later = page.getByRole("dialog", { name: "Tell the customers later" });
  await chooseIn(page, "Ground", /^A court ordered/);
  const day = new Date(stage.now().getTime() + 40 * 86_400_000).toISOString().slice(0, 10);
  await later.getByLabel("Until").fill(day);
  await later.getByRole("button", { name: "Tell them later" }).click();
  await page.getByText("The customers are not told until").waitFor();
  await page.getByRole("button", { name: "Narrow what is produced" }).click();
  const narrow = page.getByRole("dialog", { name: "What is produced" });
  await chooseIn(page, "Kinds of information", "Contact");
  await narrow.getByText(/^It names a period \(2025-01-01/).waitFor();
  await chooseIn(page, "Records", /^Person/);
  await checkPage(grace, { heading: "A legal demand", pictures: { folder, name: "demand-narrow" } });
  await narrow.getByRole("button", { name: "Produce this alone" }).click();
  await narrow.waitFor({ state: "detached" });

  const at = page.url();
  for (const other of [lise, otto]) {
    await other.page.goto(at);
    await other.page.getByRole("button", { name: "Approve" }).click();
    await other.page
      .getByText(/You approved it/)
      .first()
      .waitFor();
  }
  const ask = () =>
    producer.disclose({
      customerId,
      purpose: "litigation",
      basis: "legal-demand",
      fields: ["person.last-name"],
      justification: "named by the subpoena",
    });
  const { disclosureId, fields } = await ask();
  assert.equal(fields[0]?.form, "clear");
  await page.reload();
  await page.getByText(/not on the customer's lists/).waitFor();
  await page.getByText(disclosureId.slice(-8)).first().waitFor();
  await checkPage(grace, { heading: "A legal demand", pictures: { folder, name: "demand-produced" } });
  await page.getByRole("button", { name: "End the delay now" }).click();
  await page.getByRole("button", { name: "Object", exact: true }).click();
  await page.getByText("Production stops at once.").waitFor();
  await chooseIn(page, "Ground", "It asks for too much");
  await page.getByRole("button", { name: "Object and stop production" }).click();
  await page.getByText(/not settled: nothing is produced/).waitFor();
  assert.equal((await ask()).fields[0]?.form, "denied");
  for (const each of [grace, lise, otto]) assert.deepEqual(each.complaints, []);
});
