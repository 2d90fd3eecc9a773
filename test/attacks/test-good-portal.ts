// For fuzz tests: good requests of customers who sign in, whose letters land in a folder.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { asId } from "../../src/kernel/ids.ts";
import type { TestServer } from "../../src/test-server.ts";
import type { GoodRequests } from "./test-good-requests.ts";
import { type Json, listIn, type Person, personAt } from "./test-stage.ts";

const PLACE = { entity: "acme", brand: "acme", line: "life" };
let made = 0;

export interface PortalHands {
  readonly server: TestServer;
  readonly people: Readonly<Record<"admin" | "maker" | "agent" | "compliance", Person>>;
  readonly mailFolder: string;
}

export function onPortal(hands: PortalHands): GoodRequests {
  return {
    ...onRepresentation(hands),
    ...onCallers(hands),
    ...onChanges(hands),
    askSignInCode: async () => ({ body: { contact: `fuzz-${(made += 1)}@mailbox.example` } }),
    signInCustomer: async () => {
      const contact = await newContact(hands);
      const { body } = await hands.people.maker.ask("POST", "/v1/portal/codes", { contact });
      return { body: { challengeId: body["challengeId"], code: await codeTo(hands, contact) } };
    },
  };
}

function onRepresentation(hands: PortalHands): GoodRequests {
  const draft = async () => {
    const records = [{ type: "document", fields: { title: "letters testamentary" } }];
    const [customer, other] = [await newCustomer(hands, records), await newCustomer(hands, [])];
    const recordId = String(listIn(customer, "records")[0]?.["recordId"]);
    const params = { customerId: String(customer["customerId"]) };
    return { params, body: { representativeId: other["customerId"], kind: "executor", documentId: recordId } };
  };
  const requested = async () => {
    const { params, body } = await draft();
    const path = `/v1/customers/${params.customerId}/representatives`;
    const answer = await hands.people.compliance.ask("POST", path, body);
    assert.equal(answer.status, 201, answer.text);
    return { params: { ...params, representationId: String(answer.body["representationId"]) } };
  };
  return {
    requestRepresentation: draft,
    approveRepresentation: requested,
    endRepresentation: requested,
    listRepresentations: async () => ({ params: (await draft()).params }),
  };
}

function onCallers(hands: PortalHands): GoodRequests {
  const { admin, agent } = hands.people;
  const put = async () => {
    const email = `caller-${(made += 1)}@mailbox.example`;
    const body = await newCustomer(hands, [{ type: "contact", fields: { email } }]);
    const customerId = String(body["customerId"]);
    const given = await admin.ask("POST", "/v1/assignments", { customerId, clientId: agent.clientId, kind: "call" });
    assert.equal(given.status, 201, given.text);
    const contact = { recordId: String(listIn(body, "records")[0]?.["recordId"]), field: "contact.email" };
    return { customerId, contact };
  };
  const started = async () => {
    const { customerId, contact } = await put();
    const answer = await agent.ask("POST", `/v1/customers/${customerId}/calls`, { purpose: "policy-servicing" });
    assert.equal(answer.status, 201, answer.text);
    return { params: { customerId, callId: String(answer.body["callId"]) }, contact };
  };
  const calledBack = async () => {
    const { params, contact } = await started();
    const path = `/v1/customers/${params.customerId}/calls/${params.callId}/call-back`;
    assert.equal((await agent.ask("POST", path, contact)).status, 201);
    return { params };
  };
  const withContact = async () => {
    const { params, contact } = await started();
    return { params, body: contact };
  };
  return {
    startCall: async () => ({
      params: { customerId: (await put()).customerId },
      body: { purpose: "policy-servicing", interpreter: "AG-1" },
    }),
    listOwnCalls: async () => ({ params: { customerId: (await started()).params.customerId } }),
    takeFirstNotice: async () => ({
      params: { customerId: (await put()).customerId },
      body: { entity: "acme", brand: "acme", line: "life", claim: { narrative: "hail" } },
    }),
    sendCallerCode: withContact,
    answerCall: async () => ({ params: (await started()).params, body: { code: "12345678" } }),
    callBack: withContact,
    confirmCallBack: calledBack,
    endCall: async () => ({ params: (await started()).params }),
    unlockCallers: async () => ({ params: { customerId: (await put()).customerId } }),
  };
}

/** Somebody without a contact, and a person who asks for their first one by a document. */
async function firstContact({ server, people }: PortalHands) {
  const { access, signIns } = server.app.domains;
  const scope = { purposes: ["policy-servicing"], rowScope: "assignments", groups: [], entities: ["acme"] } as const;
  const agent = { ...scope, name: "Agent", role: "csr", lines: ["life"], classCeiling: null, expiresAt: null } as const;
  const principalId = await access.createStaff(agent, (await access.authenticate(people.admin.token, true))!);
  const how = { methods: ["passkey"], isStrong: true, isPhishingResistant: true, device: "", address: "" } as const;
  const { token } = await signIns.sessions.start({ principalId, ...how, lifetimeSeconds: 3600, idleSeconds: 3600 });
  const body = await newCustomer({ people }, [{ type: "document", fields: { title: "passport, seen at the desk" } }]);
  const customerId = asId(String(body["customerId"]));
  const given = { customerId, clientId: principalId, kind: "policy" };
  assert.equal((await people.admin.ask("POST", "/v1/assignments", given)).status, 201);
  const documentId = String(listIn(body, "records")[0]?.["recordId"]);
  const unitId = String(listIn(body, "units")[0]?.["unitId"]);
  const record = { unitId, type: "contact", fields: { email: "first@mailbox.example" }, documentId };
  const asker = personAt(server.url, principalId, token);
  const answer = await asker.ask("POST", `/v1/customers/${customerId}/records`, record);
  assert.equal(answer.status, 201, answer.text);
  return { params: { customerId, changeId: (answer.body["pending"] as { readonly changeId: string }).changeId } };
}

/** A change of a new customer's address that an agent has asked for. */
export async function waitingChange({ people }: Pick<PortalHands, "people">) {
  const contact = { type: "contact", fields: { email: `change-${(made += 1)}@mailbox.example` } };
  const address = { type: "address", fields: { city: "Albany" } };
  const body = await newCustomer({ people }, [contact, address]);
  const customerId = asId(String(body["customerId"]));
  const given = { customerId, clientId: people.agent.clientId, kind: "call" };
  assert.equal((await people.admin.ask("POST", "/v1/assignments", given)).status, 201);
  const recordId = asId(String(listIn(body, "records")[1]?.["recordId"]));
  const path = `/v1/customers/${customerId}/records/${recordId}/corrections`;
  const correction = { expectedRevision: 1, fields: { city: "Troy" }, reason: "moved" };
  const answer = await people.agent.ask("POST", path, correction);
  assert.equal(answer.status, 201, answer.text);
  return { params: { customerId, changeId: (answer.body["pending"] as { readonly changeId: string }).changeId } };
}

function onChanges(hands: PortalHands): GoodRequests {
  const waiting = () => waitingChange(hands);
  return {
    listPendingChanges: async () => ({ params: { customerId: (await waiting()).params.customerId } }),
    confirmChange: async () => ({ ...(await waiting()), body: { code: "12345678" } }),
    stopChange: waiting,
    vouchForChange: () => firstContact(hands),
  };
}

export async function newCustomer(
  { people: { maker } }: Pick<PortalHands, "people">,
  records: readonly object[],
): Promise<Json> {
  const units = [{ kind: "relationship", ...PLACE, records }];
  const answer = await maker.ask("POST", "/v1/customers", { kind: "person", units });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/** A paper with its bytes, sealed in the customer's relationship. */
export async function filedPaper(by: Person, customerId: string): Promise<string> {
  const path = `/v1/customers/${customerId}/documents?kind=form&mediaType=application/pdf`;
  const filed = await by.ask("POST", path, Buffer.from("signed"), { "content-type": "application/octet-stream" });
  assert.equal(filed.status, 201, filed.text);
  return String(filed.body["recordId"]);
}

async function newContact(hands: PortalHands): Promise<string> {
  const email = `fuzz-${(made += 1)}@mailbox.example`;
  await newCustomer(hands, [{ type: "contact", fields: { email } }]);
  return email;
}

/** The code in the letter to somebody. */
export async function codeTo({ server, mailFolder }: PortalHands, contact: string): Promise<string> {
  await server.app.domains.portal.settled();
  for (let attempt = 0; attempt < 400; attempt += 1) {
    await server.app.domains.mail.deliver();
    for (const name of await readdir(mailFolder)) {
      const letter = name.endsWith(".eml") ? await readFile(join(mailFolder, name), "utf8") : "";
      const code = letter.includes(`To: ${contact}`)
        ? /\b(\d{8})\b(?!\S*@)/.exec(letter.split("\n\n")[1] ?? "")?.[1]
        : undefined;
      if (code !== undefined) return code;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail("no letter came");
}
