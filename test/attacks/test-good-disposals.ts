// For fuzz tests: good requests about the disposal of what fell due.
import assert from "node:assert/strict";
import type { GoodRequests, Hands } from "./test-good-requests.ts";

const REASON = { reason: "yearly disposal" };

export function onDisposals({ people: { compliance, dpo } }: Hands): GoodRequests {
  /** Ten may be open. */
  const withdrawAll = async (): Promise<void> => {
    const { body } = await dpo.ask("GET", "/v1/disposals?limit=200");
    const items = body["items"] as readonly { readonly disposalId: string; readonly state: string }[];
    for (const { disposalId, state } of items)
      if (state.startsWith("preview")) await dpo.ask("POST", `/v1/disposals/${disposalId}/withdrawal`);
  };
  const asked = async (): Promise<string> => {
    await withdrawAll();
    const { status, text, body } = await dpo.ask("POST", "/v1/disposals", REASON);
    assert.equal(status, 202, text);
    return String(body["disposalId"]);
  };
  const previewing = async () => ({ params: { disposalId: await asked() } });
  const until = async (disposalId: string, state: string) => {
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      const { body } = await dpo.ask("GET", `/v1/disposals/${disposalId}`);
      if (body["state"] === state) return body["found"] as { readonly digest: string };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return assert.fail(`the disposal does not become ${state}`);
  };
  const previewed = async () => {
    const disposalId = await asked();
    const { digest } = await until(disposalId, "previewed");
    return { params: { disposalId }, body: { approve: true, digest } };
  };
  let finished: string | null = null;
  /** One serves all: its end takes a round of the server. */
  const certified = async () => {
    if (finished === null) {
      const { params, body } = await previewed();
      const { status, text } = await compliance.ask("POST", `/v1/disposals/${params.disposalId}/decision`, body);
      assert.equal(status, 200, text);
      await until(params.disposalId, "complete");
      finished = params.disposalId;
    }
    for (let attempt = 0; attempt < 500; attempt += 1) {
      if ((await dpo.ask("GET", `/v1/disposals/${finished}/certificate`)).status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { params: { disposalId: finished } };
  };
  return {
    getRetentionSchedule: async () => ({}),
    askDisposal: async () => {
      await withdrawAll();
      return { body: REASON };
    },
    listDisposals: async () => ({ query: [["limit", "2"]] }),
    getDisposal: previewing,
    listDisposalUnits: certified,
    exportDisposalUnits: certified,
    printDisposalUnits: certified,
    decideDisposal: previewed,
    withdrawDisposal: previewing,
    getDisposalCertificate: certified,
  };
}
