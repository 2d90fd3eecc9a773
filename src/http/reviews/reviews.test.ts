// Reviews over HTTP, to where they count: the next request at the gate of whoever was revoked or narrowed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, type Client } from "../../../sdk/client.ts";
import { SdkError } from "../../../sdk/sdk-error.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const CLAIM = {
  kind: "person" as const,
  source: { system: "core", key: "K-1" },
  units: [
    {
      kind: "claim" as const,
      entity: "acme",
      brand: "acme",
      line: "life" as const,
      records: [{ type: "claim", fields: { number: "C-1", narrative: "slipped on ice" } }],
    },
  ],
};

interface Person {
  readonly id: string;
  readonly client: Client;
}

async function hire(request: Parameters<TestServer["createClient"]>[0]): Promise<Person> {
  const { principalId, token } = await server.createClient(request);
  return { id: principalId, client: connect({ url: server.url, token }) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof SdkError) return error.code;
    throw error;
  }
}

test("a review revokes one and narrows another, and the gate refuses both at their next question", async () => {
  const admin = connect({ url: server.url, token: server.admin.token });
  const officer = await hire({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" });
  const reviewer = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const purposes = ["claim-handling", "subrogation"] as const;
  const leaver = await hire({ role: "claims-adjuster", purposes: [...purposes] });
  const keeper = await hire({ role: "claims-adjuster", purposes: [...purposes] });
  const made = await reviewer.client.customers.create(CLAIM);
  const { customerId } = made;
  for (const { id } of [leaver, keeper]) await admin.assignments.create({ customerId, clientId: id, kind: "claim" });
  /** How the field is answered, or the code of the refusal. */
  const ask = async ({ client }: Person, purpose: "claim-handling" | "subrogation"): Promise<string> => {
    try {
      const { fields } = await client.disclose({ customerId, purpose, fields: ["claim.number"] });
      return fields[0]?.form ?? "nothing";
    } catch (error) {
      if (error instanceof SdkError) return error.code;
      throw error;
    }
  };
  assert.equal(await ask(leaver, "claim-handling"), "clear");
  assert.equal(await ask(keeper, "subrogation"), "clear");
  assert.equal(await ask(keeper, "claim-handling"), "clear");

  const drafted = await officer.client.reviews.create({
    name: "spring",
    scope: { subjects: ["client"], principals: [leaver.id, keeper.id] },
    reviewers: [reviewer.id],
    escalation: officer.id,
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const { reviewId } = drafted.review;
  await officer.client.reviews.start(reviewId);
  const { items } = await reviewer.client.reviews.lines(reviewId);
  const [first, second] = [leaver, keeper].map(({ id }) => items.find(({ subject }) => subject.id === id)!);
  assert.equal(first?.used.customers, 1);
  await reviewer.client.reviews.decide(reviewId, { lines: [first!.lineId], decision: "revoke", reason: "has left" });
  const narrowTo = { purposes: ["claim-handling" as const] };
  const narrow = { lines: [second!.lineId], decision: "narrow" as const, reason: "claims only", narrowTo };
  await reviewer.client.reviews.decide(reviewId, narrow, { idempotencyKey: "once" });
  await reviewer.client.reviews.decide(reviewId, narrow, { idempotencyKey: "once" });
  assert.equal(await codeOf(reviewer.client.reviews.close(reviewId)), "not-permitted");
  assert.deepEqual(await officer.client.reviews.close(reviewId), { reviewId, state: "complete" });

  assert.equal(await ask(leaver, "claim-handling"), "unauthenticated");
  assert.equal(await ask(keeper, "subrogation"), "denied");
  assert.equal(await ask(keeper, "claim-handling"), "clear");

  const csv = Buffer.from(await officer.client.reviews.print(reviewId, "csv")).toString("utf8");
  assert.match(csv, /"has left"/);
  const shown = await officer.client.reviews.show(reviewId);
  assert.deepEqual(
    [shown.review.state, shown.totals.revoke, shown.totals.narrow, shown.totals.toDo],
    ["complete", 1, 1, 0],
  );
});

test("to whoever is no reader and no reviewer of it there is no such review", async () => {
  const officer = await hire({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" });
  const reviewer = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const stranger = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const drafted = await officer.client.reviews.create({
    name: "autumn",
    scope: { subjects: ["client"], principals: [stranger.id] },
    reviewers: [reviewer.id],
    escalation: officer.id,
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const { reviewId } = drafted.review;
  const unknown = "0198c0de-0000-7000-8000-000000000000";
  assert.equal(await codeOf(stranger.client.reviews.show(reviewId)), "unknown-review");
  assert.equal(await codeOf(stranger.client.reviews.show(unknown)), "unknown-review");
  assert.deepEqual((await stranger.client.reviews.list()).items, []);
  assert.equal((await reviewer.client.reviews.list()).items.length, 1);
});
