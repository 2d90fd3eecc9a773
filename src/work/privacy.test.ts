// What waits for the privacy side: requests, disposals and rounds for whoever decides and never for who asked, letters counted by state, and what a law wants gone by a day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Client, connect } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { type DisposalScene, startDisposalScene } from "../retention/test-disposals.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";

const WITHIN_MS = 120_000;
const YEARS = 13;

let scene: DisposalScene;
let governance: TestGovernance;
let dpo: Client;
let compliance: Client;
let old: Uuid;
let living: Uuid;
before(async () => {
  // Everything here stands under the law of Illinois.
  governance = await governanceWith("portal/accounting.yaml", "default: US,", "default: US-IL,");
  scene = await startDisposalScene(YEARS, { settings: governance.settings });
  old = (await scene.somebody([{ kind: "claim", notes: ["claim"] }])).customerId;
  await scene.somebody([{ kind: "relationship", status: "open", notes: ["biometric"] }]);
  scene.clock.yearsBehind = 0;
  living = (
    await scene.somebody([
      { kind: "relationship", status: "open" },
      { kind: "policy", status: "open" },
    ])
  ).customerId;
  const as = (token: string): Client => connect({ url: scene.server.url, token });
  dpo = as(await scene.hireToken("dpo", "data-subject-request"));
  compliance = as(await scene.hireToken("compliance", "audit"));
});
after(async () => {
  await scene?.server.stop();
  await governance?.remove();
});

const of = async (client: Client, kind: string) =>
  (await client.work.list()).waiting.filter((item) => item.kind === kind);

async function until<Found>(look: () => Promise<Found | null>): Promise<Found> {
  for (const since = Date.now(); Date.now() - since < WITHIN_MS;) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("it does not come");
}

test("a disposal and a round of notices wait for somebody else than who asked, and for nobody once they are decided", async () => {
  const { disposalId } = await dpo.disposals.ask({ reason: "yearly disposal" });
  const { roundId } = await dpo.noticeRounds.ask({ notice: "glba", reason: "yearly notices" });
  await scene.until(disposalId as Uuid, "previewed");
  const digest = await until(async () => (await dpo.noticeRounds.get(roundId)).found?.digest ?? null);
  const ids = async (client: Client, kind: string) => (await of(client, kind)).map(({ id }) => id);
  assert.deepEqual([await ids(dpo, "disposal"), await ids(dpo, "notice-round")], [[], []]);
  assert.deepEqual(
    [await ids(compliance, "disposal"), await ids(compliance, "notice-round")],
    [[disposalId], [roundId]],
  );
  await compliance.noticeRounds.decide(roundId, { approve: true, digest });
  const { found } = await dpo.disposals.get(disposalId);
  await compliance.disposals.decide(disposalId, { approve: false, digest: found?.digest ?? "" });
  assert.deepEqual([await ids(compliance, "disposal"), await ids(compliance, "notice-round")], [[], []]);
});

test("letters that wait are counted for whoever prints them", async () => {
  const [waiting] = await until(async () => {
    const items = await of(dpo, "letter");
    return items.length === 0 ? null : items;
  });
  assert.deepEqual([waiting?.what, waiting?.count, waiting?.customerId], ["waiting", 1, null]);
});

test("a request that nobody works on waits with the day of its law", async () => {
  const { requests, access } = scene.server.app.domains;
  const officer = (await access.authenticate(await scene.hireToken("dpo", "data-subject-request"))) ?? assert.fail();
  const { requestId } = await requests.takeIn(officer, {
    customerId: living,
    kind: "access",
    about: "insurance",
    place: { country: "DE", state: null },
    words: null,
    channel: "staff",
    receivedAt: null,
    authorityDocumentId: null,
  });
  const found = (await of(dpo, "right")).find(({ id }) => id === requestId);
  assert.deepEqual([found?.what, found?.customerId, typeof found?.dueAt], ["access", living, "string"]);
  const { due } = await requests.find(requestId);
  assert.equal(found?.dueOn, due.on, "the day is the one that the request itself names, whatever the reader's clock");
  assert.ok(!(await of(dpo, "right")).some(({ customerId }) => customerId === old));
});

test("what a law wants gone by a day waits for the privacy officer, counted, with the earliest day, and stands in every preview", async () => {
  const [near] = await until(async () => {
    const items = await of(dpo, "retention-maximum");
    return items.length === 0 ? null : items;
  });
  assert.equal(near?.count, 1);
  assert.ok(Date.parse(near?.dueAt ?? "") < Date.now(), "three years after the last word of them");
  assert.deepEqual(await of(compliance, "retention-maximum"), []);
  const { disposalId } = await dpo.disposals.ask({ reason: "yearly disposal" });
  await scene.until(disposalId as Uuid, "previewed");
  const { items } = await dpo.disposals.units(disposalId, { verdict: "unjudged", limit: 200 });
  assert.deepEqual(
    items.map(({ rule, source, reason }) => [rule, source, reason]),
    [["il-bipa", "maximum", "maximum-open"]],
  );
});
