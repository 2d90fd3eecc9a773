// The ethics desk: raised by anybody, decided by somebody independent with reasons, found again as a precedent, gone with an erasure.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dilemmaKind, dilemmaOutcome } from "../../contract/dilemmas.ts";
import { type Client, connect } from "../../sdk/client.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { governanceWith } from "../test-governance.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { lineOf } from "../signin/test-people.ts";
import { sql } from "../postgres/sql.ts";
import { DILEMMA_KINDS, DILEMMA_OUTCOMES, loadGuidance } from "./ethics.ts";

const WORDS = "My manager wants the file of Ola Berg before dinner.";
let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function hire(role: Role) {
  const rules = server.app.domains.access.roles[role];
  const { principalId, token } = await server.createClient({
    role,
    purposes: rules.purposes.slice(0, rules.purposesMax ?? 1),
    rowScope: rules.rowScopes[0] ?? "none",
  });
  return { principalId, client: connect({ url: server.url, token }) };
}

async function customer(): Promise<string> {
  const { client } = await hire("underwriter");
  const { customerId } = await client.customers.create({
    kind: "person",
    units: [{ kind: "relationship", entity: "acme", brand: "acme", line: "life", records: [] }],
  });
  return customerId;
}

const sees = async (client: Client, dilemmaId: string) =>
  (await client.dilemmas.list({ limit: 200 })).items.some((one) => one.dilemmaId === dilemmaId);
const unknown = { code: "unknown-dilemma", status: 404 };

test("kinds and outcomes are the contract's, and guidance names its source", () => {
  assert.deepEqual(dilemmaKind.options, [...DILEMMA_KINDS]);
  assert.deepEqual(dilemmaOutcome.options, [...DILEMMA_OUTCOMES]);
  const guidance = loadGuidance(`${import.meta.dirname}/../../governance/ethics`);
  for (const kind of DILEMMA_KINDS)
    assert.ok(
      guidance.some(({ kinds }) => kinds.includes(kind)),
      kind,
    );
});

test("a dilemma is decided with reasons by somebody independent, and is found as a precedent; each reading is an entry", async () => {
  const [adjuster, dpo, manager] = [await hire("claims-adjuster"), await hire("dpo"), await hire("claims-adjuster")];
  const customerId = await customer();
  const raised = await adjuster.client.dilemmas.raise({
    kind: "pressure",
    words: WORDS,
    customerId,
    involved: [manager.principalId],
  });
  assert.equal((await dpo.client.dilemmas.read(raised.dilemmaId)).words, WORDS);
  assert.equal(await sees(manager.client, raised.dilemmaId), false);
  const own = await adjuster.client.dilemmas.read(raised.dilemmaId);
  assert.deepEqual([own.words, own.mayDecide], [WORDS, false]);
  const decision = {
    outcome: "do-not-disclose",
    guidance: ["nobody-may-press"] as string[],
    reasoning: "No purpose was named.",
  } as const;
  await assert.rejects(adjuster.client.dilemmas.decide(raised.dilemmaId, decision), { status: 403 });
  await assert.rejects(dpo.client.dilemmas.decide(raised.dilemmaId, { ...decision, guidance: ["made-up"] }), {
    code: "unknown-guidance",
  });
  assert.equal((await dpo.client.dilemmas.decide(raised.dilemmaId, decision)).isDecided, true);
  await assert.rejects(dpo.client.dilemmas.decide(raised.dilemmaId, decision), { code: "wrong-state" });
  assert.equal((await adjuster.client.dilemmas.read(raised.dilemmaId)).reasoning, decision.reasoning);
  const { client: later } = await hire("compliance");
  const { items } = await later.dilemmas.list({ state: "decided", kind: "pressure", guidance: "nobody-may-press" });
  assert.ok(items.some(({ dilemmaId, outcome }) => dilemmaId === raised.dilemmaId && outcome === "do-not-disclose"));
  assert.equal((await later.dilemmas.list({ guidance: "step-aside" })).items.length, 0);
  const { ledger } = server.app.domains;
  const reads = await ledger.list({ kinds: ["ethics"], actorId: dpo.principalId }, { limit: 20 }, "cleared");
  assert.equal(reads.items.length, 2, "a reading and a decision");
});

test("neither whoever raised it, nor those involved, nor anybody not named decides or sees it", async () => {
  const [one, other, named] = [await hire("dpo"), await hire("dpo"), await hire("compliance")];
  const own = await one.client.dilemmas.raise({ kind: "odd-demand", words: WORDS });
  await assert.rejects(one.client.dilemmas.decide(own.dilemmaId, { outcome: "disclose", reasoning: "I say so" }), {
    code: "own-authority",
    status: 403,
  });
  const about = await one.client.dilemmas.raise({ kind: "other", words: WORDS, involved: [other.principalId] });
  assert.equal(await sees(other.client, about.dilemmaId), false);
  await assert.rejects(other.client.dilemmas.read(about.dilemmaId), unknown);
  const narrowed = await one.client.dilemmas.raise({ kind: "other", words: WORDS, reviewers: [named.principalId] });
  assert.equal(await sees(other.client, narrowed.dilemmaId), false);
  assert.equal(await sees(named.client, narrowed.dilemmaId), true);
  for (const reviewers of [[one.principalId], [(await hire("csr")).principalId]])
    await assert.rejects(one.client.dilemmas.raise({ kind: "other", words: WORDS, reviewers }), {
      code: "not-independent",
    });
  const { reviewers } = await one.client.dilemmas.desk();
  assert.ok(reviewers.some(({ principalId }) => principalId === named.principalId));
  assert.ok(!reviewers.some(({ principalId }) => principalId === one.principalId));
});

test("nobody above or below in the line of whoever raised it decides it, sees it, or is named to", async () => {
  const [chief, head, person, junior] = await lineOf(server, ["dpo", "dpo", "dpo", "dpo"]);
  const { client: stranger } = await hire("dpo");
  const { dilemmaId } = await person.client.dilemmas.raise({ kind: "pressure", words: WORDS });
  assert.equal(await sees(stranger, dilemmaId), true);
  const { reviewers } = await person.client.dilemmas.desk();
  const decision = { outcome: "disclose", reasoning: "It is my team" } as const;
  for (const { staffId, client } of [chief, head, junior]) {
    assert.equal(await sees(client, dilemmaId), false);
    await assert.rejects(client.dilemmas.read(dilemmaId), unknown);
    await assert.rejects(client.dilemmas.decide(dilemmaId, decision), unknown);
    assert.ok(!reviewers.some(({ principalId }) => principalId === staffId));
    const naming = person.client.dilemmas.raise({ kind: "other", words: WORDS, reviewers: [staffId] });
    await assert.rejects(naming, { code: "not-independent" });
  }
});

test("what was written lies in the database unreadable", async () => {
  const { client } = await hire("csr");
  await client.dilemmas.raise({ kind: "pressure", words: WORDS, customerId: await customer() });
  await client.dilemmas.raise({ kind: "pressure", words: WORDS });
  const rows = await server.database.owner.query<{ row: string }>(
    sql`select encode(content, 'escape') as row from authority_row where kind = 'dilemma'`,
  );
  assert.ok(rows.length >= 2 && !rows.some(({ row }) => row.includes("Ola Berg")));
});

test("guidance with a slip of the pen stops the server, with the line named", async () => {
  const governance = await governanceWith("ethics/guidance.yaml", "id: purpose-stays", "id: nobody-may-press");
  const folder = `${governance.settings.UBERRIMA_GOVERNANCE}/ethics`;
  assert.throws(() => loadGuidance(folder), {
    code: "bad-governance",
    message: /guidance\.yaml:\d+:\d+: stands here twice/,
  });
  await governance.remove();
});
