// What must be kept and what may go: a hold, the erasure it forbids, its release by two, the certificate; and a customer's copy of their data.
// At full length: the server side in src/retention/, src/packages/ and src/accounting/.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { asId } from "../../src/kernel/ids.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInStrongly, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
const DPO = { role: "dpo", purposes: ["data-subject-request"] } as const;
let officer: Visitor;
let officerId: string;
let lawyer: Visitor;
let overseer: Visitor;
let ada: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [officer, lawyer, overseer, ada] = (await Promise.all(
    ["officer", "lawyer", "overseer", "customer"].map(() => browser.person()),
  )) as [Visitor, Visitor, Visitor, Visitor];
  const dpo = { role: "dpo", purposes: ["data-subject-request"], rowScope: "assignments" };
  officerId = (await signInAs(staffStage(stage, "lise@insurer.example"), officer, dpo)).staffId;
  const counsel = { role: "litigation", purposes: ["litigation"], rowScope: "assignments" };
  await signInAs(staffStage(stage, "emmy@insurer.example"), lawyer, counsel);
  const compliance = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(staffStage(stage, "grace@insurer.example"), overseer, compliance);
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const MATTER = "L-2026-14";

/** Nothing but a hold stands against erasing them. */
async function somebody(): Promise<string> {
  const place = { entity: "acme", brand: "acme", line: "auto" } as const;
  const fields = { "first-name": "Ada", "last-name": "Lindqvist" };
  const { customerId } = await stage.bench.maker.customers.create({
    kind: "person",
    units: [{ kind: "relationship", ...place, records: [{ type: "person", fields }] }],
  });
  return customerId;
}

/** As for a request under the customer's rights. */
async function assignToOfficer(customerId: string): Promise<void> {
  const { server, as } = stage.bench;
  await as(server.admin.token).assignments.create({ customerId, clientId: officerId, kind: "case" });
}

async function openErasing(customerId: string): Promise<void> {
  await officer.page.goto(`${stage.site}/customers/${customerId}`);
  await officer.page.getByRole("button", { name: "Erase", exact: true }).click();
}

test("what is under a hold is not erased, and the officer reads why; two people release it, and the erasure is certified", async () => {
  const customerId = await somebody();
  await assignToOfficer(customerId);
  const { page: hers } = lawyer;
  await hers.goto(`${stage.site}/retention`);
  await hers.getByText("Nothing is under a legal hold").waitFor();
  await hers.getByRole("button", { name: "Place a hold" }).click();
  await hers.getByLabel("Matter", { exact: true }).fill(MATTER);
  await choose(hers, "Ground", "Lawsuit expected");
  await hers.getByLabel("Why").fill("a demand letter came");
  await hers.getByLabel("Customers").fill(customerId);
  await checkPage(lawyer, { heading: "Retention and holds", pictures: { folder, name: "hold-place" } });
  await hers.getByRole("button", { name: "Place the hold" }).click();
  const row = hers.getByRole("row").filter({ hasText: MATTER });
  await row.getByText("In force").waitFor();
  await checkPage(lawyer, { heading: "Retention and holds", pictures: { folder, name: "holds" } });

  await openErasing(customerId);
  const dialog = officer.page.getByRole("dialog");
  await dialog.getByText("Legal hold").waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Erase the customer" }).count(), 0);
  await checkPage(officer, { heading: "Customer", pictures: { folder, name: "erase-refused" } });

  await row.getByRole("button", { name: "Ask for release" }).click();
  await hers.getByLabel("Why it is no longer needed").fill("settled");
  await hers.getByRole("dialog").getByRole("button", { name: "Ask for release" }).click();
  await row.getByText("Waits for another person").waitFor();
  assert.equal(await row.getByRole("button", { name: "Decide" }).count(), 0);
  const { page: other } = overseer;
  await other.goto(`${stage.site}/retention`);
  await other.getByRole("button", { name: "Decide" }).click();
  await other.getByRole("dialog").getByText("settled").waitFor();
  await checkPage(overseer, { heading: "Retention and holds", pictures: { folder, name: "hold-decide" } });
  await other.getByRole("button", { name: "Release it" }).click();
  await other.getByRole("row").filter({ hasText: MATTER }).getByText("Released").waitFor();

  await openErasing(customerId);
  await dialog.getByText("Nothing forbids it").waitFor();
  await dialog.getByLabel("Why").fill("request 14");
  await checkPage(officer, { heading: "Customer", pictures: { folder, name: "erase-free" } });
  await dialog.getByRole("button", { name: "Erase the customer" }).click();
  await dialog.getByRole("heading", { name: "Certificate of erasure" }).waitFor();
  assert.equal(await officer.page.getByText("L••••").count(), 0, "no mask of what was erased stays on the page");
  await checkPage(officer, { heading: "Customer", pictures: { folder, name: "erase-done" } });
  const saved = officer.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Certificate (PDF)" }).click();
  assert.match((await saved).suggestedFilename(), /^erasure-[0-9a-f-]{36}\.pdf$/);
});

test("nothing is offered about somebody whom there is not, or whose file is in other hands", async () => {
  const { page } = officer;
  const { customerId } = await stage.customer();
  for (const id of [randomUUID(), customerId]) {
    await page.goto(`${stage.site}/customers/${id}`);
    await page.getByRole("alert").filter({ hasText: "No such customer" }).waitFor();
    for (const name of ["Erase", "Copy of all data", "Flags", "Who saw this file"])
      assert.equal(await page.getByRole("button", { name, exact: true }).count(), 0, name);
  }
});

test("a customer asks for a copy, the officer makes it without seeing the file, and the customer saves it", async () => {
  const { server, as } = stage.bench;
  const { customerId } = await stage.customer({ lastName: "Quokka" });
  await signInStrongly(stage, ada, asId(customerId));
  const { page } = ada;
  await page.goto(`${stage.site}/portal/copies`);
  await page.getByRole("link", { name: "Ask for one" }).click();
  await page.getByRole("heading", { name: "Your rights", level: 1 }).waitFor();
  await choose(page, "What do you want?", /See what/);
  await choose(page, "Country where you live", "Germany");
  await page.getByRole("button", { name: "Send it" }).click();
  await page.getByRole("heading", { name: "Your request", level: 1 }).waitFor();

  await officer.page.goto(`${stage.site}/rights`);
  await officer.page.getByRole("link", { name: "See what is held" }).click();
  await officer.page.getByRole("link", { name: "Their page" }).click();
  await officer.page.getByText("This file is not in your hands").waitFor();
  assert.equal(await officer.page.getByText("Q••••").count(), 0);
  await checkPage(officer, { heading: "Customer", secrets: ["Quokka"], pictures: { folder, name: "beyond-reach" } });
  await officer.page.getByRole("button", { name: "Copy of all data" }).click();
  await officer.page.getByRole("dialog").getByText("Everything the customer may see").waitFor();
  await checkPage(officer, { heading: "Customer", pictures: { folder, name: "copy-make" } });
  await officer.page.getByRole("button", { name: "Make it" }).click();
  await officer.page.getByText("It is made.").waitFor();
  await officer.page.getByText("Not fetched yet.").waitFor();
  await checkPage(officer, { heading: "Customer", pictures: { folder, name: "copy-made" } });
  await officer.page.getByText("somebody else sends it on paper").waitFor();
  assert.equal(await officer.page.getByRole("button", { name: "Archive with papers (ZIP)" }).count(), 0);
  // Made by somebody else, it is for this officer to send.
  const maker = as((await server.createClient(DPO)).token);
  await maker.dataCopies.make(customerId);
  await officer.page.reload();
  await officer.page.getByRole("button", { name: "Copy of all data" }).click();
  const sent = officer.page.waitForEvent("download");
  await officer.page.getByRole("button", { name: "Archive with papers (ZIP)" }).click();
  assert.match((await sent).suggestedFilename(), /^information-\d{4}-\d\d-\d\d\.zip$/);
  await officer.page.getByText("Fetched once.").waitFor();

  await page.goto(`${stage.site}/portal/copies`);
  await page
    .getByRole("heading", { name: /^Made on/ })
    .first()
    .waitFor();
  assert.equal(await page.getByText("sign in with a passkey").count(), 0, "told to whoever did so already");
  await checkPage(ada, { heading: "Copies to download", secrets: ["Quokka"], pictures: { folder, name: "copies" } });
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "To read (PDF)" }).first().click();
  assert.match((await saved).suggestedFilename(), /^information-\d{4}-\d\d-\d\d\.pdf$/);
  const archive = page.waitForEvent("download");
  await page
    .getByRole("button", { name: /^Everything/ })
    .first()
    .click();
  assert.match((await archive).suggestedFilename(), /^information-\d{4}-\d\d-\d\d\.zip$/);
  assert.deepEqual(ada.complaints, []);
});

test("the officer saves a customer's list of disclosures, by a law and in the customer's language, to send it on paper", async () => {
  const { customerId } = await stage.customer({ lastName: "Quokka" });
  await assignToOfficer(customerId);
  const { page } = officer;
  await page.goto(`${stage.site}/customers/${customerId}`);
  await page.getByRole("button", { name: "List of disclosures" }).click();
  await choose(page, "By which law", "NAIC Model 670: persons it was given to");
  await choose(page, "Language", "Deutsch");
  await checkPage(officer, { heading: "Customer", pictures: { folder, name: "accounting-paper" } });
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save it" }).click();
  assert.match((await saved).suggestedFilename(), /^accounting-naic-670-\d{4}-\d\d-\d\d\.pdf$/);
});

test("what touches an investigation waits for somebody else than its maker, who withholds it", async () => {
  const { server, as } = stage.bench;
  const handler = as((await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] })).token);
  const place = { entity: "acme", brand: "acme", line: "auto" } as const;
  const suspicion = { type: "investigation", fields: { "fraud-referral": "open" } };
  const { customerId } = await handler.customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...place, records: [{ type: "person", fields: { "last-name": "Lindqvist" } }] },
      { kind: "claim", ...place, records: [suspicion] },
    ],
  });
  await assignToOfficer(customerId);
  await officer.page.goto(`${stage.site}/customers/${customerId}`);
  await officer.page.getByRole("button", { name: "Copy of all data" }).click();
  await officer.page.getByRole("button", { name: "Make it" }).click();
  await officer.page.getByText("Part of it waits for a second person").waitFor();
  await officer.page.goto(`${stage.site}/retention`);
  await officer.page.getByText("You made this one").waitFor();
  assert.equal(await officer.page.getByRole("button", { name: "Withhold" }).count(), 0);
  const { page } = overseer;
  await page.goto(`${stage.site}/retention`);
  await page.getByText("1 record about an investigation").waitFor();
  await choose(page, "Withhold by", /Nobody may be warned/);
  await checkPage(overseer, { heading: "Retention and holds", pictures: { folder, name: "copy-review" } });
  await page.getByRole("button", { name: "Withhold" }).click();
  await page.getByText("No copy waits for a review").waitFor();
});

test("what may name other people is read by another officer, who strikes them out, and goes out without them", async () => {
  const { server, as } = stage.bench;
  const hired = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const place = { entity: "acme", brand: "acme", line: "auto" } as const;
  const narrative = "Hail broke the roof. Wilhelmina Witness saw it, and the child of the neighbour as well.";
  const claim = { type: "claim", fields: { number: "CL-9", narrative, "witness-name": "Wilhelmina Witness" } };
  const { customerId, units } = await as(hired.token).customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...place, records: [{ type: "person", fields: { "last-name": "Lindqvist" } }] },
      { kind: "claim", ...place, records: [claim] },
    ],
  });
  await assignToOfficer(customerId);
  const unitId = units[1]?.unitId ?? "";
  await as(server.admin.token).assignments.create({ customerId, clientId: hired.principalId, kind: "claim", unitId });
  const filing = { unitId, kind: "statement", mediaType: "text/plain" } as const;
  await as(hired.token).documents.file(customerId, filing, Buffer.from("statement of Wilhelmina Witness"));
  const [maker, sender] = [await server.createClient(DPO), await server.createClient(DPO)];
  const { copyId } = await as(maker.token).dataCopies.make(customerId);

  const { page } = officer;
  await page.goto(`${stage.site}/retention`);
  await page.getByText("2 records may name other people").waitFor();
  await page.getByRole("button", { name: "Look through them" }).click();
  await page.getByRole("button", { name: "Read it" }).first().click();
  const text = page.getByLabel("Narrative", { exact: true });
  await text.waitFor();
  await text.focus();
  const child = "the child of the neighbour";
  await page.keyboard.press("Control+Home");
  for (let at = 0; at < narrative.indexOf(child); at += 1) await page.keyboard.press("ArrowRight");
  for (let at = 0; at < child.length; at += 1) await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("button", { name: "Strike out the selection" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Hail broke the roof. [...] saw it, and [...] as well.").waitFor();
  const secrets = ["Wilhelmina"];
  await checkPage(officer, { heading: "Retention and holds", pictures: { folder, name: "copy-others" } });
  await page.getByRole("button", { name: "Release without these 2" }).click();
  await page.getByText("1 record may name other people").waitFor();
  await page.getByRole("button", { name: "Read it" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the paper" }).click();
  assert.match((await saved).suggestedFilename(), /\.txt$/);
  await checkPage(officer, { heading: "Retention and holds", secrets, pictures: { folder, name: "copy-paper" } });
  const redacted = { name: "redacted.txt", mimeType: "text/plain", buffer: Buffer.from("statement of [...]") };
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "A copy with other people struck out" }).click();
  await (await chooser).setFiles(redacted);
  await page.getByText("No copy waits for a review").waitFor();
  const given = await (await as(sender.token).dataCopies.fetch({ customerId, copyId }, "json")).text();
  assert.ok(given.includes("Hail broke the roof") && !given.includes("Wilhelmina") && !given.includes("child"));
});
