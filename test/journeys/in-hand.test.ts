// Journeys of work in hand: from the list to the clear standard view in one click, on to the next with one key, and nothing of it left anywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { assign, customerMaker, type JourneyCustomer, makeCustomer } from "./test-customers.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { assertNothingKept, checkPage, lookAway } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let ada: Visitor;
let customers: JourneyCustomer[];
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  const maker = await customerMaker(stage);
  customers = [await makeCustomer(maker, 1), await makeCustomer(maker, 2), await makeCustomer(maker, 3)];
  ada = await browser.person();
  const { staffId } = await signInAs(stage, ada, { purposes: ["claim-handling", "subrogation"] });
  for (const customer of customers) await assign(stage, { staffId, customer });
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const view = (page: Page) => page.getByRole("region", { name: "Standard view of the work in hand" });
const narratives = (page: Page) =>
  view(page)
    .getByText(/slipped on ice outside/)
    .innerText();
/** The address changes a moment before the page does: once what stood there is gone, and another stands there. */
async function narrativesAfter(page: Page, former: string): Promise<string> {
  await view(page).getByText(former, { exact: true }).waitFor({ state: "detached" });
  return narratives(page);
}
const secretsOf = (all: readonly JourneyCustomer[]) => all.flatMap(({ secrets }) => secrets);

async function openFirst({ page }: Visitor): Promise<void> {
  await page.goto(`${stage.site}/customers`);
  await page
    .getByRole("link", { name: /^Claim ••••/ })
    .first()
    .click();
  await view(page).waitFor();
}

test("one click leads from the list to the clear view, one key to the next customer; back is back", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/customers`);
  await page
    .getByRole("link", { name: /^Claim ••••/ })
    .nth(2)
    .waitFor();
  await checkPage(ada, {
    heading: "Find a customer",
    secrets: secretsOf(customers),
    pictures: { folder, name: "my-work" },
  });
  await openFirst(ada);
  const seen = [await narratives(page)];
  for (const _next of [1, 2]) {
    await page.keyboard.press("n");
    seen.push(await narrativesAfter(page, seen.at(-1)!));
  }
  assert.equal(new Set(seen).size, 3, "three different customers, each in one key");
  await page.goBack();
  assert.equal(await narrativesAfter(page, seen[2]!), seen[1]);
  await page.keyboard.press("p");
  assert.equal(await narrativesAfter(page, seen[1]!), seen[0]);
  await checkPage(ada, {
    heading: "Work in hand",
    secrets: secretsOf(customers),
    pictures: { folder, name: "in-hand" },
  });
});

test("values are covered once the tab is hidden, back with one key, gone after their time, and not printed", async () => {
  const { page } = ada;
  await openFirst(ada);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByText(/slipped on ice/).isVisible(), false, "printing hides what was not cleared for it");
  await page.emulateMedia({ media: "screen" });
  await lookAway(page);
  assert.equal(await page.getByText(/slipped on ice/).count(), 0);
  await page.keyboard.press("u");
  await view(page).waitFor();
  await page.getByRole("button", { name: "Hide now" }).click();
  await page.getByText("Nothing is shown any more").waitFor();
  await page.getByRole("button", { name: "Show them again" }).click();
  await view(page).waitFor();
});

test("copying a value is written down first; without the server's answer nothing is in the clipboard", async () => {
  const { page } = ada;
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openFirst(ada);
  const clipboard = (): Promise<unknown> => page.evaluate("navigator.clipboard.readText()");
  await page.evaluate("navigator.clipboard.writeText('before')");
  await page.route("**/copies", (route) => route.abort());
  // As the browser's menu does it; a headless one knows no keys of the system's.
  const copy = async (): Promise<void> => {
    await view(page)
      .getByText(/slipped on ice/)
      .click();
    await page.evaluate(
      `getSelection().selectAllChildren(document.querySelector('[data-field="claim.narrative"]')); document.execCommand("copy")`,
    );
  };
  await copy();
  await view(page).getByRole("alert").waitFor();
  assert.equal(await clipboard(), "before");
  await page.unroute("**/copies");
  const recorded = page.waitForResponse((answer) => answer.url().endsWith("/copies"));
  await copy();
  assert.equal((await recorded).status(), 201);
  await view(page).getByText("Copied, and written down").waitFor();
  assert.match(String(await clipboard()), /^slipped on ice/);
  await page.evaluate("navigator.clipboard.writeText('')");
});

test("the receipt is checked here by the log's own key, without believing the server, and can be kept", async () => {
  const { page } = ada;
  await openFirst(ada);
  const receipt = page.getByRole("region", { name: "Receipt" });
  const good = receipt.getByText("The log gave its word, and has kept it");
  // Until a checkpoint covers the entry there is none; the page says so, and it is tried again.
  for (let tries = 0; tries < 20 && !(await good.isVisible()); tries += 1) {
    await receipt.getByRole("button", { name: "Check it here" }).click();
    await good.or(receipt.getByRole("alert")).first().waitFor();
  }
  await good.waitFor();
  await checkPage(ada, {
    heading: "Work in hand",
    secrets: secretsOf(customers),
    pictures: { folder, name: "receipt" },
  });
  const saved = page.waitForEvent("download");
  await receipt.getByRole("button", { name: "Download" }).click();
  assert.match((await saved).suggestedFilename(), /^receipt-[0-9a-f-]{36}\.txt$/);
});

test("nothing of what was shown is asked of anybody else, or kept in any store of the browser", async () => {
  const { page } = ada;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await openFirst(ada);
  await page.keyboard.press("n");
  await view(page).waitFor();
  await assertNothingKept(ada, secretsOf(customers));
  assert.ok(
    asked.every((url) => url.startsWith(stage.site) || url.startsWith("data:")),
    "this origin alone",
  );
  for (const secret of secretsOf(customers)) assert.ok(!asked.some((url) => url.includes(encodeURIComponent(secret))));
});

test("two tabs hold values of their own: hiding those of one leaves the other as it is", async () => {
  await openFirst(ada);
  const other = await ada.context.newPage();
  await other.goto(ada.page.url());
  await view(other).waitFor();
  await other.getByRole("button", { name: "Hide now" }).click();
  await other.getByText("Nothing is shown any more").waitFor();
  await view(ada.page).waitFor();
  await other.close();
});

test("a slow network shows where things will stand; a failing one says what to do, and trying again works", async () => {
  const { page } = ada;
  let isFailing = true;
  await page.route("**/v1/disclosures", (route) => (isFailing ? route.abort() : route.continue()));
  await page.goto(`${stage.site}/customers`);
  await page
    .getByRole("link", { name: /^Claim ••••/ })
    .first()
    .click();
  await page.getByRole("alert").filter({ hasText: "does not answer" }).waitFor();
  isFailing = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await view(page).waitFor();
  await page.unroute("**/v1/disclosures");
  assert.deepEqual(ada.complaints, []);
});
