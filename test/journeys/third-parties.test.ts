// Third parties, on the pages: what waits for a signature, a flow that waits for one, a report of groups in a room, and a room by the recipient's own sign-in.
// At full length: beside sharing.test.ts; the server side in src/packages/.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browse, CLIENT } from "../../src/federation/test-provider.ts";
import { openTestSharing, type TestSharing } from "../../src/packages/test-sharing.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";
import { freePort } from "./test-staff.ts";

let sharing: TestSharing;
let browser: TestBrowser;
let site = "";
let provider: Provider;
let officer: Visitor;
before(async () => {
  const port = await freePort();
  site = `http://localhost:${port}`;
  sharing = await openTestSharing({ UBERRIMA_PORT: String(port), UBERRIMA_PUBLIC_URL: site });
  [browser, provider] = await Promise.all([openTestBrowser(), startProvider()]);
  officer = await browser.person();
  await staff(officer, "compliance", "audit");
});
after(async () => {
  provider?.process.kill("SIGKILL");
  await browser?.close();
  await sharing?.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];

interface Provider {
  readonly process: ChildProcess;
  readonly issuer: string;
}

function startProvider(): Promise<Provider> {
  const script = join(import.meta.dirname, "provider-process.ts");
  const child = spawn(process.execPath, [script, `${site}/v1/rooms/callback`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.on("exit", () => reject(new Error("the provider ended")));
    child.stdout.on("data", (part: Buffer) => {
      const [, issuer] = /issuer (\S+)/.exec(part.toString()) ?? [];
      if (issuer !== undefined) resolve({ process: child, issuer });
    });
  });
}

async function staff(visitor: Visitor, role: string, purpose: string): Promise<void> {
  const server = { url: sharing.url, admin: { token: sharing.adminToken }, app: { domains: sharing.domains } };
  const stage = staffStage({ bench: { server }, site, pass: sharing.pass } as never, `${role}@insurer.example`);
  await signInAs(stage, visitor, { role, purposes: [purpose], rowScope: SCOPES[role] });
}
const SCOPES: Readonly<Record<string, string>> = {
  compliance: "everything-masked",
  "claims-adjuster": "assignments",
};

test("an officer reads what waits for a signature, what it holds up, and how it is signed", async () => {
  const { page } = officer;
  await page.goto(`${site}/access/matrix`);
  await page.getByRole("link", { name: "Signatures" }).click();
  await page.getByRole("heading", { name: /\d+ permits wait for a signature/ }).waitFor();
  const permit = page.getByRole("article", { name: "send/loss-history" });
  await permit.getByText("Loss-history report (CLUE- or A-PLUS-like)").waitFor();
  await permit.getByRole("button", { name: "How to sign it" }).click();
  await permit.getByText("- policy: send/loss-history").waitFor();
  await permit.getByText("uberrima policy sign send/loss-history").waitFor();
  await checkPage(officer, { heading: "Signatures", pictures: { folder, name: "signatures" } });
});

test("which tokens a third party holds is counted on its page, and what is retired is gone from there", async () => {
  const { recipientId } = await sharing.recipient();
  const { customerId } = await sharing.customer();
  await sharing.vendor.disclose({
    customerId,
    purpose: "policy-servicing",
    form: "token",
    fields: ["person.last-name"],
    recipient: { type: "service-provider", recipientId },
  });
  const { page } = officer;
  await page.goto(`${site}/recipients/${recipientId}`);
  const tokens = page.getByRole("region", { name: "Tokens it holds" });
  await tokens.getByRole("row").filter({ hasText: "Last name" }).getByText("Policy servicing").waitFor();
  await checkPage(officer, { heading: /./, secrets: ["Marlowe"], pictures: { folder, name: "recipient-tokens" } });
  await tokens.getByRole("button", { name: "Retire" }).click();
  await page.getByRole("button", { name: "Retire them for good" }).click();
  await tokens.getByText("It holds no tokens.").waitFor();
  assert.deepEqual(officer.complaints, []);
});

test("a flow that waits for a signature says so, and what it asks for, in the reader's language", async () => {
  await sharing.recipient(undefined, {
    recipient: { name: "Loss Records Bureau", type: "consumer-reporting-agency" },
    contract: { kind: "data-sharing", purposes: ["claim-handling"], classes: ["identity"], fields: null },
  });
  const adjuster = await browser.person({ locale: "de" });
  await staff(adjuster, "claims-adjuster", "claim-handling");
  const { customerId } = await sharing.customer();
  const { page } = adjuster;
  await page.goto(`${site}/sharing/new/of/${customerId}`);
  await choose(page, "Empfänger", /Loss Records Bureau/);
  await choose(page, "Wiederkehrender Ablauf", "Bericht zur Schadenhistorie (wie CLUE oder A-PLUS)");
  await page.getByText("Wartet auf eine Unterschrift").waitFor();
  await page.getByText("Ein Vertrag dieses Empfängers für den Zweck des Ablaufs gilt: Datenaustausch").waitFor();
  await page.getByText("Was gemeldet wird, wurde mit den Unterlagen des Schadens verglichen und ist richtig").waitFor();
  await page.getByRole("button", { name: "Ansehen, was hinausginge" }).click();
  await page.getByText("Nicht erfüllt").first().waitFor();
  await checkPage(adjuster, { heading: /./, pictures: { folder, name: "flow-waits" } });
});

test("a sponsor reads how many there are of each, and of small groups nothing, not even by subtraction", async () => {
  const contact = "benefits@orchard.example";
  const { recipientId } = await sharing.recipient(null, {
    recipient: { name: "Orchard Works", type: "plan-sponsor", contact },
    contract: {
      kind: "service",
      purposes: ["group-administration"],
      classes: ["contact", "underwriting", "identity"],
      fields: null,
    },
  });
  const { token, principalId } = await sharing.system("group-administration");
  const customers = [];
  for (const postcode of [
    ...Array.from({ length: 12 }, () => "10001"),
    ...Array.from({ length: 11 }, () => "20002"),
    "30003",
  ])
    customers.push({ customerId: await member(principalId, postcode) });
  const made = await sharing.as(token).flows.run("group-report", {
    recipientId,
    customers,
    justification: "yearly report to the sponsor",
    attested: [{ attest: "plan-document-certification", reference: "certificate of 2026-11-02" }],
    delivery: "room",
  });
  const sponsor = await browser.person();
  const { page } = sponsor;
  await page.goto(made.link ?? "");
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code of eight digits").waitFor();
  await page.getByLabel("Code of eight digits").fill(await sharing.codeTo(contact));
  await page.getByRole("button", { name: "Show what was sent" }).click();
  const table = page.getByRole("table", { name: "How many there are" });
  await table.waitFor();
  const counts = await table.getByRole("row").locator("td:last-child").allTextContents();
  assert.deepEqual(counts.toSorted(), ["12", "not told", "not told"]);
  await checkPage(sponsor, { heading: "What was sent to you", pictures: { folder, name: "room-groups" } });
});

async function member(clientId: string, postcode: string): Promise<string> {
  const place = { entity: "acme", brand: "acme", line: "health" } as const;
  const policy = { number: `P-${postcode}-${Math.random()}`, "product-code": "GROUP-A", status: "in-force" };
  const { customerId } = await sharing.maker.customers.create({
    kind: "person",
    units: [
      { ...place, kind: "relationship", records: [{ type: "address", fields: { line1: "1 Elm Street", postcode } }] },
      { ...place, kind: "policy", records: [{ type: "policy", fields: policy }] },
    ],
  });
  await sharing.as(sharing.adminToken).assignments.create({ customerId, clientId, kind: "policy" });
  return customerId;
}

/** With a provider of its own on this machine; the interface takes https alone. */
async function federated(identityClientSecret: string): Promise<string> {
  const { recipientId } = await sharing.room();
  const { recipients, access } = sharing.domains;
  const actor = (await access.authenticate(sharing.complianceToken))!;
  const { recipient } = await recipients.file(recipientId as never);
  const { name, type, jurisdiction, contact, postalAddress, subcontractors, verification } = recipient.content;
  const kept = { name, type, jurisdiction, contact, postalAddress, subcontractors, verification };
  const client = { identityProvider: provider.issuer, identityClientId: CLIENT.clientId, identityClientSecret };
  await recipients.change({ recipientId: recipientId as never, details: { ...kept, ...client } }, actor);
  await sharing.dpo.recipients.approve(recipientId);
  const { customerId } = await sharing.customer();
  const made = await sharing.vendor.packages.make({
    recipientId,
    purpose: "policy-servicing",
    wanted: [{ form: "clear", fields: ["person.last-name"] }],
    customers: [{ customerId }],
    justification: "printing and posting of a policy",
    delivery: "room",
  });
  return made.link ?? "";
}

const signIn = (page: Visitor["page"]) =>
  page.getByRole("button", { name: `Sign in at ${new URL(provider.issuer).host}` });

test("whoever their own provider signs in, to which this server proves itself by a secret, is shown the room once", async () => {
  const reader = await browser.person();
  const { page } = reader;
  await page.goto(await federated(CLIENT.secret));
  await signIn(page).click();
  await page.getByText("Your own organisation has said who you are.").waitFor();
  assert.ok(!page.url().includes("#"), "the secret is out of the address again");
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await page.getByText("Marlowe").waitFor();
  assert.deepEqual(reader.complaints, []);
});

test("a sign-in that does not count leads back to the room, which says what happened, what to do, and still opens by a code", async () => {
  const reader = await browser.person();
  const { page } = reader;
  const link = await federated(`${CLIENT.secret}-not`);
  await page.goto(link);
  await signIn(page).click();
  await page.getByRole("alert").getByText("Your sign-in did not count").waitFor();
  await checkPage(reader, {
    heading: "A confidential room",
    secrets: [new URL(link).hash.slice(1)],
    pictures: { folder, name: "room-refused" },
  });
  await page.getByRole("button", { name: "Send the code" }).waitFor();
  await page.goto(`${site}/v1/rooms/callback?code=x&state=y`);
  await page.getByRole("alert").getByText("This sign-in leads to no room").waitFor();
  await checkPage(reader, { heading: "A confidential room", pictures: { folder, name: "room-lost" } });
});

test("a provider that is away when somebody comes back is named as what is in the way, in the reader's language", async () => {
  const reader = await browser.person({ locale: "es" });
  const { page } = reader;
  await page.goto(await federated(CLIENT.secret));
  // They have signed in there already when it goes away.
  await page.route(`${provider.issuer}**`, async (route) => {
    const back = await browse(route.request().url(), `${site}/v1/rooms/callback`);
    provider.process.kill("SIGKILL");
    await new Promise((resolve) => provider.process.once("exit", resolve));
    await route.fulfill({ status: 303, headers: { location: back.href } });
  });
  await page.getByRole("button", { name: new URL(provider.issuer).host }).click();
  await page.getByRole("alert").getByText("Su proveedor de identidad no respondió").waitFor();
  await checkPage(reader, { heading: /./, pictures: { folder, name: "room-away" } });
});
