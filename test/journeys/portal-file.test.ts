// What we hold about me: by topic, covered until asked for, in part by a code and whole by a passkey, with a receipt; kept nowhere.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer } from "./test-customer.ts";
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
const DAYS_MS = 4 * 86_400_000;

async function openFile(): Promise<{ readonly email: string }> {
  const { email } = await stage.customer({ firstName: "Ada", lastName: "Lindqvist", phone: "+12125550143" });
  stage.pass(DAYS_MS);
  await signInCustomer(stage, ada, email);
  await ada.page.goto(`${stage.site}/portal/file`);
  await ada.page.getByRole("heading", { name: "What we hold about you" }).waitFor();
  return { email };
}

const show = async (topic: string) => {
  await ada.page.getByRole("button", { name: `Show: ${topic}` }).click();
  const region = ada.page.locator("[data-clear]").filter({ visible: true }).last();
  await region.waitFor();
  return region;
};

test("nothing is asked for until somebody asks; a topic then shows what is held, in part for a code, with its receipt", async () => {
  const asked: string[] = [];
  ada.page.on("request", (request) => void (request.url().includes("/v1/portal/file") && asked.push(request.url())));
  const { email } = await openFile();
  assert.deepEqual(asked, []);
  await checkPage(ada, { heading: "What we hold about you", secrets: [email], pictures: { folder, name: "file" } });
  const region = await show("Who you are");
  assert.equal(asked.length, 1);
  assert.match(await region.innerText(), /in part/);
  assert.ok(!(await region.innerText()).includes("Lindqvist"), "a code is one factor");
  await show("Money");
  await show("How we reach you");
  await ada.page.getByRole("button", { name: "Why do you have this?" }).first().click();
  const secrets = [email, "Lindqvist", "2125550143", "77110042"];
  await checkPage(ada, { heading: "What we hold about you", secrets, pictures: { folder, name: "file-open" } });
  const [saved] = await Promise.all([
    ada.page.waitForEvent("download"),
    region.getByRole("button", { name: "Save the receipt" }).click(),
  ]);
  assert.match(readFileSync(await saved.path(), "utf8"), /^c2sp.org\/tlog-proof@v1/);
});

test("whoever reads Spanish or German reads what each thing is called in it", async () => {
  await openFile();
  const { page } = ada;
  for (const [language, button, names] of [
    ["es", "Mostrar: Quién es usted", ["Nombre", "Apellidos"]],
    ["de", "Zeigen: Wer Sie sind", ["Vorname", "Nachname"]],
  ] as const) {
    await page.evaluate(`localStorage.setItem("uberrima-language", "${language}")`);
    await page.reload();
    await page.getByRole("button", { name: button }).click();
    for (const name of names) await page.getByRole("term").getByText(name, { exact: true }).waitFor();
    assert.equal(await page.getByRole("term").getByText("First name").count(), 0);
  }
});

test("what was shown is covered when the tab is hidden, and goes when it is put away", async () => {
  await openFile();
  const region = await show("Who you are");
  await ada.page.evaluate(
    "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }), document.dispatchEvent(new Event('visibilitychange'))",
  );
  await ada.page.getByText("Covered while nobody looked").waitFor();
  assert.equal(await ada.page.locator("[data-clear]").count(), 0);
  await ada.page.getByRole("button", { name: "Show again" }).click();
  await region.getByRole("button", { name: "Hide now" }).click();
  await ada.page.getByRole("button", { name: "Show: Who you are" }).waitFor();
  assert.equal(await ada.page.locator("[data-clear]").count(), 0);
});

test("keys alone open a topic and put it away again", async () => {
  await openFile();
  const { page } = ada;
  const tabTo = async (name: string) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(
        "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent",
      );
      if (label === name) return;
    }
    assert.fail(`no key leads to ${name}`);
  };
  await tabTo("Show: Who you are");
  await page.keyboard.press("Enter");
  await page.locator("[data-clear]").waitFor();
  const isFocused = async (selector: string): Promise<boolean> =>
    (await page.locator(`${selector}:focus`).count()) === 1;
  assert.ok(await isFocused("[role=group]"), "the focus is where the button was");
  await tabTo("Hide now");
  await page.keyboard.press("Enter");
  await page.locator("[data-clear]").waitFor({ state: "detached" });
  assert.ok(await isFocused("[aria-label='Show: Who you are']"), "and is back with what was hidden");
});
