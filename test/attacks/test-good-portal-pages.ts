// For fuzz tests: good requests of customers who have signed in at the portal.
import assert from "node:assert/strict";
import { asId } from "../../src/kernel/ids.ts";
import { createAuthenticator } from "../../src/signin/test-authenticator.ts";
import { newCustomer, type PortalHands, waitingChange } from "./test-good-portal.ts";
import { onRights } from "./test-good-rights.ts";
import type { GoodRequests } from "./test-good-requests.ts";

const PERSON = { type: "person", fields: { "first-name": "Ines", "last-name": "Fairweather" } };
const by = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

interface SignedInCustomer {
  readonly customerId: string;
  readonly token: string;
}

/** A session as a code would have begun it. */
export async function signedInCustomer(hands: PortalHands): Promise<SignedInCustomer> {
  const customerId = asId(String((await newCustomer(hands, [PERSON]))["customerId"]));
  return { customerId, token: await sessionFor(hands, customerId) };
}

async function sessionFor(hands: PortalHands, customerId: ReturnType<typeof asId>, isStrong = false): Promise<string> {
  const { access, signIns } = hands.server.app.domains;
  const { token } = await signIns.sessions.start({
    principalId: await access.enrolCustomer(customerId, access.system),
    methods: ["one-time-code"],
    isStrong,
    isPhishingResistant: isStrong,
    lifetimeSeconds: 3600,
    idleSeconds: 900,
    device: "fuzz",
    address: "127.0.0.1",
  });
  return token;
}

export function onPortalPages(hands: PortalHands): GoodRequests {
  const mine = () => own(hands);
  return {
    askCustomerPasskey: async () => ({}),
    signInCustomerByPasskey: () => passkeySignIn(hands),
    listAccountings: mine,
    getPortalAccounting: async () => ({ ...(await mine()), query: [["law", "timeline"]] }),
    getPortalAccountingDocument: async () => ({
      ...(await mine()),
      params: { form: "csv" },
      query: [["law", "timeline"]],
    }),
    getLineReceipt: () => lineOf(hands),
    openLine: async () => ({ ...(await lineOf(hands)), body: {} }),
    listOwnChanges: mine,
    stopOwnChange: async () => {
      const { customerId, changeId } = (await waitingChange(hands)).params;
      return { ...by(await sessionFor(hands, customerId)), params: { changeId } };
    },
    listOwnDataCopies: mine,
    fetchOwnDataCopy: () => dataCopyOf(hands),
    listOwnRepresentatives: mine,
    endOwnRepresentative: () => representativeOf(hands),
    getOwnPreferences: mine,
    setOwnPreferences: async () => ({ ...(await mine()), body: { language: "es", alternative: null } }),
    getPreferences: async () => ({ params: { customerId: (await signedInCustomer(hands)).customerId } }),
    setPreferences: async () => ({
      params: { customerId: (await signedInCustomer(hands)).customerId },
      body: { language: "de" },
    }),
    openCase: async () => {
      const { headers, params } = await lineOf(hands);
      return { headers, body: { entryId: params.entryId, words: "who is this?" } };
    },
    listOwnCases: mine,
    closeCase: async () => {
      const { headers, caseId } = await caseOf(hands);
      return { headers, params: { caseId } };
    },
    listCases: async () => ({ query: [["limit", "1"]] }),
    readCase: async () => ({ params: { caseId: (await caseOf(hands)).caseId } }),
    answerCase: async () => ({ params: { caseId: (await caseOf(hands)).caseId }, body: { words: "it was us" } }),
    ...onRights(hands, (customerId) => sessionFor(hands, asId(customerId))),
    listPortalTopics: mine,
    getPortalFile: mine,
    getPortalSession: mine,
    signOutCustomer: mine,
  };
}

async function passkeySignIn(hands: PortalHands) {
  const { url } = hands.server;
  const post = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.equal(answer.status, 201, path);
    return (await answer.json()) as { readonly state: string; readonly options: { readonly challenge: string } };
  };
  const authenticator = createAuthenticator(url.replace("127.0.0.1", "localhost"));
  const { headers } = await own(hands);
  const { state, options } = await post("/v1/me/passkeys/options", undefined, headers);
  await post("/v1/me/passkeys", { state, name: "key", response: authenticator.register(options) }, headers);
  const question = await post("/v1/portal/sessions/passkey-options");
  return { body: { state: question.state, response: authenticator.sign(question.options) } };
}

async function own(hands: PortalHands) {
  return by((await signedInCustomer(hands)).token);
}

/** A line of somebody's own list, which a checkpoint covers. */
async function lineOf(hands: PortalHands) {
  const { headers } = await own(hands);
  const answer = await fetch(`${hands.server.url}/v1/portal/file`, { headers });
  const { disclosureId: entryId } = (await answer.json()) as { readonly disclosureId: string };
  const { ledger } = hands.server.app.domains;
  while ((await ledger.receipt(asId(entryId))) === null) await new Promise((resolve) => setTimeout(resolve, 50));
  return { headers, params: { entryId } };
}

async function caseOf(hands: PortalHands) {
  const { headers, params } = await lineOf(hands);
  const answer = await fetch(`${hands.server.url}/v1/portal/cases`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ entryId: params.entryId, words: "who is this?" }),
  });
  assert.equal(answer.status, 201);
  return { headers, caseId: String(((await answer.json()) as { readonly caseId: string }).caseId) };
}

/** Somebody whose authority the customer may end: written down straight, as the officer's own requests are tried apart. */
async function representativeOf(hands: PortalHands) {
  const document = { type: "document", fields: { title: "power of attorney" } };
  const made = await newCustomer(hands, [PERSON, document]);
  const customerId = asId(String(made["customerId"]));
  const records = made["records"] as readonly { readonly recordId: string; readonly type: string }[];
  const documentId = records.find(({ type }) => type === "document")?.recordId ?? "";
  const other = String((await newCustomer(hands, [PERSON]))["customerId"]);
  const body = { representativeId: other, kind: "power-of-attorney", documentId };
  const answer = await hands.people.compliance.ask("POST", `/v1/customers/${customerId}/representatives`, body);
  assert.equal(answer.status, 201, answer.text);
  return {
    ...by(await sessionFor(hands, customerId)),
    params: { representationId: String(answer.body["representationId"]) },
  };
}

async function dataCopyOf(hands: PortalHands) {
  const { customerId } = await signedInCustomer(hands);
  const token = await sessionFor(hands, asId(customerId), true);
  const { access, fulfilment } = hands.server.app.domains;
  const dpo = await hands.server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const officer = await access.authenticate(dpo.token);
  const making = { customerId: asId(customerId), language: "en", requestId: null } as const;
  const { copyId } = await fulfilment.makePackage(officer!, making);
  return { ...by(token), params: { copyId, form: "html" } };
}
