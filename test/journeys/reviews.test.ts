// The pages of access reviews: drafted, started, decided many lines at once from the keyboard, closed, saved as files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose, tabTo } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let officer: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  officer = await browser.person();
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, officer, { name: "Grace Hopper", ...scope });
  for (const name of ["Rosalind Franklin", "Emmy Noether", "Mary Jackson"]) await stage.invite(name);
  await signInAs(stage, await browser.person(), { name: "Lise Meitner", role: "dpo", purposes: ["complaint"] });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];

test("a review is drafted and started, and its lines are decided many at once by keys", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/reviews`);
  await page.getByText("No review is there").waitFor();
  await page.getByRole("button", { name: "Draft a review" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Claims, fourth quarter");
  await choose(page, "Only these roles", "Claims adjuster");
  await choose(page, "Reviewers", "Grace Hopper (Compliance)");
  await choose(page, "Decides what is escalated", "Lise Meitner (Data protection officer)");
  await checkPage(officer, { heading: "Access reviews", pictures: { folder, name: "review-draft" } });
  await dialog.getByRole("button", { name: "Draft it" }).click();
  await page.getByRole("link", { name: "Claims, fourth quarter" }).click();
  await page.getByRole("button", { name: "Start it" }).click();
  await page.getByRole("row").filter({ hasText: "Emmy Noether" }).waitFor();
  await checkPage(officer, { heading: "Claims, fourth quarter", pictures: { folder, name: "review" } });
  await page.keyboard.press("a");
  await page.keyboard.press("d");
  await page.getByRole("radio", { name: "Approve" }).waitFor();
  await page.getByRole("radio", { name: "Approve" }).focus();
  await page.keyboard.press("Space");
  await tabTo(page, "Reason");
  await page.keyboard.type("needed for the flood");
  await tabTo(page, /^Record for 3 lines/);
  await page.keyboard.press("Enter");
  await page.getByText("3 of 3 lines are decided").waitFor();
  assert.deepEqual(officer.complaints, []);
});

test("a decided review is closed, told of as a table as well, and saved as a file", async () => {
  const { page } = officer;
  await page.locator("label").filter({ hasText: "Table" }).click();
  await page.getByRole("cell", { name: "Approved" }).waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  assert.equal((await saved).suggestedFilename(), "review.csv");
  const printed = page.waitForEvent("download");
  await page.getByRole("button", { name: "PDF" }).click();
  const file = await printed;
  assert.equal(file.suggestedFilename(), "review.pdf");
  assert.equal(
    readFileSync(await file.path())
      .subarray(0, 5)
      .toString(),
    "%PDF-",
  );
  await page.getByRole("button", { name: "Close and do what was decided" }).click();
  await page.getByText(/^(complete|being done), due/).waitFor();
  await page.goto(`${stage.site}/reviews`);
  await page.getByRole("link", { name: "Claims, fourth quarter" }).waitFor();
  await checkPage(officer, { heading: "Access reviews", pictures: { folder, name: "reviews" } });
});
