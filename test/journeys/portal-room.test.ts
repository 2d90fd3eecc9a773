// Whoever was sent something: a room shows it once, after the code to the registered contact; a file is taken once.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openTestSharing, type TestSharing } from "../../src/packages/test-sharing.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { checkPage } from "./test-page-check.ts";

let sharing: TestSharing;
let browser: TestBrowser;
let reader: Visitor;
before(async () => {
  [sharing, browser] = await Promise.all([openTestSharing(), openTestBrowser()]);
});
beforeEach(async () => {
  reader = await browser.person();
});
afterEach(() => reader.context.close());
after(async () => {
  await browser.close();
  await sharing.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];

async function sent(recipientId: string, delivery: "key" | "room") {
  const { customerId } = await sharing.customer();
  const { link } = await sharing.vendor.packages.make({
    recipientId,
    delivery,
    purpose: "policy-servicing",
    wanted: [{ form: "clear", fields: ["person.first-name", "person.last-name"] }],
    customers: [{ customerId }],
  });
  return `${sharing.url}/portal/room${new URL(link ?? "").hash}`;
}

test("a room shows what was sent once, marked with who reads it, and leaves nothing behind", async () => {
  const { recipientId, contact } = await sharing.room();
  const { page } = reader;
  const link = await sent(recipientId, "room");
  await page.goto(link);
  await checkPage(reader, { heading: "A confidential room", pictures: { folder, name: "room-begin" } });
  assert.ok(!page.url().includes("#"), "the secret has left the address");
  await page.getByRole("button", { name: "Send the code" }).click();
  // The letter is on its way once the page asks for the code.
  await page.getByLabel("Code of eight digits").waitFor();
  await page.getByLabel("Code of eight digits").fill(await sharing.codeTo(contact));
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.getByText("Marlowe").waitFor();
  assert.ok((await page.locator("[data-clear]").getAttribute("style"))?.includes("background-image"));
  await checkPage(reader, {
    heading: "What was sent to you",
    secrets: ["Marlowe"],
    pictures: { folder, name: "room" },
  });
  assert.equal(await page.getByRole("button", { name: "Keep a copy" }).count(), 0);
  await page.goto("about:blank");
  await page.goto(link);
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByRole("alert").waitFor();
});

const PLACE = { entity: "acme", brand: "acme", line: "health" } as const;
const DAY_MS = 86_400_000;
const STATEMENTS = ["disclosers", "revocation", "conditions", "redisclosure", "plain-language", "copy", "not-compound"];

/** A request for medical records, in a room, on what the customer signed. */
async function requested(recipientId: string): Promise<string> {
  const [hired, admin] = [await sharing.system("claim-handling", "claims-adjuster"), sharing.as(sharing.adminToken)];
  const person = { "first-name": "Ada", "last-name": "Marlowe", "birth-date": "1970-01-02" };
  const made = await sharing.maker.customers.create({
    kind: "person",
    units: [
      { ...PLACE, kind: "relationship", records: [{ type: "person", fields: person }] },
      { ...PLACE, kind: "claim", records: [{ type: "claim", fields: { number: "C-72", "loss-date": "2026-01-02" } }] },
    ],
  });
  const { customerId, records, units } = made;
  await admin.assignments.create({ customerId, clientId: hired.principalId, kind: "claim" });
  const filing = { kind: "form", mediaType: "application/pdf" } as const;
  const { recordId: documentId } = await sharing.compliance.documents.file(customerId, filing, Buffer.from("signed"));
  await sharing.compliance.authorizations.record(customerId, {
    form: "hipaa-508",
    classes: ["identity", "claims-narrative"],
    purposes: ["claim-handling"],
    recipients: [{ type: "medical-provider", recipientId }],
    recordIds: records.map(({ recordId }) => recordId),
    narrowing: { bodyParts: ["left ankle"], servicesFrom: "2026-01-02", servicesTo: "2026-06-30" },
    expiresAt: new Date(Date.now() + 90 * DAY_MS).toISOString(),
    signed: { documentId, signedAt: new Date(Date.now() - DAY_MS).toISOString(), elements: STATEMENTS },
  });
  const { link } = await sharing.as(hired.token).flows.run("medical-record-request", {
    recipientId,
    customers: [{ customerId, workContext: { unitId: units[1]?.unitId ?? "" } }],
    justification: "records that the claim rests on",
    delivery: "room",
    mayDownload: true,
  });
  return `${sharing.url}/portal/room${new URL(link ?? "").hash}`;
}

test("a room whose reader may keep it gives a copy, and what the customer signed with the part of the body that it is about", async () => {
  const contact = "records@harbour-clinic.example";
  const { recipientId } = await sharing.recipient(null, {
    recipient: { name: "Harbour Clinic", type: "medical-provider", contact },
    contract: { kind: "business-associate", purposes: ["claim-handling"], fields: null },
  });
  const { page } = reader;
  await page.goto(await requested(recipientId));
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code of eight digits").waitFor();
  await page.getByLabel("Code of eight digits").fill(await sharing.codeTo(contact));
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.getByText("left ankle").waitFor();
  await checkPage(reader, {
    heading: "What was sent to you",
    secrets: ["Marlowe", "left ankle"],
    pictures: { folder, name: "room-enclosed" },
  });
  for (const [button, name] of [
    ["Save the signed paper", /^authorization-1\.pdf$/],
    ["Keep a copy", /^[0-9a-f-]{36}\.json$/],
  ] as const) {
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    assert.match((await saved).suggestedFilename(), name);
  }
});

test("a file for the recipient's key is taken once", async () => {
  const { recipientId } = await sharing.recipient();
  const { page } = reader;
  await page.goto(await sent(recipientId, "key"));
  await checkPage(reader, { heading: "A file for you", pictures: { folder, name: "pick-up" } });
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Take the file" }).click();
  assert.match((await saved).suggestedFilename(), /^[0-9a-f-]{36}\.json\.age$/);
  await page.getByText("The file was saved").waitFor();
});
