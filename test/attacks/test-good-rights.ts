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

/** Everything of somebody erased under their own request, and the code that they kept; waits for the end of it where `isFinal`. */
async function claimed(hands: WithSessions, isFinal: boolean) {
  const { headers, params } = await asked(hands);
  const own = await fetch(`${hands.server.url}/v1/portal/rights/${params.requestId}`, { headers });
  const { claimCode: code } = (await own.json()) as { readonly claimCode: string };
  const { token } = await hands.server.createClient({ role: "dpo", purposes: ["complaint"] });
  const by = { authorization: `Bearer ${token}` };
  await send(hands, `/v1/rights/${params.requestId}/decision`, by, { outcome: "fulfilled" });
  if (!isFinal) return { body: { code } };
  for (let attempt = 0; ; attempt += 1) {
    const { items } = await send(hands, "/v1/portal/erasure-claims", {}, { code });
    const { erasureId } = (items as { readonly erasureId: string }[])[0]!;
    const claim = { code, erasureId };
    const answer = await fetch(`${hands.server.url}/v1/portal/erasure-claims/certificate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(claim),
    });
    if (answer.ok || attempt > 20) return { body: claim };
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
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

/** By somebody else than who then says who it is from. */
async function filed(hands: PortalHands) {
  const path = `/v1/customers/${await customer(hands)}/rights`;
  const { token } = await hands.server.createClient({ role: "dpo", purposes: ["complaint"] });
  const body = await send(hands, path, { authorization: `Bearer ${token}` }, { kind: "access", place: PLACE });
  return { requestId: String(body["requestId"]) };
}

export function onRights(portal: PortalHands, sessionFor: SessionFor): GoodRequests {
  const hands = { ...portal, sessionFor };
  // One serves all: its end takes a while.
  let lastClaim: ReturnType<typeof claimed> | null = null;
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
    claimErasures: () => claimed(hands, false),
    claimErasureCertificate: () => (lastClaim ??= claimed(hands, true)),
    decideRightAppeal: async () => ({ ...(await appealed(hands)), body: { outcome: "upheld", reason: "as before" } }),
  };
}
