// Importing as people do it: a file mapped in the browser, the mapping approved by another, the file by somebody who has the same one; then totals and what was refused.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const SECRET = "Quillfeather";

let stage: JourneyStage;
let browser: TestBrowser;
let importer: Visitor;
let officer: Visitor;
before(async () => {
  // One after the other: a browser would outlive a stage that could not be set.
  stage = await setJourneyStage();
  browser = await openTestBrowser();
  importer = await signedIn({ role: "it-admin", purposes: ["emergency"], rowScope: "none" });
  officer = await signedIn({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" });
});
after(async () => {
  await browser.close();
  await stage.close();
});

async function signedIn(changes: object): Promise<Visitor> {
  const visitor = await browser.person();
  await signInAs(stage, visitor, changes);
  return visitor;
}

/** What somebody chose, or what was suggested to them. */
const chosen = (page: Page, name: string): Promise<string> => comboboxOf(page, name).inputValue();
const comboboxOf = (page: Page, name: string): Locator => page.getByRole("combobox", { name, exact: true });

const csv = (...rows: readonly string[]): Buffer =>
  Buffer.from(`${["Client no;First;Last;Born;Gender;Street;City;Phone;Shoe size", ...rows].join("\n")}\n`);
const BOOK = csv(
  `1;Rosalind;${SECRET};09/03/1971;F;7 Lantern Row;Salem;+1 212 555 1234;38`,
  "2;Bo;Diaz;31/12/1990;M;2 High St;Salem;+1 212 555 1235;44",
  "3;Cy;;01/02/1991;X;3 High St;Salem;;40",
);

async function drop(page: Page, buffer: Buffer, name = "book.csv"): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });
}

test("a file is mapped by its columns, which are suggested by name; its first rows show what would be stored and refused; values stay in the page", async () => {
  const { page } = importer;
  await page.goto(`${stage.site}/imports/new`);
  await drop(page, BOOK);
  const columns = page.getByRole("table", { name: "Columns and what becomes of them" });
  await columns.getByText(SECRET).waitFor();
  assert.equal(await chosen(page, "What First becomes"), "Person: First name");
  assert.equal(await chosen(page, "How dates of Born are written"), "dd/mm/yyyy");
  assert.equal(await chosen(page, "What the word F means"), "Female");
  assert.equal(await chosen(page, "Column that names the customer"), "Client no");
  await page.getByText("What the files are called, and whose numbers the keys are").waitFor();
  await page.getByLabel("What the files are called").fill("Harbour broker's book");
  await page.getByLabel("Whose numbers the keys are").fill("Harbour");
  await page.getByText("Where the data are from, and on which ground they were collected").waitFor();
  await page.getByRole("combobox", { name: "Source" }).click();
  await page.getByRole("option", { name: "An agent or broker" }).click();
  await page.getByLabel("Institution").fill("Harbour Brokers");
  await page.getByLabel("Why Shoe size is left out").fill("Nobody needs it");
  await page.getByLabel("Last must be there").check();
  await page.getByRole("button", { name: "Look at the first rows" }).click();
  const tried = page.getByRole("table", { name: "The first rows" });
  await tried.getByText("Would be refused").waitFor();
  await tried.getByText("Sex: is a word that the mapping does not know").waitFor();
  await tried.getByText("Last name: is missing").waitFor();
  await page.getByText("3 rows looked at, 1 would be refused.").waitFor();
  await checkPage(importer, {
    heading: "Import a file",
    secrets: [SECRET, "Lantern Row", "555 1234"],
    pictures: { folder, name: "map-columns" },
  });
  await page.getByRole("button", { name: "Propose this mapping" }).click();
  await page.getByText("harbour-broker-s-book, version 1, is proposed").waitFor();
});

test("whoever made a mapping does not approve it; somebody else looks at what becomes of each column and does", async () => {
  const { page } = importer;
  await page.getByRole("link", { name: "Mappings" }).last().click();
  await page.getByRole("button", { name: "Look at Harbour broker's book" }).click();
  await page.getByText("It waits for a privacy or compliance officer").waitFor();
  assert.equal(await page.getByRole("button", { name: "Approve it" }).count(), 0);
  await officer.page.goto(`${stage.site}/imports/mappings`);
  await officer.page.getByText("Waits for approval").waitFor();
  await checkPage(officer, { heading: "Mappings", pictures: { folder, name: "mappings" } });
  await officer.page.getByRole("button", { name: "Look at Harbour broker's book" }).click();
  await officer.page.getByText("left out: Nobody needs it").waitFor();
  await checkPage(officer, { heading: "Mappings", pictures: { folder, name: "mapping" } });
  await officer.page.getByRole("button", { name: "Approve it" }).click();
  await officer.page.getByText("In force").waitFor();
});

test("a file with addresses waits for somebody who has the same file; then it is sent, counted, and what was refused is listed and saved", async () => {
  const { page } = importer;
  await page.goto(`${stage.site}/imports/new`);
  await drop(page, BOOK);
  await page.getByText("Somebody else has to approve this file").waitFor();
  assert.equal(await chosen(page, "Mapping"), "Harbour broker's book (harbour-broker-s-book)");
  await page.getByRole("button", { name: "Announce it for approval" }).click();
  await page.getByText("This file waits for approval").waitFor();
  await page.getByText("A privacy or compliance officer other than whoever announced it").waitFor();
  const address = page.url();

  await officer.page.goto(address);
  await officer.page.getByText("You approve a file, not a name").waitFor();
  await checkPage(officer, { heading: "Import", pictures: { folder, name: "approve-file" } });
  await drop(officer.page, csv("9;Eve;Other;01/02/1991;F;9 High St;Salem;;40"));
  await officer.page.getByRole("button", { name: "Approve this file" }).click();
  await officer.page.getByText("This is not the file that was announced").waitFor();
  await drop(officer.page, BOOK);
  await officer.page.getByRole("button", { name: "Approve this file" }).click();
  await officer.page.getByText("This file is approved").waitFor();

  await page.reload();
  await page.getByText("Drop the same file once more").waitFor();
  await drop(page, BOOK);
  await page.getByRole("button", { name: "Import it" }).click();
  await page.getByText("Done", { exact: true }).waitFor();
  await page.getByRole("table", { name: "Lines that were refused" }).getByText("is missing").waitFor();
  await checkPage(importer, { heading: "Import", secrets: [SECRET], pictures: { folder, name: "import-done" } });
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), "rejects.csv");
  assert.deepEqual(importer.complaints, []);
  assert.deepEqual(officer.complaints, []);
});

test("in the reader's language", async () => {
  const { page } = importer;
  await page.goto(`${stage.site}/imports/new`);
  for (const [from, to, heading] of [
    ["Language: English", "Español", "Importar un archivo"],
    ["Idioma: Español", "Deutsch", "Datei importieren"],
  ] as const) {
    await page.getByRole("button", { name: from }).click();
    await page.getByRole("menuitem", { name: to }).click();
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    await drop(page, BOOK);
    await page.getByRole("tab").last().click();
    await page.getByText(SECRET).waitFor();
    await checkPage(importer, { heading, secrets: [SECRET], pictures: { folder, name: `map-columns-${to}` } });
  }
});
