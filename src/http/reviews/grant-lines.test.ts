// What is lent for a time, in reviews: each grant its own line, with its own last use and its own approvers, and taken back by the review.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../../../sdk/client.ts";
import { type GrantStage, openGrantStage } from "../../grants/test-grants.ts";

let stage: GrantStage;
before(async () => {
  stage = await openGrantStage();
});
after(() => stage.close());

const ELEVATION = {
  form: "elevation",
  role: "medical-reviewer",
  purposes: ["medical-review"],
  reason: "the claim needs a look at the diagnosis",
  hours: 2,
};

test("an elevation is a line with its last use and without its holder's other acts; revoked, it lends nothing more", async () => {
  const { adjuster, compliance, dpo, server } = stage;
  const lend = async (): Promise<string> => {
    const asked = await adjuster.ask("POST", "/v1/grants", ELEVATION);
    const grantId = String(asked.body["grantId"]);
    const decided = await compliance.ask("POST", `/v1/grants/${grantId}/decisions`, { approves: true });
    assert.equal(decided.body["state"], "in-force", decided.text);
    return grantId;
  };
  const waiting = await adjuster.ask("POST", "/v1/grants", ELEVATION);
  const [used, idle] = [await lend(), await lend()];
  const asReviewer = (as: string) => stage.ask(adjuster, ["medical.diagnosis"], { as, purpose: "medical-review" });
  const formOf = async (as: string): Promise<string> => {
    const { body } = await asReviewer(as);
    return String(body["code"] ?? (body["fields"] as { readonly form: string }[])[0]?.form);
  };
  assert.equal(await formOf(used), "clear");
  await stage.ask(adjuster, ["claim.narrative"]);

  const officer = await stage.hire("security-admin", ["incident-response"]);
  const starting = connect({ url: server.url, token: officer.token }).reviews;
  const reviewing = connect({ url: server.url, token: dpo.token }).reviews;
  const { review } = await starting.create({
    name: "lent",
    scope: { subjects: ["grant"], principals: [adjuster.clientId] },
    reviewers: [compliance.clientId, dpo.clientId],
    escalation: dpo.clientId,
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  await starting.start(review.reviewId);
  const { items } = await starting.lines(review.reviewId);
  const lineOf = (grantId: string) => items.find(({ grant }) => grant?.grantId === grantId)!;
  assert.deepEqual(
    items.map(({ grant }) => grant?.grantId).toSorted(),
    [used, idle].toSorted(),
    "what waits is not lent yet",
  );
  assert.ok(!items.some(({ grant }) => grant?.grantId === waiting.body["grantId"]));
  assert.deepEqual([lineOf(used).used.acts, lineOf(used).suggestion.decision], [1, "approve"]);
  assert.notEqual(lineOf(used).used.lastAt, null);
  assert.deepEqual([lineOf(idle).used.acts, lineOf(idle).used.lastAt], [0, null]);
  assert.equal(lineOf(idle).suggestion.decision, "revoke");
  // Who approved it is not asked whether it is still needed.
  assert.ok(items.every(({ reviewer, subject }) => reviewer === dpo.clientId && subject.id === adjuster.clientId));

  const lines = items.map(({ lineId }) => lineId);
  await assert.rejects(reviewing.decide(review.reviewId, { lines, decision: "narrow", reason: "less" }), {
    code: "not-narrowable",
  });
  await reviewing.decide(review.reviewId, { lines, decision: "revoke", reason: "the claim is closed" });
  assert.equal((await starting.close(review.reviewId)).state, "complete");
  for (const grantId of [used, idle]) assert.equal(await formOf(grantId), "grant-not-in-force");
});
