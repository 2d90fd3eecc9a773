// The pages of people, of who sees what, and of API clients, as an access administrator and compliance use them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Locator } from "playwright-core";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { choose, tabTo } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

let stage: JourneyStage;
let browser: TestBrowser;
let admin: Visitor;
let officer: Visitor;
before(async () => {
  [stage, browser] = await Promise.all([setJourneyStage(), openTestBrowser()]);
  [admin, officer] = await Promise.all([browser.person(), browser.person()]);
  const none = { rowScope: "none", entities: [], lines: [] };
  await signInAs(stage, admin, { name: "Ada Byron", role: "access-admin", purposes: ["administration"], ...none });
  const scope = { role: "compliance", purposes: ["audit"], rowScope: "everything-masked" };
  await signInAs(stage, officer, { name: "Grace Hopper", ...scope });
});
after(async () => {
  await browser.close();
  await stage.close();
});

/** What a screen reader says after the button's name. */
async function describedBy(button: Locator): Promise<string | null> {
  const id = await button.getAttribute("aria-describedby");
  return id === null ? null : button.page().locator(`[id="${id}"]`).textContent();
}

const folder = process.env["UBERRIMA_TEST_PICTURES"];

test("an administrator adds a person, whose link is shown once, and cannot change themselves", async () => {
  const { page } = admin;
  await page.goto(`${stage.site}/people`);
  await page.getByRole("link", { name: "Grace Hopper" }).waitFor();
  await checkPage(admin, { heading: "People", pictures: { folder, name: "people" } });
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  const invite = dialog.getByRole("button", { name: "Add and invite" });
  assert.match(
    (await describedBy(invite)) ?? "",
    /^Still missing or not right: Name, E-mail address, Role, Purposes\.$/,
  );
  await invite.press("Enter");
  await dialog.getByRole("alert").filter({ hasText: "Still missing or not right: Name" }).waitFor();
  await checkPage(admin, { heading: "People", pictures: { folder, name: "people-lacks" } });
  await dialog.getByLabel("Name").fill("Rosalind Franklin");
  await dialog.getByLabel("E-mail address").fill("rosalind@insurer.example");
  await choose(page, "Role", "Claims adjuster");
  await choose(page, "Purposes", "Claim handling");
  await dialog.getByLabel("Legal entities").fill("acme");
  await page.keyboard.press("Enter");
  await choose(page, "Lines of business", "Life");
  await checkPage(admin, { heading: "People", pictures: { folder, name: "people-add" } });
  assert.equal(await describedBy(invite), null, "nothing is missing any more");
  await invite.press("Enter");
  await dialog.getByText("It is shown now and never again").waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  assert.equal(await dialog.getByRole("button", { name: "Close" }).count(), 0, "closed by what says that it was kept");
  assert.match((await dialog.locator(".once").textContent()) ?? "", /^http.*#/);
  await checkPage(admin, { heading: "People", pictures: { folder, name: "people-link" } });
  await dialog.getByRole("button", { name: "I have passed it on" }).click();
  await page.getByRole("link", { name: "Ada Byron" }).click();
  await page.getByText("This is you.").waitFor();
  for (const name of ["Suspend", "End for good", "Send on leave"])
    assert.equal(await page.getByRole("button", { name }).count(), 0, name);
});

test("whoever types a claim's own number where Uberrima's is wanted is told so", async () => {
  const { page } = admin;
  await page.goto(`${stage.site}/access/assignments`);
  await page.getByRole("button", { name: "Assign" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Uberrima's own number of the claim, policy or case").fill("CL300030");
  await dialog.getByText("This is no number of Uberrima's own").waitFor();
  const lacks = await describedBy(dialog.getByRole("button", { name: "Assign" }));
  assert.match(lacks ?? "", /Person, Customer's number in Uberrima, Uberrima's own number of the claim/);
  await checkPage(admin, { heading: "Assignments", pictures: { folder, name: "assign-lacks" } });
  await page.keyboard.press("Escape");
});

test("somebody is sent on leave and comes back; an open reset is shown with who asked", async () => {
  const { page } = admin;
  await page.goto(`${stage.site}/people`);
  await page.getByRole("link", { name: "Grace Hopper" }).click();
  await page.getByRole("heading", { name: "Grace Hopper" }).waitFor();
  await page.getByRole("button", { name: "Lost their ways to sign in" }).click();
  await page.getByRole("radio", { name: "Two people, after a call-back" }).check();
  await page.getByLabel("Where the call is written down").fill("ticket 4711");
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByText("Tell this code to the person").waitFor();
  await page.getByRole("button", { name: "I have passed it on" }).click();
  await page.getByText("A reset waits for a second person").waitFor();
  await checkPage(admin, { heading: "Grace Hopper", pictures: { folder, name: "person" } });
  await page.getByRole("button", { name: "Cancel the reset" }).click();
  await page.getByText("A reset waits for a second person").waitFor({ state: "detached" });
  await change(page, "Send on leave");
  await page.getByText("On leave", { exact: true }).waitFor();
  await checkPage(admin, { heading: "Grace Hopper", pictures: { folder, name: "person-on-leave" } });
  await change(page, "Back from leave");
  await page.getByText("Active", { exact: true }).waitFor();
});

test("leave and suspension are undone from the notice by keys alone, each as an act of its own in the ledger", async () => {
  const { page } = admin;
  const undo = page.getByRole("region", { name: "Just done" });
  await change(page, "Send on leave");
  await undo.getByText("Grace Hopper is on leave.").waitFor();
  await page.locator("h1").press("z");
  await page.getByRole("status").filter({ hasText: "Undone." }).waitFor();
  await page.getByText("Active", { exact: true }).waitFor();
  await change(page, "Suspend");
  await undo.getByText("Grace Hopper is suspended.").waitFor();
  await tabTo(page, /^Undo/);
  await page.keyboard.press("Enter");
  await page.getByText("Active", { exact: true }).waitFor();
  const { items } = await stage.server.app.domains.ledger.list({ kinds: ["principal"] }, { limit: 20 }, "cleared");
  const entries = await Promise.all(
    items.map(({ entryId }) => stage.server.app.domains.ledger.opening(entryId, "cleared")),
  );
  const actions = entries.map((entry) => JSON.stringify(entry?.detail));
  for (const action of ["staff.leave", "staff.return", "client.suspend", "client.resume"])
    assert.ok(
      actions.some((detail) => detail?.includes(`"${action}"`)),
      action,
    );
  assert.deepEqual(admin.complaints, []);
});

test("whoever is ended for good is offered no way to sign in, and is made anew with the same address, in entities that are known or said not to be", async () => {
  const { page } = admin;
  await page.goto(`${stage.site}/people`);
  await page.getByRole("link", { name: "Rosalind Franklin" }).click();
  await page.getByText("has not enrolled yet").waitFor();
  await change(page, "End for good");
  await page.getByText("Ended for good: nothing signs them in any more.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Lost their ways to sign in" }).count(), 0);
  assert.equal(await page.getByText("has not enrolled yet").count(), 0);
  await checkPage(admin, { heading: "Rosalind Franklin", pictures: { folder, name: "person-ended" } });
  await page.goto(`${stage.site}/people`);
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Rosalind Franklin");
  await dialog.getByLabel("E-mail address").fill("rosalind@insurer.example");
  await choose(page, "Role", "Claims adjuster");
  await choose(page, "Purposes", "Claim handling");
  await dialog.getByLabel("Legal entities").fill("acmee");
  await page.keyboard.press("Enter");
  await dialog.getByText("Nobody else has acmee yet: check the spelling.").waitFor();
  await checkPage(admin, { heading: "People", pictures: { folder, name: "people-add-unknown-entity" } });
  await dialog.getByLabel("Legal entities").press("Backspace");
  await dialog.getByLabel("Legal entities").fill("acm");
  await page.getByRole("option", { name: "acme", exact: true }).click();
  assert.equal(await dialog.getByText("Nobody else has").count(), 0);
  await choose(page, "Lines of business", "Life");
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await dialog.getByText("It is shown now and never again").waitFor();
});

/** Asked about once more in a dialog. */
async function change(page: Visitor["page"], name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().click();
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

test("who sees what is a table whose cells open the rules with their texts", async () => {
  const { page } = officer;
  await page.goto(`${stage.site}/access/matrix`);
  const cell = page.getByRole("button", { name: /^Claims adjuster, Identity:/ });
  await cell.waitFor();
  await checkPage(officer, { heading: "Who sees what", pictures: { folder, name: "matrix" } });
  await cell.click();
  await page
    .getByRole("button", { name: /Show the rule/ })
    .first()
    .click();
  await page.locator("pre").filter({ hasText: "permit" }).first().waitFor();
  await checkPage(officer, { heading: "Who sees what", pictures: { folder, name: "matrix-why" } });
});

test("API clients are listed with findings; a client is suspended by whoever may", async () => {
  await stage.server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"], name: "claims core" });
  const { page } = officer;
  await page.goto(`${stage.site}/clients`);
  await page.getByRole("button", { name: "Open claims core" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Add a client" }).count(), 0);
  await checkPage(officer, { heading: "API clients", pictures: { folder, name: "clients" } });
  await page.getByRole("button", { name: "Open claims core" }).click();
  await checkPage(officer, { heading: "API clients", pictures: { folder, name: "client" } });
  await page.getByRole("button", { name: "Suspend" }).click();
  await page.getByRole("row").filter({ hasText: "claims core" }).getByText("Suspended").waitFor();
  await admin.page.goto(`${stage.site}/clients`);
  await admin.page.getByRole("button", { name: "Add a client" }).click();
  await admin.page.getByLabel("Public keys or certificate").waitFor();
  await checkPage(admin, { heading: "API clients", pictures: { folder, name: "client-add" } });
  const dialog = admin.page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("policy core");
  await choose(admin.page, "Role", "Claims adjuster");
  await choose(admin.page, "Purposes", "Claim handling");
  await dialog.getByLabel("Legal entities").fill("acme");
  await admin.page.keyboard.press("Enter");
  await choose(admin.page, "Lines of business", "Life");
  await dialog.getByRole("button", { name: "Add a client" }).press("Enter");
  await dialog.getByText("It is shown now and never again").waitFor();
  await dialog.getByRole("button", { name: "I have passed it on" }).click();
  await admin.page.getByRole("button", { name: "Open policy core" }).waitFor();
  assert.deepEqual(admin.complaints, []);
});

test("what is in whose hands is shown, and a way to give more", async () => {
  const { page } = admin;
  await page.goto(`${stage.site}/access/assignments`);
  await page.getByText("Choose somebody to see").waitFor();
  await choose(page, "Whose hands", "Grace Hopper (Compliance)");
  await page.getByText("Nothing is in their hands").waitFor();
  await checkPage(admin, { heading: "Assignments", pictures: { folder, name: "assignments" } });
  await page.getByRole("button", { name: "Assign" }).click();
  await page.getByLabel("Customer's number").waitFor();
  await checkPage(admin, { heading: "Assignments", pictures: { folder, name: "assign" } });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Teams" }).click();
  await page.getByLabel("Name of a new team").fill("storm team");
  await page.getByRole("button", { name: "Make a team" }).click();
  await page.getByRole("listitem").filter({ hasText: "storm team" }).waitFor();
});
