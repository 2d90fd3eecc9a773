// Who has looked at it: day by day, in three languages, by the law that applies, smooth with thousands of looks, each with its receipt.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer } from "./test-customer.ts";
import { writeLooks } from "./test-looks.ts";
import { checkPage } from "./test-page-check.ts";

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
const LOOKS = process.env["UBERRIMA_FULL"] === "1" ? 2000 : 500;
const WORDS = {
  en: { title: "Who has looked at it", who: "Claims adjuster", why: "to handle a claim", exactly: "Exactly what" },
  es: {
    title: "Quién la ha mirado",
    who: "Tramitador de siniestros",
    why: "para tramitar un siniestro",
    exactly: "Qué exactamente",
  },
  de: {
    title: "Wer es angesehen hat",
    who: "Schadenbearbeitung",
    why: "um einen Schaden zu bearbeiten",
    exactly: "Was genau",
  },
} as const;

for (const [language, words] of Object.entries(WORDS)) {
  test(`who looked, why and at what is told in plain words, the newest first (${language})`, async () => {
    const { customerId, email } = await stage.customer({ lastName: "Lindqvist" });
    await writeLooks(stage, customerId, 6);
    const visitor = await browser.person({ locale: language });
    await signInCustomer(stage, visitor, email);
    const { page } = visitor;
    await page.goto(`${stage.site}/portal/who-looked`);
    const first = page.getByRole("button", { name: new RegExp(`${words.who}.*${words.why}`, "s") }).first();
    await first.click();
    await page.getByText(words.exactly, { exact: true }).waitFor();
    const secrets = [email, "Lindqvist"];
    await checkPage(visitor, { heading: words.title, secrets, pictures: { folder, name: `timeline-${language}` } });
    await visitor.context.close();
  });
}

test("the law's own list is offered where one applies, with what it is and why it applies", async () => {
  const { email } = await stage.customer();
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal/who-looked`);
  await page.getByRole("radio", { name: /insurance law/ }).check();
  await page.getByText("NAIC Model 670").waitFor();
  await page.getByText("because of a policy or claim of yours: car").waitFor();
  await page.getByText("There is nobody on this list").waitFor();
  const [kept] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "To print (PDF)" }).click(),
  ]);
  assert.match(kept.suggestedFilename(), /^accounting-naic-670-\d{4}-\d\d-\d\d\.pdf$/);
  await checkPage(ada, { heading: "Who has looked at it", pictures: { folder, name: "timeline-law" } });
});

test("a line opens by keys alone, and its receipt can be kept", async () => {
  const { customerId, email } = await stage.customer();
  await writeLooks(stage, customerId, 3);
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal/who-looked`);
  const line = page.getByRole("button", { name: /Claims adjuster/ }).first();
  await line.focus();
  await page.keyboard.press("Enter");
  await page.getByText("Exactly what", { exact: true }).waitFor();
  assert.equal(await line.getAttribute("aria-expanded"), "true");
  await page.getByRole("button", { name: "Check that this is true" }).click();
  await page.getByText("with this time, this reason and this role").waitFor();
  await checkPage(ada, { heading: "Who has looked at it", pictures: { folder, name: "checked" } });
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the receipt" }).click(),
  ]);
  assert.match(readFileSync(await saved.path(), "utf8"), /^c2sp.org\/tlog-proof@v1/);
});

test(`${LOOKS} looks are read to the first one, with no more than what is seen drawn at any time`, async () => {
  const { customerId, email } = await stage.customer();
  await writeLooks(stage, customerId, LOOKS);
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal/who-looked`);
  await page
    .getByRole("button", { name: /Claims adjuster/ })
    .first()
    .waitFor();
  const seen = new Set<string>();
  let drawnMost = 0;
  for (let step = 0; step < 600 && seen.size < LOOKS; step += 1) {
    const ids = (await page.evaluate(
      "[...document.querySelectorAll('[data-line]')].map((line) => line.dataset.line)",
    )) as string[];
    drawnMost = Math.max(drawnMost, ids.length);
    for (const id of ids) seen.add(id);
    await page.evaluate("window.scrollBy(0, 800)");
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }
  assert.equal(seen.size, LOOKS);
  assert.ok(drawnMost < 80, `${drawnMost} lines drawn at once`);
});

test("when the list cannot be had the page says so, and has it once it can", async () => {
  const { customerId, email } = await stage.customer();
  await writeLooks(stage, customerId, 1);
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.route("**/v1/portal/accounting?*", (route) => route.abort());
  await page.goto(`${stage.site}/portal/who-looked`);
  const alert = page.getByRole("alert").filter({ visible: true });
  await alert.getByText("does not answer").waitFor();
  await page.unroute("**/v1/portal/accounting?*");
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: /Claims adjuster/ }).waitFor();
});

test("I don't recognise this: asked by a customer, answered by somebody else, read and closed where it was asked", async () => {
  const { customerId, email } = await stage.customer();
  await writeLooks(stage, customerId, 2);
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal/who-looked`);
  await page
    .getByRole("button", { name: /Claims adjuster/ })
    .first()
    .click();
  await page.getByRole("button", { name: "I don't recognise this" }).click();
  const words = "I was abroad that week, who was it?";
  await page.getByLabel("What would you like to know?").fill(words);
  await checkPage(ada, { heading: "Who has looked at it", secrets: [words], pictures: { folder, name: "ask-about" } });
  await page.getByRole("button", { name: "Ask about this" }).click();
  await page.getByText("We are looking into it").first().waitFor();
  const { bench } = stage;
  const officer = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  const compliance = bench.as((await bench.server.createClient(officer)).token);
  const [open] = (await compliance.cases.list()).items;
  const answer = "Your adjuster asked for an estimate.";
  await compliance.cases.answer(open?.caseId ?? "", { words: answer, closes: false });
  await page.goto(`${stage.site}/portal`);
  await page.getByText("One of your questions is answered.").waitFor();
  await checkPage(ada, { heading: "Welcome", secrets: [words, answer], pictures: { folder, name: "start-news" } });
  await page.getByRole("link", { name: "See it" }).click();
  const yours = page.getByRole("region", { name: "Your questions" });
  await yours.getByRole("button", { name: "Read the answer" }).click();
  await yours.getByText(answer).waitFor();
  await checkPage(ada, {
    heading: "Who has looked at it",
    secrets: [words, answer],
    pictures: { folder, name: "answered" },
  });
  await yours.getByRole("button", { name: "This answers my question" }).click();
  await yours.waitFor({ state: "detached" });
});

test("a line that was changed on its way is told of as false, whatever the server says", async () => {
  const { customerId, email } = await stage.customer();
  await writeLooks(stage, customerId, 1);
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.route("**/v1/portal/accounting?*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace("claim-handling", "billing") });
  });
  await page.goto(`${stage.site}/portal/who-looked`);
  await page.getByRole("button", { name: /Claims adjuster.*bills and payments/s }).click();
  await page.getByRole("button", { name: "Check that this is true" }).click();
  await page.getByRole("alert").filter({ visible: true }).getByText("This line does not check").waitFor();
});
