// Several tabs, the back button, and a network that is slow or fails: nothing is left on a screen, nothing typed is lost, and nothing is done twice.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { Page } from "playwright-core";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { checkPage } from "./test-page-check.ts";
import { codeAt, type JourneyStage, setJourneyStage } from "./test-staff.ts";
import { type SignedIn, signInAs } from "./test-signed-in.ts";

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const OFFICER = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
const REASON = "A hailstorm over the whole of the county";

let stage: JourneyStage;
let browser: TestBrowser;
let ada: Visitor;
let self: SignedIn;
before(async () => {
  // One after the other: a browser would outlive a stage that could not be set.
  stage = await setJourneyStage();
  browser = await openTestBrowser();
});
beforeEach(async () => {
  ada = await browser.person();
  self = await signInAs(stage, ada, OFFICER);
});
afterEach(async () => {
  await ada.context.close();
});
after(async () => {
  await browser.close();
  await stage.close();
});

/** Another tab of the same browser. */
async function tab(path: string): Promise<Page> {
  const page = await ada.context.newPage();
  await page.goto(`${stage.site}${path}`);
  return page;
}

/** The form to ask for wider ceilings, filled in and not sent. */
async function fillIn(page: Page, reason = REASON): Promise<void> {
  await page.goto(`${stage.site}/alerts/catastrophes`);
  await page.getByRole("button", { name: "Ask for wider ceilings" }).click();
  await page.getByLabel("What happened").fill(reason);
  await page.getByRole("combobox", { name: "Whose ceilings" }).click();
  await page.getByRole("option", { name: "Claims adjuster" }).click();
  await page.getByLabel("What happened").click();
}

const send = (page: Page): Promise<void> =>
  page.getByRole("dialog").getByRole("button", { name: "Ask", exact: true }).click();

async function asked(reason: string): Promise<number> {
  const { catastrophes } = stage.server.app.domains.watch;
  return (await catastrophes.list()).filter((one) => one.reason === reason).length;
}

test("signing out in one tab takes the others along, and the back button brings nothing back", async () => {
  const [first, second] = [ada.page, await tab("/home")];
  await first.goto(`${stage.site}/account`);
  await second.getByRole("link", { name: "Ledger" }).click();
  await second.getByRole("table", { name: "Ledger" }).waitFor();
  await first.getByRole("button", { name: "Ada Byron" }).click();
  await first.getByRole("menuitem", { name: "Sign out" }).click();
  await first.waitForURL(/\/sign-in/);
  await second.waitForURL(/\/sign-in$/);
  await second.goBack();
  await second.waitForURL(/\/sign-in/);
  await second.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
  assert.equal(await second.getByRole("table").count(), 0);
  assert.equal(await second.getByText("Your session has ended").count(), 0, "said to nobody who signed out");
  assert.deepEqual(ada.complaints, []);
});

test("a session that was ended elsewhere is left at the next question, for the place one came from", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/home`);
  await page.getByRole("heading", { name: /Welcome/ }).waitFor();
  // Else the page's own first questions find it out before anybody clicks; those that it repeats still may.
  await page.waitForLoadState("networkidle");
  await ada.context.clearCookies();
  const left = page.waitForURL(/\/sign-in\?returnTo=%2F(home|ledger)/);
  await Promise.any([page.getByRole("link", { name: "Ledger" }).click(), left]);
  await left;
  await page.getByRole("status").filter({ hasText: "Your session has ended" }).waitFor();
  await checkPage(ada, { heading: "Sign in", pictures: { folder, name: "session-ended" } });
  await page.goto(`${stage.site}/sign-in`);
  await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
  assert.equal(
    await page.getByText("Your session has ended").count(),
    0,
    "said to nobody who comes for the first time",
  );
});

test("a place that cannot be fetched names the connection, leaves the menu, and comes by pressing once there is one", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/home`);
  await page.getByRole("heading", { name: /Welcome/ }).waitFor();
  await page.waitForLoadState("networkidle");
  await ada.context.setOffline(true);
  await page.getByRole("link", { name: "Ledger" }).click();
  const trouble = page.getByRole("alert").filter({ hasText: "Check the connection" });
  await trouble.waitFor();
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Home" }).waitFor();
  // The browser's own console says it as well.
  const untold = { ...ada, complaints: [] };
  await checkPage(untold, { heading: "This page could not be shown", pictures: { folder, name: "page-away" } });
  await page.getByRole("button", { name: "Try again" }).click();
  await trouble.waitFor();
  await ada.context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("table", { name: "Ledger" }).waitFor();
});

test("going back and forth keeps filters and focus in the page's own history", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/home`);
  await page.getByRole("link", { name: "Ledger" }).click();
  await page.getByLabel("Kind", { exact: true }).first().click();
  await page.getByRole("option", { name: "Person or client" }).click();
  await page.waitForURL(/filter=.*principal/);
  await page.getByRole("link", { name: "Schema" }).click();
  await page.getByRole("heading", { name: "What can be held", level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Ledger", level: 1 }).waitFor();
  assert.match(page.url(), /filter=.*principal/);
  await page.goForward();
  await page.getByRole("heading", { name: "What can be held", level: 1 }).waitFor();
});

test("a factor that one tab asks for and another was shown holds in both", async () => {
  const { page } = ada;
  const second = await tab("/account");
  await page.goto(`${stage.site}/account`);
  stage.pass(1_200_000);
  const renew = (of: Page) => of.getByRole("button", { name: "Make new ones" }).click();
  const dialog = (of: Page) => of.getByRole("dialog", { name: "Show a second factor once more" });
  await renew(page);
  await dialog(page).waitFor();
  await renew(second);
  await dialog(second).waitFor();
  await dialog(second)
    .getByLabel("Code of your authenticator app")
    .fill(await codeAt(self.secret, stage.now()));
  await dialog(second).getByRole("button", { name: "Show the code" }).click();
  await second.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
  await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
});

test("the same act in two tabs is done once, and the second is told how it stands", async () => {
  const other = await browser.person();
  await signInAs(stage, other, OFFICER);
  const reason = "Flood along the whole of the river";
  await fillIn(other.page, reason);
  await send(other.page);
  await other.page.getByText(reason).waitFor();
  const tabs = [await tab("/alerts/catastrophes"), await tab("/alerts/catastrophes")];
  const row = (of: Page) => of.getByRole("row").filter({ hasText: reason });
  const approve = (of: Page) => of.getByRole("dialog").getByRole("button", { name: "Approve" });
  for (const each of tabs) await row(each).getByRole("button", { name: "Approve" }).click();
  for (const each of tabs) await approve(each).waitFor();
  await approve(tabs[0]!).click();
  await row(tabs[0]!).getByText("in force").waitFor();
  await approve(tabs[1]!).click();
  await tabs[1]!.getByText("Somebody else, or another tab, was first").waitFor();
  await row(tabs[1]!).getByText("in force").waitFor();
  assert.equal(await asked(reason), 1);
  await other.context.close();
});

test("without a connection a form says so at once, keeps what was typed, and is sent by pressing once more", async () => {
  const { page } = ada;
  const reason = `${REASON}, offline`;
  await fillIn(page, reason);
  await ada.context.setOffline(true);
  await send(page);
  await page.getByText("The server does not answer").waitFor();
  assert.equal(await page.getByLabel("What happened").inputValue(), reason);
  await checkPage(ada, { heading: "Catastrophe modes", pictures: { folder, name: "offline" } });
  await ada.context.setOffline(false);
  assert.equal(await asked(reason), 0, "nothing goes out by itself later");
  await send(page);
  await page.getByRole("row").filter({ hasText: reason }).waitFor();
  assert.equal(await asked(reason), 1);
});

test("an answer that was lost on its way is asked for again and the act is done once", async () => {
  const { page } = ada;
  const reason = `${REASON}, lost`;
  await fillIn(page, reason);
  await page.route(
    "**/v1/watch/catastrophes",
    async (route) => {
      // The server did it; the browser never hears.
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await send(page);
  await page.getByText("The server does not answer").waitFor();
  assert.equal(await asked(reason), 1);
  await send(page);
  await page.getByRole("row").filter({ hasText: reason }).waitFor();
  assert.equal(await asked(reason), 1);
});

test("a failure of the server is told in words with a reference, and what was typed is still there", async () => {
  const { page } = ada;
  const reason = `${REASON}, broken`;
  await fillIn(page, reason);
  const body = JSON.stringify({
    type: "about:blank",
    title: "internal",
    status: 500,
    code: "internal",
    detail: "something went wrong here",
    reference: "r",
  });
  const fails = { status: 500, contentType: "application/problem+json", body };
  await page.route("**/v1/watch/catastrophes", (route) => route.fulfill(fails), { times: 1 });
  await send(page);
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByLabel("What happened").inputValue(), reason);
  await send(page);
  await page.getByRole("row").filter({ hasText: reason }).waitFor();
});

test("a server that never answers is given up on after a minute, and asked again by pressing", async () => {
  const { page } = ada;
  await page.clock.install();
  let held = 0;
  await page.route("**/v1/entries?*", () => void (held += 1), { times: 3 });
  await page.goto(`${stage.site}/ledger`);
  // Asked three times by itself, each time for a minute.
  while (!(await page.getByText("The server does not answer").isVisible())) await page.clock.runFor(10_000);
  assert.equal(held, 3);
  await page.getByText("The server does not answer").waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("table", { name: "Ledger" }).waitFor();
});
