// For fuzz tests: good requests about letters on paper.
import assert from "node:assert/strict";
import type { GoodRequests, Hands, Who } from "./test-good-requests.ts";
import type { Answer } from "./test-stage.ts";

export const LETTERS_ENTITLED: Readonly<Record<string, Who>> = {
  listLetters: "dpo",
  countLetters: "dpo",
  getLetter: "dpo",
  stepLetter: "dpo",
  listLettersOfCustomer: "dpo",
  sendNoticeByLetter: "dpo",
  listLetterBatches: "dpo",
  makeLetterBatch: "dpo",
  getLetterBatch: "dpo",
  printLetterBatch: "dpo",
  postLetterBatch: "dpo",
  dissolveLetterBatch: "dpo",
};
const NOTICE = { kind: "privacy-notice", notice: "glba" };
const PLACE = { entity: "acme", brand: "acme", line: "life" };
const ADDRESS = { line1: "1 Elm Street", city: "Boston", postcode: "02110" };

export function onLetters({ people: { admin, dpo, maker } }: Hands): GoodRequests {
  const asked = async (path: string, body: object = {}): Promise<Answer["body"]> => {
    const answer = await dpo.ask("POST", path, body);
    assert.ok(answer.status < 300, `${path}: ${answer.text}`);
    return answer.body;
  };
  const living = async (): Promise<{ readonly customerId: string }> => {
    const records = [
      { type: "person", fields: { "first-name": "Mara", "last-name": "Holloway" } },
      { type: "address", fields: ADDRESS },
    ];
    const draft = { kind: "person", units: [{ kind: "relationship", ...PLACE, records }] };
    const made = await maker.ask("POST", "/v1/customers", draft);
    assert.equal(made.status, 201, made.text);
    const customerId = String(made.body["customerId"]);
    const given = { customerId, clientId: dpo.clientId, kind: "case" };
    assert.equal((await admin.ask("POST", "/v1/assignments", given)).status, 201);
    return { customerId };
  };
  const queued = async () => {
    const { customerId } = await living();
    const { letterId } = await asked(`/v1/customers/${customerId}/letters`, NOTICE);
    return { customerId, letterId: String(letterId) };
  };
  const batched = async () => {
    await queued();
    const { batchId } = await asked("/v1/letter-batches");
    return { batchId: String(batchId) };
  };
  const posting = async () => {
    const params = await batched();
    const path = `/v1/letter-batches/${params.batchId}`;
    const { status, text } = await dpo.ask("POST", `${path}/print`);
    assert.equal(status, 200, text);
    const printed = (await dpo.ask("GET", path)).body["printed"] as { readonly digest: string; readonly at: string };
    return { params, body: { digest: printed.digest, on: printed.at.slice(0, 10) } };
  };
  return {
    listLetters: async () => ({ query: [["state", "waiting"]] }),
    countLetters: async () => ({}),
    getLetter: async () => ({ params: { letterId: (await queued()).letterId } }),
    stepLetter: async () => ({ params: { letterId: (await queued()).letterId }, body: { step: "cancel" } }),
    listLettersOfCustomer: async () => ({ params: { customerId: (await queued()).customerId } }),
    sendNoticeByLetter: async () => ({ params: await living(), body: NOTICE }),
    listLetterBatches: async () => ({ query: [["limit", "2"]] }),
    makeLetterBatch: async () => {
      await queued();
      return { body: { sides: "two" } };
    },
    getLetterBatch: async () => ({ params: await batched() }),
    printLetterBatch: async () => ({ params: await batched() }),
    postLetterBatch: posting,
    dissolveLetterBatch: async () => ({ params: await batched() }),
  };
}
