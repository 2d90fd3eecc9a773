// For fuzz tests: good requests about packages for third parties.
import assert from "node:assert/strict";
import { createAuthenticator } from "../../src/signin/test-authenticator.ts";
import { codeTo, type PortalHands } from "./test-good-portal.ts";
import { onRecipients, RECIPIENT_ENTITLED } from "./test-good-recipients.ts";
import { listIn, type Person } from "./test-stage.ts";
import { type GoodRequests, type Hands, newFile, type Who } from "./test-good-requests.ts";

/** The example of a recipient in the documents of age. */
const PUBLIC_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const TERMS = {
  kind: "service",
  reference: "S-1",
  purposes: ["claim-handling"],
  classes: ["identity"],
  jurisdictions: ["US"],
  startsAt: "2020-01-01T00:00:00Z",
};
const FLOW = { flow: "repair-order" };
let made = 0;

export const PACKAGE_ENTITLED: Readonly<Record<string, Who>> = {
  ...RECIPIENT_ENTITLED,
  previewPackage: "adjuster",
  makePackage: "adjuster",
  listPackages: "adjuster",
  getPackage: "adjuster",
  revokePackage: "adjuster",
  resolveToken: "adjuster",
  listFlows: "auditor",
  previewFlow: "adjuster",
  runFlow: "adjuster",
  endRecipientPasskey: "custodian",
  countGivenTokens: "auditor",
  retireGivenTokens: "custodian",
};

export function onPackages(hands: Hands & PortalHands): GoodRequests {
  const { adjuster } = hands.people;
  const partner = () => newPartner(hands);
  const question = async () => {
    const [{ recipientId, contact }, { customerId }] = [await partner(), await newFile(hands)];
    const wanted = [{ form: "clear", fields: ["person.first-name"] }];
    return { contact, body: { recipientId, purpose: "claim-handling", wanted, customers: [{ customerId }] } };
  };
  const sent = async (delivery: "key" | "room") => {
    const { body, contact } = await question();
    const answer = await posted(adjuster, "/v1/packages", { ...body, delivery });
    const { packageId } = answer["package"] as { readonly packageId: string };
    hands.ids.set("packageId", [...(hands.ids.get("packageId") ?? []), packageId]);
    return { packageId, contact, secret: String(answer["secret"]) };
  };
  const flowRun = async () => {
    const [{ recipientId }, { customerId, claimId }] = [await partner(), await newFile(hands)];
    return { recipientId, customers: [{ customerId, workContext: { unitId: claimId } }] };
  };
  const code = async () => {
    const { secret, contact } = await sent("room");
    const asked = await adjuster.ask("POST", "/v1/rooms/codes", { secret });
    assert.equal(asked.status, 202, asked.text);
    return { secret, code: await codeTo(hands, contact) };
  };
  const opened = async () => {
    const answer = await adjuster.ask("POST", "/v1/rooms/openings", await code());
    assert.equal(answer.status, 200, answer.text);
    const { packageId, passkey } = answer.body as unknown as OpenedRoom;
    const site = hands.server.url.replace("127.0.0.1", "localhost");
    const response = createAuthenticator(site).register(passkey.options);
    return { packageId: String(packageId), state: passkey.state, response };
  };
  const withPasskey = async () => {
    const body = await opened();
    const passkeyId = String((await posted(adjuster, "/v1/rooms/passkeys", body))["id"]);
    const face = await adjuster.ask("GET", `/v1/packages/${body.packageId}`);
    return { recipientId: String(face.body["recipientId"]), passkeyId };
  };
  return {
    ...onRecipients(hands),
    previewPackage: async () => ({ body: (await question()).body }),
    makePackage: async () => ({ body: { ...(await question()).body, delivery: "key" } }),
    listPackages: async () => ({ query: [["limit", "1"]] }),
    getPackage: async () => ({ params: { packageId: (await sent("key")).packageId } }),
    revokePackage: async () => ({ params: { packageId: (await sent("key")).packageId } }),
    pickUpPackage: async () => ({ body: { secret: (await sent("key")).secret } }),
    askRoomCode: async () => ({ body: { secret: (await sent("room")).secret } }),
    listFlows: async () => ({}),
    previewFlow: async () => ({ params: FLOW, body: await flowRun() }),
    runFlow: async () => ({ params: FLOW, body: { ...(await flowRun()), delivery: "key" } }),
    ...onTokens(hands),
    askRoomWays: async () => ({ body: { secret: (await sent("room")).secret } }),
    addRoomPasskey: async () => ({ body: await opened() }),
    endRecipientPasskey: async () => ({ params: await withPasskey() }),
    openRoom: async () => ({ body: await code() }),
  };
}

function onTokens(hands: Hands & PortalHands): GoodRequests {
  const sent = async () => tokenSent(hands, (await newPartner(hands)).recipientId);
  return {
    resolveToken: async () => ({ body: await sent() }),
    countGivenTokens: async () => ({ params: { recipientId: (await sent()).recipientId } }),
    retireGivenTokens: async () => ({
      params: { recipientId: (await sent()).recipientId, field: "person.first-name" },
    }),
  };
}

interface OpenedRoom {
  readonly packageId: string;
  readonly passkey: { readonly state: string; readonly options: { readonly challenge: string } };
}

async function tokenSent(hands: Hands, recipientId: string) {
  const { customerId } = await newFile(hands);
  const asked = { customerId, purpose: "claim-handling", fields: ["person.first-name"], form: "token" };
  const recipient = { type: "service-provider", recipientId };
  const answer = await hands.people.adjuster.ask("POST", "/v1/disclosures", { ...asked, recipient });
  const [field] = listIn(answer.body, "fields");
  return { recipientId, token: String(field?.["value"]), purpose: "claim-handling" };
}

async function posted(by: Person, path: string, body?: unknown) {
  const answer = await by.ask("POST", path, body);
  assert.equal(answer.status, 201, `${path}: ${answer.text}`);
  return answer.body;
}
/** Approved, with contract, key and contact. */
export async function newPartner({ people: { compliance, dpo } }: Hands) {
  const contact = `room-${(made += 1)}@partner.example`;
  const draft = {
    name: "Repairs",
    type: "service-provider",
    jurisdiction: "US",
    verification: "called back",
    contact,
  };
  const recipientId = String((await posted(compliance, "/v1/recipients", draft))["recipientId"]);
  const path = `/v1/recipients/${recipientId}`;
  const { contractId } = await posted(compliance, `${path}/contracts`, TERMS);
  const { keyId } = await posted(compliance, `${path}/keys`, { publicKey: PUBLIC_KEY });
  const waiting = [path, `${path}/contracts/${String(contractId)}`, `${path}/keys/${String(keyId)}`];
  for (const each of waiting) await posted(dpo, `${each}/approval`);
  return { recipientId, contact };
}
