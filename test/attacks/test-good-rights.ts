// For fuzz tests: good requests about customers' rights, of customers and of those who answer.
import assert from "node:assert/strict";
import { newCustomer, type PortalHands } from "./test-good-portal.ts";
import type { GoodRequests, Who } from "./test-good-requests.ts";

export const RIGHTS_ENTITLED: Readonly<Record<string, Who>> = {
  listRights: "compliance",
  listRightsWorkers: "compliance",
  fileRight: "dpo",
  listCustomerRights: "compliance",
  readRight: "compliance",
  takeRightStep: "compliance",
  tryRightIdentity: "compliance",
  decideRight: "dpo",
  decideRightAppeal: "compliance",
};

const PLACE = { country: "US", state: "CA" };

const customer = async (hands: PortalHands): Promise<string> => String((await newCustomer(hands, []))["customerId"]);

type SessionFor = (customerId: string) => Promise<string>;
type WithSessions = PortalHands & { readonly sessionFor: SessionFor };

async function signedIn(hands: WithSessions) {
  const token = await hands.sessionFor(await customer(hands));
  return { headers: { authorization: `Bearer ${token}` } };
}

async function send(hands: PortalHands, path: string, headers: Record<string, string>, body: unknown) {
  const answer = await fetch(`${hands.server.url}${path}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path} ${answer.status}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function asked(hands: WithSessions) {
  const { headers } = await signedIn(hands);
  const { requestId } = await send(hands, "/v1/portal/rights", headers, {
    kind: "erasure",
    place: PLACE,
    words: "all",
  });
  return { headers, params: { requestId: String(requestId) } };
}

async function appealed(hands: WithSessions) {
  const { headers, params } = await asked(hands);
  const { token } = await hands.server.createClient({ role: "dpo", purposes: ["complaint"] });
  const refusal = { outcome: "refused", ground: "claim-or-proceeding", reason: "it is needed" };
  const by = { authorization: `Bearer ${token}` };
  await send(hands, `/v1/rights/${params.requestId}/decision`, by, refusal);
  await send(hands, `/v1/portal/rights/${params.requestId}/steps`, headers, { do: "appeal", words: "no" });
  return { params };
}

async function filed(hands: PortalHands) {
  const path = `/v1/customers/${await customer(hands)}/rights`;
  const answer = await hands.people.compliance.ask("POST", path, { kind: "access", place: PLACE });
  assert.equal(answer.status, 201, answer.text);
  return { requestId: String(answer.body["requestId"]) };
}

export function onRights(portal: PortalHands, sessionFor: SessionFor): GoodRequests {
  const hands = { ...portal, sessionFor };
  const forThem = async () => ({ params: (await asked(hands)).params });
  return {
    openOwnRight: async () => ({ ...(await signedIn(hands)), body: { kind: "access", place: PLACE, words: "a copy" } }),
    listOwnRights: () => signedIn(hands),
    listOwnTellings: () => signedIn(hands),
    readOwnRight: () => asked(hands),
    takeOwnRightStep: async () => ({ ...(await asked(hands)), body: { do: "message", words: "how long?" } }),
    listRights: async () => ({ query: [["limit", "2"]] }),
    listRightsRules: async () => ({}),
    listRightsWorkers: async () => ({}),
    fileRight: async () => ({ params: { customerId: await customer(hands) }, body: { kind: "access", place: PLACE } }),
    listCustomerRights: async () => ({ params: { customerId: await customer(hands) } }),
    readRight: forThem,
    takeRightStep: async () => ({ ...(await forThem()), body: { do: "comment", words: "look at the claim" } }),
    tryRightIdentity: async () => ({ params: await filed(hands), body: { method: "documents", passed: true } }),
    decideRight: async () => ({ ...(await forThem()), body: { outcome: "fulfilled" } }),
    decideRightAppeal: async () => ({ ...(await appealed(hands)), body: { outcome: "upheld", reason: "as before" } }),
  };
}
