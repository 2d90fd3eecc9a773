// For fuzz tests: good requests about holds and what forbids an erasure.
import assert from "node:assert/strict";
import type { GoodRequests, Hands } from "./test-good-requests.ts";

interface File {
  readonly customerId: string;
  readonly claimId: string;
}

export function onRetention(hands: Hands, newFile: () => Promise<File>): GoodRequests {
  const { compliance, lawyer, dpo, adjuster } = hands.people;
  /** Nothing forbids its erasure. */
  const closed = async (): Promise<string> => {
    const { customerId, claimId } = await newFile();
    const path = `/v1/customers/${customerId}/units/${claimId}`;
    const { status, text } = await adjuster.ask("PATCH", path, { status: "closed" });
    assert.equal(status, 200, text);
    return customerId;
  };
  const erasure = async () => ({ customerId: await closed(), reason: "asked for" });
  let finished: string | null = null;
  /** One serves all: its end takes a while. */
  const certified = async () => {
    const { body } = finished === null ? await dpo.ask("POST", "/v1/erasures", await erasure()) : { body: {} };
    finished ??= String((body as Readonly<Record<string, unknown>>)["erasureId"]);
    for (let attempt = 0; attempt < 2000; attempt += 1) {
      if ((await dpo.ask("GET", `/v1/erasures/${finished}/certificate`)).status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { params: { erasureId: finished } };
  };
  const draft = async () => ({
    reference: "L-2026-14",
    ground: "litigation-expected",
    reason: "a demand letter came",
    places: [{ customerId: (await newFile()).customerId }],
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
    getErasureCertificate: certified,
    printErasureCertificate: certified,
    checkErasure: async () => ({ params: { customerId: await closed() } }),
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
