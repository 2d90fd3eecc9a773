// Journeys of the call desk to their end: callers verified by a code, by their answers, by a call-back that somebody else confirms; then work, changes
// that wait, and losses taken down.
// At full length: the server side in src/callers/ and src/http/customers/first-notice.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codeIn, startSmtpServer, type TestSmtpServer } from "../../src/mail/test-smtp-server.ts";
import { sql } from "../../src/postgres/sql.ts";
import { connect } from "../../sdk/client.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { assign, customerMaker, type JourneyCustomer, makeCustomer } from "./test-customers.ts";
import { choose } from "./test-keyboard.ts";
import { assertNothingKept, checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { type JourneyStage, setJourneyStage } from "./test-staff.ts";

const TEAM = "first notices";
/** Contacts count once they have stood for three days. */
const SETTLED_MS = 4 * 86_400_000;
const RIGHT: readonly (readonly [RegExp, string])[] = [
  [/bank/, "Hudson Bank"],
  [/four digits of that account/, "8004"],
  [/employer/, "Harbour Bakery"],
  [/occupation/, "baker"],
];

let stage: JourneyStage;
let smtp: TestSmtpServer;
let browser: TestBrowser;
let agent: Visitor;
let other: Visitor;
let customers: JourneyCustomer[];
before(async () => {
  smtp = await startSmtpServer();
  [stage, browser] = await Promise.all([setJourneyStage(smtp.settings), openTestBrowser()]);
  const maker = await customerMaker(stage);
  customers = [1, 2, 3, 4].map(() => undefined as never);
  for (const at of customers.keys()) customers[at] = await makeCustomer(maker, at + 1);
  stage.pass(SETTLED_MS);
  [agent, other] = [await browser.person(), await browser.person()];
  const csr = { role: "csr", purposes: ["policy-servicing", "claim-handling", "complaint"] };
  const { staffId } = await signInAs(stage, agent, { name: "Ada Byron", ...csr });
  const { staffId: otherId } = await signInAs(stage, other, { name: "Grace Hopper", ...csr });
  for (const customer of customers) {
    await assign(stage, { staffId, customer, kind: "call" });
    await assign(stage, { staffId: otherId, customer, kind: "call" });
  }
});
after(async () => {
  await browser.close();
  await stage.close();
  await smtp.stop();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];

async function codeTo(email: string): Promise<string> {
  const { mail, database } = stage.server.app.domains;
  await mail.deliver();
  // The server's own background may have some of them under way.
  while ((await database.query(sql`select 1 from mail_outbox`)).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return codeIn(smtp.letters, email) ?? assert.fail("no code came");
}

async function beginCall({ page }: Visitor, { customerId }: JourneyCustomer): Promise<void> {
  await page.goto(`${stage.site}/desk/${customerId}`);
  await page.getByText("The caller is not verified.").waitFor();
  await page.getByRole("button", { name: "Begin the call" }).click();
  await page.getByText("The caller is not verified yet").waitFor();
}

test("a code to a contact on file verifies the caller, whose call is there again after the page was left; then the work is clear", async () => {
  const { page } = agent;
  const [customer] = customers as [JourneyCustomer];
  await beginCall(agent, customer);
  const email = page
    .getByRole("listitem")
    .or(page.locator("div"))
    .filter({ hasText: /^E-?mail/i });
  assert.ok((await email.count()) > 0, "the agent sees which contacts there are");
  await page.getByRole("button", { name: "Send a code" }).first().click();
  await page.getByText("The code is on its way").waitFor();
  await page.goto(`${stage.site}/home`);
  await page.goto(`${stage.site}/desk/${customer.customerId}`);
  await page.getByText("The code is on its way").waitFor();
  await checkPage(agent, {
    heading: "On the telephone",
    secrets: customer.secrets,
    pictures: { folder, name: "call-code" },
  });
  const code = await codeTo("rosalind-1@mailbox.example");
  await page
    .getByLabel("Code that the caller reads out")
    .fill(code.replace(/\d$/, (last) => String((Number(last) + 1) % 10)));
  await page.getByRole("button", { name: "Check the code" }).click();
  await page.getByRole("alert").filter({ hasText: "did not verify" }).waitFor();
  await page.getByLabel("Code that the caller reads out").fill(code);
  await page.getByRole("button", { name: "Check the code" }).click();
  await page.getByText("The caller is verified by a code").waitFor();
  await page.reload();
  await page.getByText("The caller is verified by a code").waitFor();
  await checkPage(agent, {
    heading: "On the telephone",
    secrets: customer.secrets,
    pictures: { folder, name: "call-verified" },
  });
  await page
    .getByRole("link", { name: /^Policy/ })
    .first()
    .click();
  const view = page.getByRole("region", { name: "Standard view of the work in hand" });
  await view.getByText("Quillfeather").first().waitFor();
  await assertNothingKept(agent, customer.secrets);
  await page.goto(`${stage.site}/desk/${customer.customerId}`);
  await page.getByRole("button", { name: "End the call" }).click();
  await page.getByText("The caller is not verified.").waitFor();
  assert.deepEqual(agent.complaints, []);
});

test("right answers verify a caller; which were right is told to nobody", async () => {
  const { page } = agent;
  const customer = customers[3]!;
  await beginCall(agent, customer);
  for (const [question, answer] of RIGHT) {
    const field = page.getByRole("textbox", { name: question });
    if ((await field.count()) > 0) await field.first().fill(answer);
  }
  await checkPage(agent, {
    heading: "On the telephone",
    secrets: ["Hudson Bank", "Harbour Bakery"],
    pictures: { folder, name: "call-questions" },
  });
  await page.getByRole("button", { name: "Check the answers" }).click();
  await page.getByText("The caller is verified by their answers").waitFor();
});

test("a request rests on the call that verified its customer; a file that callers failed at is none, for any request", async () => {
  const { server } = stage;
  const { token } = await server.createClient({ role: "dpo", purposes: ["data-subject-request"], lines: ["life"] });
  const filer = connect({ url: server.url, token });
  const file = async ({ customerId }: JourneyCustomer, kind: "access" | "restriction"): Promise<string> =>
    (await filer.rights.file(customerId, { kind, place: { country: "DE", state: null } })).requestId;
  const officer = await browser.person();
  await signInAs(stage, officer, { name: "Lise Meitner", role: "dpo", purposes: ["data-subject-request"] });
  const identify = async (requestId: string): Promise<void> => {
    await officer.page.goto(`${stage.site}/rights/${requestId}`);
    await choose(officer.page, "Next", "Record an identity check");
    await choose(officer.page, "How", "A call in which they were verified");
  };
  const { page } = officer;
  await identify(await file(customers[3]!, "access"));
  await page.getByText("Answers to questions: the call is under way").waitFor();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "known-by-call" } });
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page
    .getByRole("definition")
    .filter({ hasText: /^known$/ })
    .waitFor();
  const [call] = await page.getByText("in the call").getByRole("button").allTextContents();
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "shown-by-call" } });
  await agent.page.goto(`${stage.site}/desk/${customers[3]!.customerId}`);
  assert.match(call ?? "", /^[0-9a-f]{8}$/);
  await agent.page.getByText("It showed who made the request").waitFor();
  await checkPage(agent, { heading: "On the telephone", pictures: { folder, name: "call-shows" } });
  const locked = customers[2]!;
  const sendCode = async (): Promise<void> => {
    await beginCall(agent, locked);
    await agent.page.getByRole("button", { name: "Send a code" }).first().click();
    await agent.page.getByText("The code is on its way").waitFor();
  };
  const requests = [await file(locked, "access"), await file(locked, "restriction")];
  await identify(requests[0]!);
  await page.getByText("Nobody has this customer verified on the line now").waitFor();
  await sendCode();
  const code = await codeTo("rosalind-3@mailbox.example");
  await agent.page.getByLabel("Code that the caller reads out").fill(code);
  await agent.page.getByRole("button", { name: "Check the code" }).click();
  await agent.page.getByText("The caller is verified by a code").waitFor();
  await page.getByRole("button", { name: "Look again" }).click();
  await page.getByText("A code sent to a contact on file: the call is under way").waitFor();
  await agent.page.getByRole("button", { name: "End the call" }).click();
  await sendCode();
  for (let tries = 0; tries < 3; tries += 1) {
    const answered = agent.page.waitForResponse((answer) => answer.url().endsWith("/answers"));
    await agent.page.getByLabel("Code that the caller reads out").fill("00000000");
    await agent.page.getByRole("button", { name: "Check the code" }).click();
    await answered;
    await agent.page.getByRole("alert").filter({ hasText: "did not verify" }).waitFor();
  }
  for (const requestId of requests) {
    await identify(requestId);
    await page.getByText("Nobody has this customer verified on the line now").waitFor();
    assert.ok(await page.getByRole("button", { name: "Record", exact: true }).isDisabled());
  }
  await checkPage(officer, { heading: "Rights request", pictures: { folder, name: "known-by-no-call" } });
  await agent.page.getByRole("button", { name: "End the call" }).click();
  await agent.page.getByRole("button", { name: "Begin the call" }).click();
  await agent.page.getByRole("alert").filter({ hasText: "failed too often" }).waitFor();
  assert.deepEqual(officer.complaints, []);
  await officer.context.close();
});

test("a call-back counts once a colleague has confirmed it, who is told of it", async () => {
  const { page } = agent;
  const customer = customers[1]!;
  await beginCall(agent, customer);
  await page.getByRole("button", { name: "I called this number back" }).first().click();
  await page.getByText("it counts once a colleague has confirmed it").waitFor();
  await page.goto(`${stage.site}/access/requests`);
  await page.getByRole("heading", { name: "Requests" }).waitFor();
  assert.equal(
    await page.getByRole("button", { name: "Confirm the call-back" }).count(),
    0,
    "nobody confirms their own",
  );
  await other.page.goto(`${stage.site}/home`);
  await other.page.getByRole("link", { name: "A call-back to confirm" }).first().click();
  await other.page.getByText("A call-back waits for a second person").waitFor();
  await checkPage(other, { heading: "Requests", secrets: customer.secrets, pictures: { folder, name: "call-back" } });
  await other.page.getByRole("button", { name: "Confirm the call-back" }).click();
  await other.page.getByText("A call-back waits for a second person").waitFor({ state: "detached" });
  await page.goto(`${stage.site}/desk/${customer.customerId}`);
  await page.getByText("The caller is verified by a call-back").waitFor();
  assert.deepEqual(other.complaints, []);
});

test("a loss is taken down in one act, and is in the hands of the team that takes first notices", async () => {
  const adjuster = await browser.person();
  const { staffId } = await signInAs(stage, adjuster, { name: "Emmy Noether" });
  assert.equal((await stage.ask("POST", "/v1/teams", { name: TEAM })).status, 201);
  await stage.ask("POST", "/v1/teams/members", { team: TEAM, principalId: staffId, change: "add" });
  const { page } = agent;
  const customer = customers[2]!;
  await page.goto(`${stage.site}/desk/${customer.customerId}`);
  await page.getByLabel("Date of loss").fill("2026-11-20");
  await page.getByLabel("What happened").fill("hail broke the skylight above the oven");
  await page.getByRole("button", { name: "Take it down" }).click();
  await page.getByText(`It is in the hands of: ${TEAM}.`).waitFor();
  await assertNothingKept(agent, ["hail broke", ...customer.secrets]);
  await checkPage(agent, {
    heading: "On the telephone",
    secrets: customer.secrets,
    pictures: { folder, name: "first-notice" },
  });
  await adjuster.page.goto(`${stage.site}/home`);
  await adjuster.page
    .getByRole("link", { name: /^Claim/ })
    .first()
    .click();
  await adjuster.page.getByText("hail broke the skylight").waitFor();
  assert.deepEqual(adjuster.complaints, []);
  await adjuster.context.close();
});

test("a changed address waits for the customer's code; another one is stopped at the customer's word", async () => {
  const { page } = agent;
  const customer = customers[0]!;
  const change = async (city: string): Promise<void> => {
    await page.goto(`${stage.site}/customers/${customer.customerId}/records`);
    await choose(page, "Which record");
    await page.getByRole("combobox", { name: "Which record" }).click();
    await page
      .getByRole("option", { name: /Address/ })
      .first()
      .click();
    await page.getByLabel("City").fill(city);
    await page.getByLabel("Why it is corrected").fill("the caller has moved");
    await page.getByRole("button", { name: "Correct it" }).click();
    await page.getByText("It waits for the customer").waitFor();
  };
  await change("Troy");
  await page.getByText("not confirmed yet").waitFor();
  const secrets = ["Troy", ...customer.secrets];
  await checkPage(agent, { heading: "Correct a record", secrets, pictures: { folder, name: "change-waits" } });
  await page.getByLabel("Code that the customer reads out").fill("00000000");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "The code is not right" }).waitFor();
  await page.getByLabel("Code that the customer reads out").fill(await codeTo("rosalind-1@mailbox.example"));
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await page.getByText("confirmed", { exact: true }).waitFor();
  await page.goto(`${stage.site}/home`);
  await page.getByRole("link", { name: "A change that waits" }).first().click();
  await page.getByRole("button", { name: "Stop it" }).click();
  await page.getByRole("button", { name: "Stop it" }).waitFor({ state: "detached" });
  assert.deepEqual(agent.complaints, []);
});
