// Journeys of staff in a real browser: from the invitation to passkey, authenticator app, step-up, lockout and recovery.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { checkPage } from "./test-page-check.ts";
import {
  acceptInvitation,
  codeAt,
  goToAccount,
  type JourneyStage,
  makePasskey,
  PASSWORD,
  setJourneyStage,
  setUpApp,
  typePassword,
} from "./test-staff.ts";

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const STEP_MS = 30_000;
const FRESH_MS = 300_000;

let stage: JourneyStage;
let browser: TestBrowser;
let ada: Visitor;
before(async () => {
  // One after the other: a browser would outlive a stage that could not be set.
  stage = await setJourneyStage();
  browser = await openTestBrowser();
});
beforeEach(async () => {
  ada = await browser.person();
});
afterEach(async () => {
  assert.deepEqual(ada.complaints, []);
  await ada.context.close();
});
after(async () => {
  await browser.close();
  await stage.close();
});

const atAccount = async (visitor: Visitor) => {
  await visitor.page.waitForURL(/\/home$/);
  await goToAccount(visitor);
};
const alertOf = ({ page }: Visitor) => page.getByRole("alert").filter({ visible: true }).textContent();
const signOut = async ({ page }: Visitor) => {
  await Promise.all([
    page.waitForURL(/\/sign-in/),
    page.getByRole("main").getByRole("button", { name: "Sign out" }).click(),
  ]);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
};

test("an invitation leads to a password, a passkey and recovery codes, once; then the passkey alone signs in", async () => {
  const authenticator = await ada.addAuthenticator();
  const { link } = await stage.invite("Ada Byron");
  await acceptInvitation(ada, link);
  assert.ok(!ada.page.url().includes("#"), "the invitation does not stay in the address");
  const codes = await makePasskey(ada);
  assert.equal(codes.length, 10);
  assert.equal(await authenticator.credentials(), 1);
  await signOut(ada);
  await ada.page.getByRole("button", { name: "Use a passkey" }).click();
  await atAccount(ada);
  const eve = await browser.person();
  await eve.page.goto(link);
  await eve.page.getByRole("heading", { name: "This invitation is not good" }).waitFor();
  await eve.context.close();
});

test("the session is in a cookie that no script of the page reads, and nothing of it is kept in the page's storage", async () => {
  await ada.addAuthenticator();
  await acceptInvitation(ada, (await stage.invite("Ada Byron")).link);
  await makePasskey(ada);
  const seen = await ada.page.evaluate(
    "document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)",
  );
  assert.equal(seen, "{}{}");
  // The address of the page, and what the browser calls it, say nothing of anybody.
  assert.ok(!/ada|byron/i.test(`${ada.page.url()}`));
  const cookie = (await ada.context.cookies()).find(({ name }) => name === "uberrima");
  assert.ok(cookie?.httpOnly === true && cookie.sameSite === "Strict");
  assert.ok(!stage.server.logged.some((line) => line.includes(cookie.value)));
});

test("password and authenticator app sign in together; neither does alone, and a code is good once", async () => {
  const { link, email } = await stage.invite("Ada Byron");
  await acceptInvitation(ada, link);
  const { secret } = await setUpApp(ada, stage.now);
  await signOut(ada);
  stage.pass(STEP_MS);
  await typePassword(ada, stage.site, email);
  await ada.page.getByRole("heading", { name: "Show a second factor" }).waitFor();
  await ada.page.goto(`${stage.site}/account`);
  await ada.page.getByRole("heading", { name: "Sign in" }).waitFor();
  const code = await codeAt(secret, stage.now());
  const show = async (text: string) => {
    await typePassword(ada, stage.site, email);
    await ada.page.getByLabel("Code of your authenticator app").fill(text);
    await ada.page.locator("form", { hasText: "Code of your authenticator app" }).getByRole("button").click();
  };
  await show(code);
  await atAccount(ada);
  await signOut(ada);
  await show(code);
  assert.match((await alertOf(ada)) ?? "", /not right, or was used before/);
  stage.pass(STEP_MS);
  await show(await codeAt(secret, stage.now()));
  await atAccount(ada);
});

test("what needs a fresh factor asks for it within the page, and is done once it was shown; cancelled, it is not", async () => {
  const authenticator = await ada.addAuthenticator();
  await acceptInvitation(ada, (await stage.invite("Ada Byron")).link);
  const former = await makePasskey(ada);
  stage.pass(FRESH_MS + 1000);
  const { page } = ada;
  await page.getByRole("button", { name: "Make new ones" }).click();
  const dialog = page.getByRole("dialog", { name: "Show a second factor once more" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.match((await alertOf(ada)) ?? "", /second factor once more/);
  await page.getByRole("button", { name: "Make new ones" }).click();
  await dialog.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
  const made = await page.locator(".codes code").allTextContents();
  assert.ok(made.length === 10 && made.every((code) => !former.includes(code)));
  assert.equal(await authenticator.credentials(), 1);
});

test("after a failure the focus is where it was, and the page names whom to ask for another password", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/sign-in`);
  await page.getByText("Ask your supervisor or an access administrator to reset it").waitFor();
  await page.getByLabel("E-mail address").fill("nobody@insurer.example");
  await page.getByLabel("Password", { exact: true }).fill("a wrong guess");
  const go = page.getByRole("button", { name: "Continue" });
  await go.click();
  assert.match((await alertOf(ada)) ?? "", /are not right together/);
  await go.and(page.locator(":focus")).waitFor();
});

test("a device that does not verify its user makes no passkey", async () => {
  await ada.addAuthenticator({ verifiesUser: false });
  await acceptInvitation(ada, (await stage.invite("Ada Byron")).link);
  await ada.page.getByRole("button", { name: "Make a passkey" }).click();
  assert.match((await alertOf(ada)) ?? "", /passkey was not used/);
});

test("guessing locks the guesser out; the owner's passkey and known device still sign in, and a recovery code is good once", async () => {
  await ada.addAuthenticator();
  const { link, email } = await stage.invite("Ada Byron");
  await acceptInvitation(ada, link);
  const [code = ""] = await makePasskey(ada);
  await signOut(ada);
  const eve = await browser.person();
  for (let guess = 0; guess < 12; guess += 1) {
    await typePassword(eve, stage.site, email, `a wrong guess ${guess}`);
    await eve.page.getByRole("alert").filter({ visible: true }).waitFor();
    if (/too many attempts/i.test((await alertOf(eve)) ?? "")) break;
  }
  assert.match(
    (await alertOf(eve)) ?? "",
    /^Too many attempts in vain\. Wait (one minute|\d+ minutes), or use a passkey\.$/,
  );
  await checkPage(eve, { heading: "Sign in", pictures: { folder, name: "locked" } });
  await eve.context.close();
  await ada.page.getByRole("button", { name: "Use a passkey" }).click();
  await atAccount(ada);
  await signOut(ada);
  const recover = async () => {
    await typePassword(ada, stage.site, email);
    await ada.page.getByText("I have neither with me").click();
    await ada.page.getByLabel("Recovery code").fill(code);
    await ada.page.locator("form", { hasText: "Recovery code" }).getByRole("button").click();
  };
  await recover();
  await atAccount(ada);
  await ada.page.getByText("A recovery code was used").waitFor();
  await signOut(ada);
  await recover();
  assert.match((await alertOf(ada)) ?? "", /not right, or was used before/);
});

test("somebody suspended is out at the next click, in every page that is open", async () => {
  await ada.addAuthenticator();
  const { link, staffId } = await stage.invite("Ada Byron");
  await acceptInvitation(ada, link);
  await makePasskey(ada);
  assert.equal((await stage.ask("PATCH", `/v1/staff/${staffId}`, { status: "suspended" })).status, 200);
  await ada.page.reload();
  await ada.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await ada.page.getByRole("button", { name: "Use a passkey" }).click();
  await ada.page.getByRole("alert").filter({ visible: true }).waitFor();
});

test("weak and breached passwords are refused with what would be better", async () => {
  const { link } = await stage.invite("Ada Byron");
  await ada.page.goto(link);
  await ada.page.getByRole("button", { name: "Begin" }).click();
  for (const weak of ["password1234", "ada byron 2026!", "qwertyuiop12"]) {
    await ada.page.getByLabel("Password", { exact: true }).fill(weak);
    await ada.page.getByLabel("The same once more").fill(weak);
    await ada.page.getByRole("button", { name: "Choose this password" }).click();
    await ada.page.getByRole("alert").filter({ visible: true }).waitFor();
    assert.match((await alertOf(ada)) ?? "", /not good enough|known|guess|short|breach/i, weak);
  }
  await ada.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await ada.page.getByLabel("The same once more").fill(`${PASSWORD}!`);
  await ada.page.getByRole("button", { name: "Choose this password" }).click();
  await ada.page.getByText("The two are not the same").waitFor();
});

test("whoever reloads before a password was chosen is asked for one first, and then for a second factor", async () => {
  const { page } = ada;
  await page.goto((await stage.invite("Ada Byron")).link);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("heading", { name: "Choose a password" }).waitFor();
  const choose = async (password: string): Promise<void> => {
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByLabel("The same once more").fill(password);
    await page.getByRole("button", { name: "Choose this password" }).click();
  };
  await choose("password1234");
  await page.getByRole("alert").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Choose a password" }).waitFor();
  await choose(PASSWORD);
  await page.getByRole("heading", { name: "Add a second factor" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Add a second factor" }).waitFor();
  await setUpApp(ada, stage.now);
});
