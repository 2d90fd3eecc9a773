// For fuzz tests: good requests about rounds of notices.
import assert from "node:assert/strict";
import type { GoodRequests, Hands, Who } from "./test-good-requests.ts";

export const ROUNDS_ENTITLED: Readonly<Record<string, Who>> = {
  askNoticeRound: "dpo",
  listNoticeRounds: "dpo",
  getNoticeRound: "dpo",
  listNoticeRoundCustomers: "dpo",
  decideNoticeRound: "compliance",
  withdrawNoticeRound: "dpo",
};

export function onRounds({ people: { dpo } }: Hands): GoodRequests {
  const draft = { notice: "gdpr", reason: "yearly notices" };
  /** Ten may be open. */
  const withdrawAll = async (): Promise<void> => {
    const { body } = await dpo.ask("GET", "/v1/notice-rounds?limit=200");
    const items = body["items"] as readonly { readonly roundId: string; readonly state: string }[];
    for (const { roundId, state } of items)
      if (state.startsWith("preview")) await dpo.ask("POST", `/v1/notice-rounds/${roundId}/withdrawal`);
  };
  const asked = async () => {
    await withdrawAll();
    const { status, text, body } = await dpo.ask("POST", "/v1/notice-rounds", draft);
    assert.equal(status, 202, text);
    return { params: { roundId: String(body["roundId"]) } };
  };
  const previewed = async () => {
    const { params } = await asked();
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      const { body } = await dpo.ask("GET", `/v1/notice-rounds/${params.roundId}`);
      const { state, found } = body as { readonly state: string; readonly found: { readonly digest: string } };
      if (state === "previewed") return { params, body: { approve: true, digest: found.digest } };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return assert.fail("the round is not previewed");
  };
  return {
    askNoticeRound: async () => {
      await withdrawAll();
      return { body: draft };
    },
    listNoticeRounds: async () => ({ query: [["limit", "2"]] }),
    getNoticeRound: asked,
    listNoticeRoundCustomers: async () => ({ ...(await asked()), query: [["verdict", "due"]] }),
    decideNoticeRound: previewed,
    withdrawNoticeRound: asked,
  };
}
