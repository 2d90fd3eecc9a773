// The account page: accessible, kept nowhere, in every language.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestBrowser, type TestBrowser } from "./test-browser.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

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

const folder = process.env["UBERRIMA_TEST_PICTURES"];

test("signing in and the account page are accessible, on a desk and on a phone, in light and dark", async () => {
  const ada = await browser.person();
  await ada.page.goto(`${stage.site}/sign-in`);
  await checkPage(ada, { heading: "Sign in", pictures: { folder, name: "sign-in" } });
  await signInAs(stage, ada);
  await ada.page.goto(`${stage.site}/account`);
  await checkPage(ada, { heading: "Ada Byron", pictures: { folder, name: "account" } });
  await ada.context.close();
});

test("the language is chosen once and speaks of everything; keys alone lead from place to place", async () => {
  const ada = await browser.person();
  await signInAs(stage, ada);
  await ada.page.goto(`${stage.site}/account`);
  await ada.page.getByRole("button", { name: "Language: English" }).click();
  await ada.page.getByRole("menuitem", { name: "Deutsch" }).click();
  await ada.page.getByRole("heading", { name: "Wie Sie sich anmelden" }).waitFor();
  assert.equal(await ada.page.evaluate("document.documentElement.lang"), "de");
  await ada.page.locator("body").press("g");
  await ada.page.locator("body").press("h");
  await ada.page.waitForURL(/\/home$/);
  await ada.page.goBack();
  await ada.page.getByRole("heading", { name: "Wie Sie sich anmelden" }).waitFor();
  assert.deepEqual(ada.complaints, []);
  await ada.context.close();
});

test("an address that leads nowhere says so, and one that needs a session comes back after signing in", async () => {
  const ada = await browser.person();
  await ada.page.goto(`${stage.site}/account`);
  await ada.page.waitForURL(/\/sign-in\?returnTo=%2Faccount$/);
  await signInAs(stage, ada);
  await ada.page.goto(`${stage.site}/home/nowhere`);
  await ada.page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await ada.page.goto(`${stage.site}/nowhere/at/all`);
  await checkPage(ada, { heading: "There is no such page", pictures: { folder, name: "nowhere" } });
  await ada.page.getByRole("link", { name: "To your home page" }).click();
  await ada.page.waitForURL(/\/home$/);
  assert.deepEqual(ada.complaints, []);
  await ada.context.close();
});

test("a link to one's deadlines is made, made anew and ended; the one before is worth nothing", async () => {
  const ada = await browser.person();
  await signInAs(stage, ada);
  const { page } = ada;
  await page.goto(`${stage.site}/account`);
  const kept = async (make: string): Promise<string> => {
    await page.getByRole("button", { name: make }).click();
    const link = (await page.getByText(/\/v1\/calendar\//).textContent()) ?? "";
    await page.getByRole("button", { name: "I have it" }).click();
    await page.getByText(/A link stands since/).waitFor();
    return link;
  };
  const statusOf = async (link: string): Promise<number> =>
    (await fetch(new URL(new URL(link).pathname, stage.site))).status;
  const first = await kept("Make a link");
  assert.equal(await statusOf(first), 200);
  const second = await kept("Make another, and end this one");
  assert.deepEqual([await statusOf(first), await statusOf(second)], [404, 200]);
  await checkPage(ada, { heading: "Ada Byron", secrets: [first, second], pictures: { folder, name: "calendar-link" } });
  await page.getByRole("button", { name: "End the link" }).click();
  await page.getByRole("button", { name: "Make a link" }).waitFor();
  assert.equal(await statusOf(second), 404);
  assert.deepEqual(ada.complaints, []);
  await ada.context.close();
});
