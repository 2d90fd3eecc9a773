// The register of legal demands on the pages: checks are answered, the notice settled, and two others approve; whoever took it in is offered nothing of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../../sdk/client.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let grace: Visitor;
let lise: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  [grace, lise] = [await browser.person(), await browser.person()];
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, grace, { name: "Grace Hopper", ...scope });
  await signInAs(stage, lise, { name: "Lise Meitner", role: "dpo", purposes: ["complaint"] });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const PLACE = { entity: "acme", brand: "acme", line: "life" } as const;

/** Taken in by a clerk of the legal department. */
async function takeIn(): Promise<string> {
  const { server } = stage;
  const client = async (role: "underwriter" | "litigation", purpose: "underwriting" | "litigation") =>
    connect({ url: server.url, token: (await server.createClient({ role, purposes: [purpose] })).token });
  const maker = await client("underwriter", "underwriting");
  const records = [{ type: "document", fields: { title: "a scanned order" } }];
  const made = await maker.customers.create({ kind: "person", units: [{ kind: "relationship", ...PLACE, records }] });
  const { customerId } = made;
  const clerk = await client("litigation", "litigation");
  const { demandId } = await clerk.demands.takeIn({
    kind: "court-order",
    issuer: "Supreme Court, Kings County",
    reference: "2026-114",
    jurisdiction: "US-NY",
    recipient: { type: "court" },
    receivedAt: "2026-01-05T09:00:00Z",
    document: { customerId, recordId: made.records[0]!.recordId },
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
  for (let at = 0; at < 5; at += 1) {
    await page.locator("label").filter({ hasText: /^Met$/ }).nth(at).click();
    await page.getByRole("radio", { name: "Met", checked: true }).nth(at).waitFor({ state: "attached" });
  }
  await page.getByRole("combobox", { name: "Customers are told" }).click();
  await page.getByRole("option", { name: "Afterwards" }).click();
  await page.getByRole("button", { name: "Tell them now" }).waitFor();
  await checkPage(grace, { heading: "A legal demand", pictures: { folder, name: "demand" } });
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("You approved it; somebody else has to as well.").waitFor();
  await lise.page.goto(`${stage.site}/demands/${demandId}`);
  await lise.page.getByRole("button", { name: "Approve" }).click();
  await lise.page.getByRole("button", { name: "Close: produced" }).waitFor();
  await checkPage(lise, { heading: "A legal demand", pictures: { folder, name: "demand-approved" } });
  assert.deepEqual(grace.complaints, []);
  assert.deepEqual(lise.complaints, []);
});
