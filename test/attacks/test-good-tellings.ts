// For fuzz tests: good requests about those who are to be told: somebody was given a name, its correction is refused, and a statement filed.
import assert from "node:assert/strict";
import { newPartner } from "./test-good-packages.ts";
import type { PortalHands } from "./test-good-portal.ts";
import { type GoodRequests, type Hands, newFile, type Who } from "./test-good-requests.ts";
import { listIn, type Person } from "./test-stage.ts";

export const TELLINGS_ENTITLED: Readonly<Record<string, Who>> = {
  listTellings: "dpo",
  listTellingsOfCustomer: "dpo",
  stepTelling: "dpo",
};

async function posted(by: Person, path: string, body: unknown) {
  const answer = await by.ask("POST", path, body);
  assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  return answer.body;
}

export function onTellings(hands: Hands & PortalHands): GoodRequests {
  const { adjuster, compliance, dpo } = hands.people;
  const disputed = async () => {
    const [{ recipientId }, { customerId, recordId }] = [await newPartner(hands), await newFile(hands)];
    const wanted = [{ form: "clear", fields: ["person.first-name"] }];
    const asked = { recipientId, purpose: "claim-handling", wanted, customers: [{ customerId }], delivery: "key" };
    await posted(adjuster, "/v1/packages", asked);
    const place = { country: "US", state: "CA" };
    const filed = await posted(compliance, `/v1/customers/${customerId}/rights`, { kind: "correction", place });
    const path = `/v1/rights/${String(filed["requestId"])}`;
    const [ground] = listIn((await compliance.ask("GET", path)).body, "grounds");
    await posted(dpo, `${path}/decision`, { outcome: "refused", ground: ground?.["code"], reason: "it is accurate" });
    const statement = { do: "file-statement", recordId, fields: ["first-name"], words: "it is spelt otherwise" };
    await posted(compliance, `${path}/steps`, statement);
    return customerId;
  };
  const telling = async (): Promise<string> => {
    const customerId = await disputed();
    const answer = await dpo.ask("GET", `/v1/customers/${customerId}/tellings`);
    return String(listIn(answer.body, "items")[0]?.["tellingId"]);
  };
  return {
    listTellings: async () => ({ query: [["limit", "2"]] }),
    listTellingsOfCustomer: async () => ({ params: { customerId: await disputed() } }),
    stepTelling: async () => ({
      params: { tellingId: await telling() },
      body: { do: "told", channel: "telephone", reference: "spoke to them" },
    }),
  };
}
