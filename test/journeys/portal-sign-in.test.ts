// Customers sign in: by a code that comes by mail, in three languages, with whatever goes wrong on the way; and leave nothing behind.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer } from "./test-customer.ts";
import { assertNothingKept, checkPage } from "./test-page-check.ts";

const HOUR_MS = 3_600_000;
const SCRIPT_BYTES_MAX = 250_000;

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
});
beforeEach(async () => {
  ada = await browser.person();
  stage.pass(HOUR_MS);
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
const alertOf = ({ page }: Visitor) => page.getByRole("alert").filter({ visible: true }).textContent();

async function askFor({ page }: Visitor, contact: string): Promise<void> {
  await page.goto(`${stage.site}/portal/sign-in`);
  await page.getByLabel("Your e-mail address").fill(contact);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByRole("heading", { name: "Type the code" }).waitFor();
}

async function type({ page }: Visitor, code: string): Promise<void> {
  await page.getByLabel("Code of eight digits").fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const WORDS = {
  en: {
    title: "Your information, and who has seen it",
    send: "Send me a code",
    code: "Code of eight digits",
    go: "Sign in",
    start: "Welcome",
  },
  es: {
    title: "Su información y quién la ha visto",
    send: "Enviarme un código",
    code: "Código de ocho cifras",
    go: "Entrar",
    start: "Le damos la bienvenida",
  },
  de: {
    title: "Ihre Daten, und wer sie gesehen hat",
    send: "Code senden",
    code: "Code mit acht Ziffern",
    go: "Anmelden",
    start: "Willkommen",
  },
} as const;

for (const [language, words] of Object.entries(WORDS)) {
  test(`a code signs in, by keys alone, and the letter speaks the page's language (${language})`, async () => {
    const { email } = await stage.customer();
    const visitor = await browser.person({ locale: language });
    const { page } = visitor;
    await page.goto(`${stage.site}/portal`);
    await checkPage(visitor, { heading: words.title, pictures: { folder, name: `sign-in-${language}` } });
    await page.locator("input[type=email]").focus();
    await page.keyboard.type(email);
    await page.keyboard.press("Enter");
    await page.getByLabel(words.code).waitFor();
    await checkPage(visitor, { heading: /./, secrets: [email], pictures: { folder, name: `code-${language}` } });
    await stage.bench.deliver();
    await page.getByLabel(words.code).focus();
    await page.keyboard.type(stage.bench.codeTo(email) ?? "none");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: words.start, level: 1 }).waitFor();
    assert.equal(new URL(page.url()).pathname.replace(/\/$/, ""), "/portal");
    assert.equal(await page.evaluate("document.documentElement.lang"), language);
    await checkPage(visitor, {
      heading: words.start,
      secrets: [email],
      pictures: { folder, name: `start-${language}` },
    });
    await visitor.context.close();
  });
}

test("whoever is not known is told what everybody is told, and no letter leaves", async () => {
  const { email } = await stage.customer();
  const said: string[] = [];
  for (const contact of [email, "nobody.at.all@mailbox.example"]) {
    await askFor(ada, contact);
    said.push((await ada.page.getByRole("main").innerText()).replaceAll(contact, "…").replaceAll(/\d/g, "0"));
  }
  assert.equal(said[0], said[1]);
  await stage.bench.deliver();
  assert.equal(stage.bench.codeTo("nobody.at.all@mailbox.example"), null);
});

test("a wrong code says so calmly, another one can be sent, and only the newest counts", async () => {
  const { email } = await stage.customer();
  await askFor(ada, email);
  await stage.bench.deliver();
  const first = stage.bench.codeTo(email) ?? "";
  await type(ada, first === "00000000" ? "11111111" : "00000000");
  assert.match((await alertOf(ada)) ?? "", /code is not right, or its time is over/i);
  await ada.page.getByRole("button", { name: "Send another code" }).click();
  await ada.page.getByText("We sent another code").waitFor();
  await stage.bench.deliver();
  const second = stage.bench.codeTo(email) ?? "";
  if (first !== second) {
    await type(ada, first);
    assert.match((await alertOf(ada)) ?? "", /code is not right/i);
  }
  await type(ada, second);
  await ada.page.getByRole("heading", { name: "Welcome" }).waitFor();
});

test("a page loaded anew while one reads the mail still takes the code, and keeps nothing of whose it is", async () => {
  const { email } = await stage.customer();
  await askFor(ada, email);
  const { page } = ada;
  await page.reload();
  await page.getByText("a code is on its way to it").waitFor();
  await checkPage(ada, { heading: "Type the code", secrets: [email], pictures: { folder, name: "code-reloaded" } });
  await page.getByRole("button", { name: "Send another code" }).click();
  await page.getByLabel("Your e-mail address").waitFor();
  await page.reload();
  await page.getByLabel("Your e-mail address").waitFor();
  await askFor(ada, email);
  await page.reload();
  await stage.bench.deliver();
  await type(ada, stage.bench.codeTo(email) ?? "none");
  await page.getByRole("heading", { name: "Welcome" }).waitFor();
  await assertNothingKept(ada, [email]);
});

test("at the limit of codes the page says that none was sent, and not that one was", async () => {
  const { email } = await stage.customer();
  await askFor(ada, email);
  const { page } = ada;
  const again = page.getByRole("button", { name: "Send another code" });
  const refusal = page.getByText(/Too many codes were asked for/);
  for (let nth = 0; nth < 20 && !(await refusal.isVisible()); nth += 1) {
    const answered = page.waitForResponse(/portal\/codes$/);
    await again.click();
    await (await answered).finished();
    await page
      .getByText(/We sent another code|Too many codes were asked for/)
      .first()
      .waitFor();
    await page.waitForTimeout(100);
  }
  await refusal.waitFor();
  assert.equal(await page.getByText(/We sent another code|a code is on its way/).count(), 0);
  await checkPage(ada, { heading: "Type the code", secrets: [email], pictures: { folder, name: "code-limit" } });
});

test("a code whose time is over does not sign in", async () => {
  const { email } = await stage.customer();
  await askFor(ada, email);
  await stage.bench.deliver();
  stage.pass(11 * 60_000);
  await type(ada, stage.bench.codeTo(email) ?? "");
  assert.match((await alertOf(ada)) ?? "", /its time is over/i);
});

test("somebody who shares the address is asked who they are, and then gets a code of their own", async () => {
  const email = "household@mailbox.example";
  await stage.customer({ email, firstName: "Ada", lastName: "Lindqvist", birthDate: "1971-03-09" });
  await stage.customer({ email, firstName: "Bo", lastName: "Lindqvist", birthDate: "1969-11-30" });
  stage.pass(HOUR_MS);
  await askFor(ada, email);
  await stage.bench.deliver();
  assert.equal(stage.bench.codeTo(email), null);
  const { page } = ada;
  await page.getByRole("button", { name: "No code has come" }).click();
  await checkPage(ada, { heading: "Type the code", pictures: { folder, name: "no-code" } });
  await page.getByLabel("First name").fill("Bo");
  await page.getByLabel("Last name").fill("Lindqvist");
  await page.getByLabel("Date of birth").fill("1969-11-30");
  await page.getByRole("button", { name: "Send a code for me" }).click();
  await page.getByText("We sent another code").waitFor();
  await stage.bench.deliver();
  await type(ada, stage.bench.codeTo(email) ?? "none");
  await page.getByRole("heading", { name: "Welcome" }).waitFor();
  await assertNothingKept(ada, [email, "Lindqvist", "1969"]);
});

test("after signing out the back button shows nothing of what was there", async () => {
  const { email } = await stage.customer();
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal`);
  await page.getByRole("link", { name: /^What we hold about you/ }).click();
  await page.getByRole("heading", { name: "What we hold about you" }).waitFor();
  await page.getByRole("button", { name: "Show: Who you are" }).click();
  await page.getByRole("region", { name: "Who you are" }).first().waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("You are signed out.").waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: WORDS.en.title }).waitFor();
  assert.equal(await page.getByText("Ada").count(), 0);
});

test("a session that is over leads to signing in, says why, and comes back to where one was", async () => {
  const { email } = await stage.customer();
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal/file`);
  await page.getByRole("heading", { name: "What we hold about you" }).waitFor();
  stage.pass(2 * HOUR_MS);
  // The page may have noticed by itself.
  const click = page.getByRole("button", { name: "Show: Who you are" }).click({ timeout: 3000 });
  await click.catch(() => undefined);
  await page.getByText("You were signed out because nothing happened").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("returnTo"), "/file");
});

test("no more script than 250 kB, compressed, comes before one can sign in", async () => {
  let bytes = 0;
  const { page } = ada;
  page.on("response", (response) => {
    if (!/\/assets\/.*\.js$/.test(response.url())) return;
    bytes += Number(response.headers()["content-length"] ?? Number.NaN);
  });
  await page.goto(`${stage.site}/portal`);
  await page.getByRole("button", { name: "Send me a code" }).waitFor();
  await page.waitForLoadState("networkidle");
  console.log(`# script before signing in: ${bytes} bytes`);
  assert.ok(bytes > 50_000 && bytes < SCRIPT_BYTES_MAX, `${bytes} bytes of script`);
});

test("when the server does not answer the page says so, and what was typed is still there", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/portal/sign-in`);
  await page.getByLabel("Your e-mail address").fill("ada@mailbox.example");
  await page.route("**/v1/portal/codes", (route) => route.abort());
  await page.getByRole("button", { name: "Send me a code" }).click();
  assert.match((await alertOf(ada)) ?? "", /does not answer/);
  assert.equal(await page.getByLabel("Your e-mail address").inputValue(), "ada@mailbox.example");
  await page.unroute("**/v1/portal/codes");
  await page.route("**/v1/portal/codes", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  const send = page.getByRole("button", { name: "Send me a code" });
  await send.click();
  assert.ok(await send.isDisabled(), "cannot be sent twice");
  await page.getByRole("heading", { name: "Type the code" }).waitFor();
});
