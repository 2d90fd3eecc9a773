// For fuzz tests: good requests about alerts, catastrophe modes and canaries. An alert is made as one comes about: somebody opens a canary.
import assert from "node:assert/strict";
import { type GoodRequests, type Hands, newFile } from "./test-good-requests.ts";
import { listIn } from "./test-stage.ts";

const POLLS_MAX = 400;

export function onWatch(hands: Hands): GoodRequests {
  const { dpo, custodian, adjuster } = hands.people;
  const marked = async (): Promise<string> => {
    const { customerId } = await newFile(hands);
    const { status, text } = await dpo.ask("POST", "/v1/watch/canaries", { customerId, note: "planted" });
    assert.equal(status, 201, text);
    return customerId;
  };
  const requested = async (): Promise<string> => {
    const { body, text } = await custodian.ask("POST", "/v1/watch/catastrophes", catastrophe());
    assert.ok(body["catastropheId"] !== undefined, text);
    const catastropheId = String(body["catastropheId"]);
    ended.push(catastropheId);
    // Few may stand at once.
    const old = ended.length > 20 ? ended.shift() : undefined;
    if (old !== undefined) await dpo.ask("DELETE", `/v1/watch/catastrophes/${old}`);
    return catastropheId;
  };
  const ended: string[] = [];
  return {
    listAlerts: async () => ({
      query: [
        ["state", "decided"],
        ["limit", "3"],
      ],
    }),
    getAlert: async () => ({ params: { alertId: await alerted(hands, await marked()) } }),
    decideAlert: async () => ({
      params: { alertId: await alerted(hands, await marked()) },
      body: { decision: "warned", reason: "a test of the house" },
    }),
    getWatchRules: async () => ({}),
    setStaffProfile: async () => ({
      params: { principalId: adjuster.clientId },
      body: { lastName: "Holloway", phones: ["+1 701 555 0100"] },
    }),
    listCatastrophes: async () => ({}),
    requestCatastrophe: async () => {
      await requested();
      return { body: catastrophe() };
    },
    approveCatastrophe: async () => ({ params: { catastropheId: await requested() } }),
    endCatastrophe: async () => ({ params: { catastropheId: await requested() } }),
    listCanaries: async () => ({}),
    markCanary: async () => ({ body: { customerId: (await newFile(hands)).customerId } }),
    unmarkCanary: async () => ({ params: { customerId: await marked() } }),
  };
}

function catastrophe(): object {
  const endsAt = new Date(Date.now() + 86_400_000).toISOString();
  return { reason: "hail", roles: ["claims-adjuster"], endsAt };
}

/** The alert that the opening of the canary comes to. Others join it until it is decided. */
async function alerted({ people: { adjuster, dpo } }: Hands, customerId: string): Promise<string> {
  const question = { purpose: "claim-handling", fields: ["person.last-name"] };
  const { body: disclosed } = await adjuster.ask("POST", "/v1/disclosures", { customerId, ...question });
  const entryId = String(disclosed["disclosureId"]);
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const { body } = await dpo.ask("GET", "/v1/alerts?limit=200");
    const found = listIn(body, "items").find((alert) => JSON.stringify(alert).includes(entryId));
    if (found !== undefined) return String(found["alertId"]);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail("the opening of a canary came to no alert in time");
}
