// A customer's settings, rights and representatives: a passkey is added by a code, signs in alone, shows all once it has waited, and is removed again.
// At full length: beside portal-sign-in.test.ts; the server side in src/portal/ and src/preferences/.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer } from "./test-customer.ts";
import { checkPage } from "./test-page-check.ts";

const DAYS_MS = 4 * 86_400_000;

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
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

const folder = process.env["UBERRIMA_TEST_PICTURES"];

async function enter(): Promise<string> {
  const { email } = await stage.customer({ lastName: "Lindqvist" });
  await signInCustomer(stage, ada, email);
  await ada.page.goto(`${stage.site}/portal`);
  return email;
}

const go = async (name: string) => {
  await ada.page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
  await ada.page.getByRole("heading", { name, level: 1 }).waitFor();
};

test("the start page says what waits of one's own, and stops what one did not ask for", async () => {
  const { page } = ada;
  const { email, customerId, recordIds } = await stage.customer({ lastName: "Lindqvist" });
  const { access, signIns } = stage.bench.server.app.domains;
  const admin = stage.bench.server.admin.token;
  const scope = { purposes: ["policy-servicing"], rowScope: "assignments", groups: [], entities: ["acme"] } as const;
  const agent = { ...scope, name: "Agent", role: "csr", lines: ["auto"], classCeiling: null, expiresAt: null } as const;
  const clientId = await access.createStaff(agent, (await access.authenticate(admin))!);
  await stage.bench.as(admin).assignments.create({ customerId, clientId, kind: "call" });
  const how = { methods: ["passkey"], isStrong: true, isPhishingResistant: true, device: "", address: "" } as const;
  const session = { principalId: clientId, ...how, lifetimeSeconds: 3600, idleSeconds: 3600 };
  const { token } = await signIns.sessions.start(session);
  const record = { customerId, recordId: recordIds.get("bank-account")! };
  const change = { expectedRevision: 1, fields: { "holder-name": "Somebody Else" }, reason: "the caller says so" };
  await stage.bench.as(token).customers.correct(record, change);
  await signInCustomer(stage, ada, email);
  await page.goto(`${stage.site}/portal`);
  await page.getByText("Somebody asked us to change this for you: Bank account: Account holder.").waitFor();
  await checkPage(ada, {
    heading: "Welcome",
    secrets: [email, "Somebody Else"],
    pictures: { folder, name: "start-waiting" },
  });
  await page.getByRole("button", { name: "I did not ask for this: stop it" }).click();
  await page.getByRole("button", { name: "Stop the change" }).click();
  await page.getByText("The change is stopped, and nothing was changed.").waitFor();
  await page.getByText("A change waits").waitFor({ state: "detached" });
});

test("a passkey is set up by a code, signs in alone, shows everything once it has waited, and is removed again", async () => {
  const authenticator = await ada.addAuthenticator();
  const { page } = ada;
  const email = await enter();
  await go("Your settings");
  await page.getByRole("button", { name: "Set up a passkey" }).click();
  await page.getByText("Passkey 1", { exact: true }).waitFor();
  await page.getByText("It is new: from").waitFor();
  assert.equal(await authenticator.credentials(), 1);
  await checkPage(ada, { heading: "Your settings", secrets: [email], pictures: { folder, name: "settings" } });
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("You are signed out.").waitFor();
  stage.pass(DAYS_MS);
  await page.clock.setSystemTime(stage.bench.server.app.domains.clock.now());
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("heading", { name: "Welcome" }).waitFor();
  await page.getByText("You signed in with a code").waitFor({ state: "detached" });
  await go("What we hold about you");
  await page.getByRole("button", { name: "Show: Who you are" }).click();
  await page.locator("[data-clear]").getByText("Lindqvist").waitFor();
  const secrets = [email, "Lindqvist"];
  await checkPage(ada, { heading: "What we hold about you", secrets, pictures: { folder, name: "file-whole" } });
  await page.getByRole("link", { name: "Back to the start" }).click();
  await go("Your settings");
  await page.getByRole("button", { name: "Remove: Passkey 1" }).click();
  await page.getByText("Passkey 1", { exact: true }).waitFor({ state: "detached" });
});

test("what needs to have signed in just now says so, and leads there and back", async () => {
  await ada.addAuthenticator();
  const { page } = ada;
  await enter();
  stage.pass(11 * 60_000);
  await page.reload();
  await go("Your settings");
  await page.getByText("first sign in once more with a new code").first().waitFor();
  await page.getByRole("button", { name: "Sign in again" }).first().click();
  await page.waitForURL(/\/portal\/sign-in\?returnTo=%2Fsettings|\/portal\/sign-in\?returnTo=\/settings/);
});

test("another place where one is signed in is ended from here, and is out at its next step", async () => {
  const email = await enter();
  const other = await browser.person();
  await signInCustomer(stage, other, email);
  await signInCustomer(stage, ada, email);
  await other.page.goto(`${stage.site}/portal/file`);
  await other.page.getByRole("heading", { name: "What we hold about you" }).waitFor();
  const { page } = ada;
  await page.goto(`${stage.site}/portal/settings`);
  await page.getByText("Here, now").waitFor();
  const ends = page.getByRole("button", { name: "End it" });
  for (let left = await ends.count(); left > 0; left -= 1) {
    await ends.nth(left - 1).click();
    await ends.nth(left - 1).waitFor({ state: "detached" });
  }
  await other.page.reload();
  await other.page.getByRole("button", { name: "Send me a code" }).waitFor();
  assert.deepEqual(other.complaints, []);
  await other.context.close();
});

test("another address is chosen with word of what happens then, stands, and is given up again; it is kept nowhere", async () => {
  await enter();
  await go("Your settings");
  const { page } = ada;
  await page.getByRole("button", { name: "Use another address" }).click();
  const other = "elsewhere@mailbox.example";
  await page.getByLabel("The other e-mail address").fill(other);
  await page.getByText("For 72 hours we send no codes").waitFor();
  await checkPage(ada, { heading: "Your settings", secrets: [other], pictures: { folder, name: "reach" } });
  await page.getByRole("button", { name: "Use this address" }).click();
  await page.getByText("We write to another e-mail address only").waitFor();
  await checkPage(ada, { heading: "Your settings", secrets: [other], pictures: { folder, name: "reach-stands" } });
  await page.getByRole("button", { name: "Go back to my usual addresses" }).click();
  await page.getByText("We use the addresses that you gave us.").waitFor();
});

test("the language that was chosen is that of every later visit, on whatever device", async () => {
  const email = await enter();
  await go("Your settings");
  await ada.page.getByRole("combobox", { name: "Your language" }).click();
  await ada.page.getByRole("option", { name: "Deutsch" }).click();
  await ada.page.getByRole("heading", { name: "Ihre Einstellungen" }).waitFor();
  const other = await browser.person();
  stage.pass(300_000);
  await other.page.goto(`${stage.site}/portal`);
  await other.page.getByLabel("Your e-mail address").fill(email);
  await other.page.getByRole("button", { name: "Send me a code" }).click();
  await other.page.getByLabel("Code of eight digits").waitFor();
  await stage.bench.deliver();
  await other.page.getByLabel("Code of eight digits").fill(stage.bench.codeTo(email) ?? "none");
  await other.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.page.getByRole("heading", { name: "Willkommen" }).waitFor();
  await other.context.close();
});

test("rights and representatives are told in plain words", async () => {
  await enter();
  await go("Your rights");
  await checkPage(ada, { heading: "Your rights", pictures: { folder, name: "rights" } });
  await ada.page.getByRole("link", { name: "Back to the start" }).click();
  await go("Acting for somebody");
  await ada.page.getByText("You are not registered as acting for anybody.").waitFor();
  await checkPage(ada, { heading: "Acting for somebody", pictures: { folder, name: "people" } });
});
