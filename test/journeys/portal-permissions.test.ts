// What the customer allows and says no to, in their hands: asked for, given, seen in use, withdrawn; a no said and taken back; a notice received.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, signInCustomer } from "./test-customer.ts";
import { checkPage } from "./test-page-check.ts";

let stage: PortalStage;
let browser: TestBrowser;
let ada: Visitor;
let compliance: Client;
before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  const request = { role: "compliance", rowScope: "everything-masked" } as const;
  const { token } = await stage.bench.server.createClient({ ...request, purposes: ["complaint"] });
  compliance = stage.bench.as(token);
  ada = await browser.person();
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const heading = "Permissions and choices";

test("a permission is asked for, given and withdrawn; a no is said and taken back; a notice is received", async () => {
  const { email, customerId } = await stage.customer({ lastName: "Lindqvist" });
  const { authorizationId } = await compliance.authorizations.ask(customerId, {
    form: "naic-670-claim",
    classes: ["identity", "health"],
    purposes: ["claim-handling"],
    recipients: [{ type: "medical-provider" }],
    expiresAt: new Date(stage.bench.server.app.domains.clock.now().getTime() + 90 * 86_400_000).toISOString(),
  });
  await signInCustomer(stage, ada, email);
  const { page } = ada;
  await page.goto(`${stage.site}/portal`);
  await page.getByRole("link", { name: heading }).click();
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  await page.getByText("We ask for your permission").waitFor();
  await page.getByText("A doctor, hospital or other medical provider").waitFor();
  await checkPage(ada, { heading, secrets: [email, "Lindqvist"], pictures: { folder, name: "permissions-asked" } });
  await page.getByRole("button", { name: "I allow this", exact: true }).click();
  await page.getByText("You allow this").waitFor();
  assert.equal((await compliance.authorizations.list(customerId)).items[0]?.state, "given");
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("You withdrew this").waitFor();
  const { items } = await compliance.authorizations.list(customerId);
  assert.deepEqual(
    items.map((one) => [one.authorizationId, one.state]),
    [[authorizationId, "withdrawn"]],
  );
  await page.getByRole("button", { name: "Say no: Offers and advertising" }).click();
  await page.getByText("You said no on").waitFor();
  const no = (await compliance.choices.list(customerId)).items.find(({ choice }) => choice === "marketing");
  assert.ok(no?.saidNoAt);
  await page.getByRole("button", { name: "Privacy notice (financial information)" }).click();
  await page.getByRole("button", { name: "I have received this" }).click();
  await page.getByText("You received this on").waitFor();
  await checkPage(ada, { heading, secrets: [email, "Lindqvist"], pictures: { folder, name: "permissions" } });
  await page.getByRole("button", { name: "Take it back: Offers and advertising" }).click();
  await page.getByRole("button", { name: "Say no: Offers and advertising" }).waitFor();
  assert.deepEqual(ada.complaints, []);
});
