// The certificate of an erasure in the portal: in part while one signs in, in whole by the code that one kept.
// At full length: the server side in src/requests/claim.test.ts and carrying-out.test.ts.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { makeAsker } from "../../src/requests/test-right-proofs.ts";
import { type Visitor } from "./test-browser.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { ask, grant, openRight, type RightsStage, setRightsStage } from "./test-right-walk.ts";

let rights: RightsStage;
before(async () => {
  rights = await setRightsStage();
});
after(() => rights?.close());

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const ERASURE = { law: "GDPR", kind: "erasure", place: { country: "DE", state: null }, rule: "EU-GDPR-17" } as const;

async function download(page: Page, name: string): Promise<Buffer> {
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  return readFile(await (await saved).path());
}

/** Both forms of it, of a whole erasure or a part. */
async function fetchCertificate({ page }: Visitor): Promise<Readonly<Record<string, unknown>>> {
  await page.getByText("Nothing can bring it back since").waitFor({ timeout: 90_000 });
  const paper = await download(page, "Certificate (PDF)");
  assert.ok(paper.subarray(0, 5).equals(Buffer.from("%PDF-")));
  const { certificate } = JSON.parse((await download(page, "With its proof (JSON)")).toString("utf8")) as {
    readonly certificate: Readonly<Record<string, unknown>>;
  };
  return certificate;
}

test("whoever was erased in part has the certificate where they sign in", async () => {
  const { customer, officer, stage } = rights;
  const asker = await makeAsker(stage.bench, ERASURE, ["policy"]);
  const { customerId, unitIds } = asker;
  const unitId = unitIds[1];
  const requestId = await ask(rights, ERASURE, asker);
  await customer.page.getByText("Keep this code").waitFor();
  await openRight(rights, officer, requestId);
  const { page } = officer;
  await choose(page, "Next", "Decide");
  await page.getByLabel("Fulfilled in part").check();
  await page.getByLabel(/^Policy/).check();
  await choose(page, "Ground", /exercise or defence/);
  await page.getByLabel("Reason").fill("Your contract still runs.");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page
    .getByRole("definition")
    .filter({ hasText: /^Fulfilled in part$/ })
    .waitFor();
  await customer.page.reload();
  const certificate = await fetchCertificate(customer);
  assert.deepEqual([certificate["customer"], certificate["unit"]], [customerId, unitId]);
  await checkPage(customer, { heading: "Your request", pictures: { folder, name: "erasure-part" } });
});

test("whoever was erased altogether has it by the code they kept, and by no other", async () => {
  const { customer, stage } = rights;
  const { page } = customer;
  const asker = await makeAsker(stage.bench, ERASURE);
  const requestId = await ask(rights, ERASURE, asker);
  const code = (await page.locator("pre").textContent()) ?? "";
  await checkPage(customer, { heading: "Your request", pictures: { folder, name: "erasure-code" } });
  await grant(rights, ERASURE, requestId);
  // The cookie stands for nobody any more.
  await page.goto(`${stage.site}/portal/rights`);
  await page.getByRole("link", { name: "Was your information erased?" }).click();
  await page.getByRole("heading", { name: "Certificate of erasure" }).waitFor();
  await page.getByLabel("The code").fill(`${code}x`);
  await page.getByRole("button", { name: "Look it up" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("The code").fill(code);
  await page.getByRole("button", { name: "Look it up" }).click();
  const certificate = await fetchCertificate(customer);
  assert.deepEqual([certificate["customer"], certificate["unit"]], [asker.customerId, null]);
  await checkPage(customer, {
    heading: "Certificate of erasure",
    secrets: [code],
    pictures: { folder, name: "erased" },
  });
});
