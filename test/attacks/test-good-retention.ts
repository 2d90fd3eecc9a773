// For fuzz tests: good requests about holds and what forbids an erasure.
import assert from "node:assert/strict";
import type { GoodRequests, Hands } from "./test-good-requests.ts";

/** Ids of a new customer: any, and one whom nothing forbids to erase. */
export interface Files {
  any(): Promise<string>;
  closed(): Promise<string>;
}

export function onRetention(hands: Hands, files: Files): GoodRequests {
  const { compliance, lawyer, dpo } = hands.people;
  const erasure = async () => ({ customerId: await files.closed(), reason: "asked for" });
  const draft = async () => ({
    reference: "L-2026-14",
    ground: "litigation-expected",
    reason: "a demand letter came",
    places: [{ customerId: await files.any() }],
  });
  const placed = async (): Promise<string> => {
    const { status, text, body } = await compliance.ask("POST", "/v1/holds", await draft());
    assert.equal(status, 201, text);
    return String(body["holdId"]);
  };
  const reason = "settled and time-barred";
  return {
    erase: async () => ({ body: await erasure() }),
    getErasure: async () => {
      const { status, text, body } = await dpo.ask("POST", "/v1/erasures", await erasure());
      assert.equal(status, 202, text);
      return { params: { erasureId: String(body["erasureId"]) } };
    },
    checkErasure: async () => ({ params: { customerId: await files.closed() } }),
    placeHold: async () => ({ body: await draft() }),
    listHolds: async () => ({ query: [["limit", "2"]] }),
    getHold: async () => ({ params: { holdId: await placed() } }),
    extendHold: async () => ({ params: { holdId: await placed() }, body: { places: (await draft()).places } }),
    askHoldRelease: async () => ({ params: { holdId: await placed() }, body: { reason } }),
    decideHoldRelease: async () => {
      const holdId = await placed();
      const asked = await lawyer.ask("POST", `/v1/holds/${holdId}/release`, { reason });
      assert.equal(asked.status, 200, asked.text);
      return { params: { holdId }, body: { approve: true } };
    },
  };
}
