// Home, ledger, imports, schema and settings, as those use them who answer for the platform.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const SECRET = "Zyxwvu Quillfeather";

let stage: JourneyStage;
let browser: TestBrowser;
before(async () => {
  // One after the other: a browser would outlive a stage that could not be set.
  stage = await setJourneyStage();
  browser = await openTestBrowser();
});
after(async () => {
  await browser.close();
  await stage.close();
});

async function signedIn(changes: object, path: string): Promise<Visitor> {
  const visitor = await browser.person();
  await signInAs(stage, visitor, changes);
  await visitor.page.goto(`${stage.site}${path}`);
  return visitor;
}

const COMPLIANCE = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
const IT_ADMIN = { role: "it-admin", purposes: ["emergency"], rowScope: "none" };

test("home says what waits and what is in hand, and says so plainly where nothing is", async () => {
  const ada = await signedIn({}, "/home");
  await ada.page.getByText("Nothing waits for you.").waitFor();
  await checkPage(ada, { heading: /Welcome/, pictures: { folder, name: "home" } });
  await ada.context.close();
});

test("home says how the platform stands to whoever answers for it", async () => {
  const ada = await signedIn(COMPLIANCE, "/home");
  await ada.page.getByRole("heading", { name: "How the platform stands" }).waitFor();
  await ada.page.getByText("No erasure waits to become final").waitFor();
  await ada.page.getByText(/set up weakly/).waitFor();
  await checkPage(ada, { heading: /Welcome/, pictures: { folder, name: "home-compliance" } });
  await ada.context.close();
});

test("the ledger lists what happened, filtered by an address that can be kept; an entry has its receipt, and its detail opens for whoever may", async () => {
  const { page, ...ada } = await signedIn(COMPLIANCE, "/ledger");
  await page.getByRole("table", { name: "Ledger" }).getByText("Sign-in").first().waitFor();
  await checkPage({ page, ...ada }, { heading: "Ledger", pictures: { folder, name: "ledger" } });
  const [table] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  assert.equal(table.suggestedFilename(), "ledger.csv");
  await page.getByLabel("Kind", { exact: true }).first().click();
  await page.getByRole("option", { name: "Person or client" }).click();
  await page.waitForURL(/filter=.*principal/);
  await page.reload();
  await page.getByRole("table", { name: "Ledger" }).getByText("Person or client").first().waitFor();
  assert.equal(await page.getByRole("table", { name: "Ledger" }).getByText("Sign-in factor").count(), 0);
  await page.getByRole("table", { name: "Ledger" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "Entry of the ledger" }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the receipt" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^receipt-\d+\.txt$/);
  await page.getByRole("button", { name: "Check it here" }).click();
  await page.getByText("The receipt is good").waitFor();
  await page.getByRole("button", { name: "Open it" }).click();
  await page
    .getByRole("region", { name: "Sealed detail" })
    .getByText(/"kind"/)
    .waitFor();
  await checkPage({ page, ...ada }, { heading: "Entry of the ledger", pictures: { folder, name: "entry" } });
  await ada.context.close();
});

test("a file is looked at by its columns and forms, sent, counted; what is refused is listed by line and reason", async () => {
  const { page, ...ada } = await signedIn(IT_ADMIN, "/imports");
  await page.getByText("No file was imported yet.").waitFor();
  await page.getByRole("link", { name: "Import a file" }).click();
  const policies = [
    { policy_number: "P-1", customer_number: "C-1", surprise: SECRET },
    { policy_number: "P-2", customer_number: "C-2" },
  ].map((row) => `${JSON.stringify(row)}\n`);
  const buffer = Buffer.from(policies.join(""));
  await page.locator("input[type=file]").setInputFiles({ name: "policies.ndjson", mimeType: "text/plain", buffer });
  await page.getByRole("tab", { name: "With a mapping that stands" }).click();
  await page.getByLabel("Mapping", { exact: true }).first().fill("sample-policies");
  await page.getByRole("option", { name: /sample-policies/ }).click();
  await page.getByRole("table", { name: "Columns and what becomes of them" }).getByText("surprise").waitFor();
  assert.ok(!(await page.locator("body").innerText()).includes(SECRET), "values of the file are not shown");
  await checkPage(
    { page, ...ada },
    { heading: "Import a file", secrets: [SECRET], pictures: { folder, name: "new-import" } },
  );
  await page.getByRole("button", { name: "Import it" }).click();
  await page.getByRole("heading", { name: "Import", exact: true, level: 1 }).waitFor();
  await page.getByRole("table", { name: "Lines that were refused" }).waitFor();
  await checkPage({ page, ...ada }, { heading: "Import", secrets: [SECRET], pictures: { folder, name: "import-run" } });
  await ada.context.close();
});

test("pictures say the same as tables, for whoever would rather read", async () => {
  const { page, ...ada } = await signedIn(COMPLIANCE, "/pictures");
  await page.getByRole("figure", { name: "The log grows" }).locator("svg").first().waitFor();
  await page.getByRole("figure", { name: "Keys" }).waitFor();
  await checkPage({ page, ...ada }, { heading: "Pictures", pictures: { folder, name: "pictures" } });
  const growth = page.getByRole("figure", { name: "The log grows" });
  await growth.getByText("Table", { exact: true }).click();
  await growth.getByRole("columnheader", { name: "Entries" }).waitFor();
  await page.goto(`${stage.site}/pictures/viewers/${crypto.randomUUID()}`);
  await page.getByRole("heading", { name: "Who saw this file" }).waitFor();
  assert.deepEqual(ada.complaints, []);
  await ada.context.close();
});

test("schema, leakage and settings are there for everybody", async () => {
  const { page, ...ada } = await signedIn(COMPLIANCE, "/schema");
  await page.getByRole("table", { name: "Fields" }).waitFor();
  await checkPage({ page, ...ada }, { heading: "What can be held", pictures: { folder, name: "schema" } });
  await page.getByRole("tab", { name: "What indexes give away" }).click();
  await page.getByRole("table", { name: "What indexes give away" }).waitFor();
  await checkPage({ page, ...ada }, { heading: "What can be held", pictures: { folder, name: "leakage" } });
  await page.goto(`${stage.site}/settings`);
  await checkPage({ page, ...ada }, { heading: "Settings", pictures: { folder, name: "settings" } });
  await ada.context.close();
});
