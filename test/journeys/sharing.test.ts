// What leaves for third parties, on the pages: looked at, refused without a contract, made, opened with the recipient's key, revoked before pickup, shown once in a room, and a token traced back.
// At full length: beside portal-room.test.ts; the server side in src/packages/.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Client } from "../../sdk/client.ts";
import { openTestBrowser, type TestBrowser, type Visitor } from "./test-browser.ts";
import { type PortalStage, setPortalStage, staffStage } from "./test-customer.ts";
import { choose } from "./test-keyboard.ts";
import { checkPage } from "./test-page-check.ts";
import { signInAs } from "./test-signed-in.ts";

let stage: PortalStage;
let browser: TestBrowser;
let adjuster: Visitor;
let reader: Visitor;
let [compliance, dpo]: [Client, Client] = [] as never;
let customerId = "";
let claimId = "";
const CONTACT = "orders@repair.example";
const identity = await generateX25519Identity();

before(async () => {
  [stage, browser] = await Promise.all([setPortalStage(), openTestBrowser()]);
  [adjuster, reader] = [await browser.person(), await browser.person()];
  const scope = { role: "claims-adjuster", purposes: ["claim-handling"], rowScope: "assignments" };
  const { staffId } = await signInAs(staffStage(stage, "adjuster@insurer.example"), adjuster, scope);
  const { server, as } = stage.bench;
  const oversight = { rowScope: "everything-masked", purposes: ["audit"] } as const;
  compliance = as((await server.createClient({ role: "compliance", ...oversight })).token);
  dpo = as((await server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
  const made = await stage.customer({ firstName: "Ada", lastName: "Marlowe" });
  [customerId, claimId] = [made.customerId, made.claimId];
  const assigned = { customerId, unitId: claimId, clientId: staffId, kind: "claim" } as const;
  await as(server.admin.token).assignments.create(assigned);
});
after(async () => {
  await browser.close();
  await stage.close();
});

const folder = process.env["UBERRIMA_TEST_PICTURES"];
const SHOP = "Dent and Paint Workshop";

type Purpose = Parameters<Client["recipients"]["contracts"]["request"]>[1]["purposes"][number];

async function contract(recipientId: string, purpose: Purpose): Promise<void> {
  const { contractId } = await compliance.recipients.contracts.request(recipientId, {
    kind: "service",
    reference: `S-${purpose}`,
    purposes: [purpose],
    classes: ["identity", "property"],
    jurisdictions: ["DE"],
    startsAt: "2020-01-01T00:00:00Z",
  });
  await dpo.recipients.contracts.approve(recipientId, contractId);
}

/** With a contract for something else only. */
async function workshop(): Promise<string> {
  const { recipientId } = await compliance.recipients.request({
    name: SHOP,
    type: "service-provider",
    jurisdiction: "DE",
    contact: CONTACT,
    verification: "Register extract, called back",
  });
  await contract(recipientId, "billing");
  await dpo.recipients.approve(recipientId);
  const { keyId } = await compliance.recipients.keys.request(recipientId, await identityToRecipient(identity));
  await dpo.recipients.keys.approve(recipientId, keyId);
  return recipientId;
}

async function opened(
  path: string,
): Promise<{ readonly lines: readonly { readonly fields: Record<string, string> }[] }> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return JSON.parse(await decrypter.decrypt(await readFile(path), "text")) as never;
}

/** Fields of one's own, looked at, as far as the button that makes the package. */
async function lookAt(fields: readonly string[], form = "Clear"): Promise<void> {
  const { page } = adjuster;
  await page.goto(`${stage.site}/sharing/new/of/${customerId}`);
  await choose(page, "Recipient", `${SHOP} (Service provider)`);
  await page.getByText("Fields of my own").click();
  await choose(page, "Purpose", "Claim handling");
  await choose(page, "Fields", ...fields);
  if (form !== "Clear") await choose(page, "The most that is wanted", form);
  await page.getByRole("textbox", { name: "Customers" }).fill(`${customerId} ${claimId}`);
  await page.getByLabel("Reason").fill("The car is repaired there");
  await page.getByRole("button", { name: "Look what would go" }).click();
}

async function madeLink(): Promise<string> {
  const { page } = adjuster;
  await page.getByRole("button", { name: "Make the package" }).click();
  await page.getByRole("heading", { name: "The package is made" }).waitFor();
  return (await page.locator(".once").textContent()) ?? "";
}

const NAMES = ["First name (Person)", "Last name (Person)"];

test("without a contract for the purpose nothing is even looked at; with one that two people approved the gate says what would go and what not", async () => {
  const recipientId = await workshop();
  const { page } = adjuster;
  await page.goto(`${stage.site}/sharing`);
  await checkPage(adjuster, { heading: "Sharing", pictures: { folder, name: "sharing-none" } });
  await page.getByRole("link", { name: "Send something" }).click();
  await choose(page, "Recipient", `${SHOP} (Service provider)`);
  await choose(page, "Recurring flow", "Repair or rental order");
  await page.getByRole("textbox", { name: "Customers" }).fill(`${customerId} ${claimId}`);
  await page.getByLabel("Reason").fill("The car is repaired there");
  await page.getByRole("button", { name: "Look what would go" }).click();
  await page.getByText("Nothing can be sent to this recipient now").waitFor();
  await contract(recipientId, "claim-handling");
  await page.getByRole("button", { name: "Look what would go" }).click();
  await page.getByRole("heading", { name: "What would go" }).waitFor();
  await checkPage(adjuster, {
    heading: "Send something",
    secrets: ["Marlowe"],
    pictures: { folder, name: "sharing-preview" },
  });
  assert.equal(await page.getByText("Marlowe").count(), 0, "nothing is opened for a preview");
});

test("the file that is taken opens with the recipient's key, and its link leads nowhere afterwards", async () => {
  const { page } = adjuster;
  const link = await madeLink();
  await checkPage(adjuster, { heading: "The package is made", pictures: { folder, name: "sharing-made" } });
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Take the .age file" }).click();
  const { lines } = await opened(await (await saved).path());
  assert.equal(lines[0]?.fields["person.last-name"], "Marlowe");
  await page.getByText("It is in your hands now").waitFor();
  await page.getByRole("link", { name: "How it stands" }).click();
  await page.getByText("Picked up", { exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Revoke it" }).count(), 0);
  await reader.page.goto(link);
  await reader.page.getByRole("button", { name: "Take the file" }).click();
  await reader.page.getByRole("alert").waitFor();
});

test("what is revoked before pickup is handed to nobody", async () => {
  const { page } = adjuster;
  await page.goto(`${stage.site}/customers/${customerId}`);
  await page.getByRole("link", { name: "Send to a third party" }).click();
  await page.getByRole("heading", { name: "Send something" }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Customers" }).inputValue(), customerId);
  await lookAt(NAMES);
  const link = await madeLink();
  await page.getByRole("button", { name: "I have passed it on" }).click();
  await page.getByRole("link", { name: "How it stands" }).click();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await page.getByRole("button", { name: "Destroy the package" }).click();
  await page.getByText("Revoked", { exact: true }).waitFor();
  await checkPage(adjuster, { heading: "A package", pictures: { folder, name: "sharing-revoked" } });
  await reader.page.goto("about:blank");
  await reader.page.goto(link);
  await reader.page.getByRole("button", { name: "Take the file" }).click();
  await reader.page.getByRole("alert").waitFor();
});

test("a room is opened once with the code to the registered contact, and not twice", async () => {
  const { page } = adjuster;
  await lookAt(NAMES);
  await page.getByRole("radio", { name: "Room that shows once" }).click();
  const link = await madeLink();
  await reader.page.goto("about:blank");
  await reader.page.goto(link);
  await reader.page.getByRole("button", { name: "Send the code" }).click();
  await reader.page.getByLabel("Code of eight digits").waitFor();
  await stage.bench.deliver();
  await reader.page.getByLabel("Code of eight digits").fill(stage.bench.codeTo(CONTACT) ?? "none");
  await reader.page.getByRole("button", { name: "Show what was sent" }).click();
  await reader.page.getByText("Marlowe").waitFor();
  assert.equal(await reader.page.getByRole("button", { name: "Keep a copy" }).count(), 0);
  await reader.page.goto("about:blank");
  await reader.page.goto(link);
  await reader.page.getByRole("button", { name: "Send the code" }).click();
  await reader.page.getByRole("alert").waitFor();
  await page.goto(`${stage.site}/sharing`);
  await choose(page, "State", "Picked up");
  await page.getByRole("cell", { name: "Room that shows once" }).waitFor();
  await checkPage(adjuster, { heading: "Sharing", pictures: { folder, name: "sharing" } });
});

test("whoever opened a room with a code makes a passkey, and opens the next one with it", async () => {
  const { page } = reader;
  await reader.addAuthenticator();
  const open = async (): Promise<void> => {
    await lookAt(NAMES);
    await adjuster.page.getByRole("radio", { name: "Room that shows once" }).click();
    const link = await madeLink();
    await page.goto("about:blank");
    await page.goto(link);
  };
  await open();
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByLabel("Code of eight digits").waitFor();
  await stage.bench.deliver();
  await page.getByLabel("Code of eight digits").fill(stage.bench.codeTo(CONTACT) ?? "none");
  await page.getByRole("button", { name: "Show what was sent" }).click();
  await checkPage(reader, {
    heading: "What was sent to you",
    secrets: ["Marlowe"],
    pictures: { folder, name: "room-passkey" },
  });
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.getByText("the next room opens with it").waitFor();
  await open();
  await page.getByRole("button", { name: "Open it with my passkey" }).click();
  await page.getByText("Marlowe").waitFor();
});

test("a token that was sent is traced back through the gate, and one that nobody was given is not", async () => {
  const { page } = adjuster;
  await lookAt(["Last name (Person)"], "Token");
  await madeLink();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Take the .age file" }).click();
  const token = (await opened(await (await saved).path())).lines[0]?.fields["person.last-name"] ?? "";
  assert.ok(token !== "" && token !== "Marlowe");
  await page.goto(`${stage.site}/sharing/tokens`);
  await choose(page, "Recipient", `${SHOP} (Service provider)`);
  await page.getByRole("textbox", { name: "Token" }).fill(`${token}x`);
  await page.getByLabel("Reason").fill("The workshop asks about its order");
  await page.getByRole("button", { name: "Ask what it stands for" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByRole("textbox", { name: "Token" }).fill(token);
  await page.getByRole("button", { name: "Ask what it stands for" }).click();
  await page.getByRole("region", { name: "What it stands for" }).getByText("Marlowe").waitFor();
  await checkPage(adjuster, {
    heading: "Tokens",
    secrets: ["Marlowe", token],
    pictures: { folder, name: "sharing-token" },
  });
  assert.deepEqual(adjuster.complaints, []);
});
