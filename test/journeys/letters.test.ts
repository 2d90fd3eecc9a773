// Letters on paper, in the browser: what waits goes into a batch, is printed as a file, marked as posted, and comes back; what may not be printed says why.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { asId, newId } from "../../src/kernel/ids.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
let officer: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  officer = await browser.person();
  const dpo = { role: "dpo", purposes: ["data-subject-request"], rowScope: "assignments" };
  await signInAs(staffStage(stage, "lise@insurer.example"), officer, dpo);
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const heading = "Letters";

async function queue(customerId: string, reason: string): Promise<void> {
  await stage.bench.server.app.domains.letters.enqueue({
    customerId: asId(customerId),
    kind: "right-refused",
    values: { received: "2026-03-01", ground: "It is accurate.", reason },
    serves: newId(),
  });
}

test("a batch is printed, posted, and one of its letters comes back; a letter that may not be printed is held and says why", async () => {
  const [one, other] = [await stage.customer({ lastName: "Holloway" }), await stage.customer({ lastName: "Quokka" })];
  await queue(one.customerId, "first");
  await queue(other.customerId, "second");
  await stage.bench.flag(asId(other.customerId), "protection-order");
  const { page } = officer;
  await page.goto(`${stage.site}/letters`);
  await page.getByText("No batch has been made yet").waitFor();
  await page.getByRole("row").filter({ hasText: "Request refused" }).nth(1).waitFor();
  await checkPage(officer, { heading, pictures: { folder, name: "letters-waiting" } });

  await page.getByRole("button", { name: "Make a batch", exact: true }).click();
  await page.getByRole("dialog").getByLabel("On both sides").check();
  await checkPage(officer, { heading, pictures: { folder, name: "letters-make" } });
  await page.getByRole("dialog").getByRole("button", { name: "Make the batch" }).click();
  const batch = page.getByRole("article");
  await batch.getByText("To be printed").waitFor();

  const saved = page.waitForEvent("download");
  await batch.getByRole("button", { name: "Print", exact: true }).click();
  const file = await saved;
  assert.match(file.suggestedFilename(), /^letters-[0-9a-f-]{36}\.pdf$/);
  assert.equal((await readFile(await file.path())).subarray(0, 5).toString(), "%PDF-");
  await batch.getByText("Printed, not posted").waitFor();
  await batch.getByText("One letter").waitFor();
  assert.equal(await page.getByText("Holloway").count(), 0, "no name stands on the page");

  await page.getByText("Held (1)").click();
  await page.getByText("Protection order: not to the address on file").waitFor();
  await checkPage(officer, { heading, pictures: { folder, name: "letters-held" } });

  await batch.getByRole("button", { name: "Mark as posted" }).click();
  await checkPage(officer, { heading, pictures: { folder, name: "letters-post" } });
  await page.getByRole("dialog").getByRole("button", { name: "It was posted" }).click();
  await batch.getByText(/^Posted on /).waitFor();

  await page.getByText("Posted (1)").click();
  await page.getByRole("button", { name: "It came back" }).click();
  await choose(page, "What the post says", "Moved");
  await page.getByRole("dialog").getByRole("button", { name: "Write it down" }).click();
  await page.getByText("Came back (1)").click();
  await page.getByRole("cell", { name: "Moved" }).waitFor();
  await page.getByRole("button", { name: "Queue again" }).click();
  await page.getByText("Waiting (1)").waitFor();
  await checkPage(officer, { heading, pictures: { folder, name: "letters-back" } });
});
