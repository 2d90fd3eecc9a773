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
