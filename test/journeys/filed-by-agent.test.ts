// A request that an agent brings on paper: filed with the paper that shows their authority, sealed in the customer's file, and checked by somebody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeAsker } from "../../src/requests/test-right-proofs.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { type RightsStage, setRightsStage } from "./test-right-walk.ts";

let rights: RightsStage;
before(async () => {
  rights = await setRightsStage();
});
after(() => rights?.close());

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const ACCESS = { law: "GDPR", kind: "access", place: { country: "DE", state: null }, rule: "EU-GDPR-15" } as const;

test("an agent's request is filed with the paper that shows their authority, sealed, and who checked it is told", async () => {
  const { second, officer, stage } = rights;
  const { customerId } = await makeAsker(stage.bench, ACCESS);
  const { page } = second;
  await page.goto(`${stage.site}/rights/new`);
  await page.getByLabel("Customer's id").fill(customerId);
  await page.getByRole("switch", { name: "An agent asks for them" }).check();
  await choose(page, "Asks for", "See what is held");
  await choose(page, "Country where they live", "Germany");
  assert.ok(await page.getByRole("button", { name: "File it" }).isDisabled(), "not without the paper");
  const buffer = Buffer.from("%PDF-1.7 signed permission");
  const scan = { name: "permission.pdf", mimeType: "application/pdf", buffer };
  await page.locator("input[type=file]").setInputFiles(scan);
  await page.getByText("It is in the customer's file now").waitFor();
  await checkPage(second, { heading: "File a request", pictures: { folder, name: "rights-file-agent" } });
  await page.getByRole("button", { name: "File it" }).click();
  await page.getByText("Authority of the agent").waitFor();
  const requestId = page.url().slice(page.url().lastIndexOf("/") + 1);
  await officer.page.goto(`${stage.site}/rights/${requestId}`);
  await choose(officer.page, "Next", "Record an identity check");
  await choose(officer.page, "How", "The paper that was filed shows the agent's authority");
  await officer.page.getByLabel("They are who they say").check();
  await officer.page.getByRole("button", { name: "Record", exact: true }).click();
  const shown = officer.page.getByRole("definition").filter({ hasText: "The paper that was filed shows" });
  await shown.filter({ hasText: "Grace Hopper" }).waitFor();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "rights-agent" } });
  const { authorityDocumentId } = await rights.dpo.rights.read(requestId, { words: "left" });
  const { vault } = stage.bench.server.app.domains;
  const papers = await vault.loadRecords([customerId], { recordTypes: ["document"] });
  assert.deepEqual(
    papers.map(({ record }) => record.recordId),
    [authorityDocumentId],
  );
  for (const { complaints } of [second, officer]) assert.deepEqual(complaints, []);
});
