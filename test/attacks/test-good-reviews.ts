// For fuzz tests: requests about reviews of access that succeed, each on somebody made for it, so that nobody else loses anything by a decision.
import assert from "node:assert/strict";
import type { Asked } from "./test-openapi.ts";
import { type Json, listIn, type Person } from "./test-stage.ts";

interface ReviewPeople {
  readonly starter: Person;
  readonly reviewer: Person;
  readonly escalation: Person;
  /** Somebody new to be reviewed. */
  readonly subject: () => Promise<string>;
}

type Good = () => Promise<Partial<Asked>>;

export function goodReviews({ starter, reviewer, escalation, subject }: ReviewPeople): Readonly<Record<string, Good>> {
  const draft = async (): Promise<Json> => ({
    name: "made for a test",
    scope: { subjects: ["client"], principals: [await subject()] },
    reviewers: [reviewer.clientId],
    escalation: escalation.clientId,
    dueAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  });
  const drafted = async (): Promise<string> => {
    const { body } = await done(starter, "/v1/reviews", await draft());
    return String((body["review"] as Json)["reviewId"]);
  };
  const started = async (): Promise<string> => {
    const reviewId = await drafted();
    await done(starter, `/v1/reviews/${reviewId}/start`, undefined);
    return reviewId;
  };
  const decisions = async (reviewId: string): Promise<Json> => {
    const { body } = await reviewer.ask("GET", `/v1/reviews/${reviewId}/lines`);
    const lines = listIn(body, "items").map((line) => line["lineId"]);
    return { lines, decision: "approve", reason: "still needed" };
  };
  const at = async (made: Promise<string>): Promise<Partial<Asked>> => ({ params: { reviewId: await made } });
  return {
    createReview: async () => ({ body: await draft() }),
    listReviews: async () => ({ query: [["limit", "2"]] }),
    showReview: () => at(started()),
    startReview: () => at(drafted()),
    listReviewLines: async () => ({ ...(await at(started())), query: [["limit", "2"]] }),
    decideReviewLines: async () => {
      const reviewId = await started();
      return { params: { reviewId }, body: await decisions(reviewId) };
    },
    closeReview: async () => {
      const reviewId = await started();
      await done(reviewer, `/v1/reviews/${reviewId}/decisions`, await decisions(reviewId));
      return { params: { reviewId } };
    },
    cancelReview: async () => ({ ...(await at(started())), body: { reason: "begun by mistake" } }),
    exportReviewCsv: () => at(started()),
    exportReviewPdf: () => at(started()),
  };
}

async function done(by: Person, path: string, body: unknown) {
  const answer = await by.ask("POST", path, body);
  assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  return answer;
}
