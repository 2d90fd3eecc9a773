// Journeys at the far end: a customer with two thousand records, and the main job of a day by keys alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../../sdk/client.ts";
import { assign, customerMaker, makeCustomer } from "./test-customers.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { goByKeys, tabTo } from "./test-keyboard.ts";
import { fillLongFile, loadToTheEnd, showTheLast } from "./test-long-file.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let ada: Visitor;
let bigId: string;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  const maker = await customerMaker(stage);
  const big = await makeCustomer(maker, 1);
  bigId = big.customerId;
  const { principalId, token } = await stage.server.createClient({ role: "tpa", purposes: ["claim-handling"] });
  await giveWhole(principalId);
  await fillLongFile(connect({ url: stage.server.url, token }), bigId);
  ada = await browser.person();
  const { staffId } = await signInAs(stage, ada, { purposes: ["claim-handling"] });
  const { status } = await stage.ask("POST", "/v1/assignments", {
    customerId: bigId,
    clientId: staffId,
    kind: "claim",
  });
  assert.equal(status, 201);
  for (const number of [2, 3]) await assign(stage, { staffId, customer: await makeCustomer(maker, number) });
});
async function giveWhole(clientId: string): Promise<void> {
  const { status } = await stage.ask("POST", "/v1/assignments", { customerId: bigId, clientId, kind: "claim" });
  assert.equal(status, 201);
}

after(async () => {
  await browser.close();
  await stage.close();
});

const nodes = async ({ page }: Visitor): Promise<number> =>
  Number(await page.evaluate("document.querySelectorAll('*').length"));

test("a customer with two thousand records is read to the end, a page at a time, and what is not looked at is not there", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/customers/${bigId}`);
  // More than the server answers at once: the page says so rather than look complete.
  await page.getByText("200 records are loaded; there are more.").first().waitFor();
  assert.ok((await nodes(ada)) < 3000, "what is not looked at is not there");
  await loadToTheEnd(page);
  assert.ok((await nodes(ada)) < 4000, "a long file is no longer page");
  await showTheLast(page);
});

test("the main job by keys alone: find, open, read, go on to the next, hide, and on to a place by its name", async () => {
  const { page } = ada;
  await page.goto(`${stage.site}/home`);
  await goByKeys(page, "gc");
  await page.getByRole("heading", { name: "My work" }).waitFor();
  await page
    .getByRole("link", { name: /^Claim ••••/ })
    .first()
    .waitFor();
  await page.keyboard.press("/");
  await tabTo(page, /^Claim ••••/);
  await page.keyboard.press("Enter");
  const view = page.getByRole("region", { name: "Standard view of the work in hand" });
  await view.waitFor();
  const former = await view.getByText(/slipped on ice outside/).innerText();
  await page.keyboard.press("n");
  // The address changes a moment before the page does.
  await view.getByText(former, { exact: true }).waitFor({ state: "detached" });
  await view.waitFor();
  await tabTo(page, /^Hide now$/);
  await page.keyboard.press("Enter");
  await page.getByText("Nothing is shown any more").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Go to, or do …").fill("schema");
  await page.getByText("Keys: g s").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "What can be held", level: 1 }).waitFor();
  assert.deepEqual(ada.complaints, []);
});
