// A decision is of the request as whoever decides found it: what was proposed in the same moment is nobody's to grant, least of all its proposer's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import { grantProposed, proposedAt } from "./test-grant.ts";

const GERMANY = { country: "DE", state: null };
/** Long enough for a request to have read all that it reads, and to stand before the lock. */
const SETTLED_MS = 1500;

let accounting: TestAccounting;
let maker: Client;
let first: Client;
let second: Client;
before(async () => {
  accounting = await openTestAccounting();
  const { server, as } = accounting.bench;
  maker = as((await server.createClient({ role: "underwriter", purposes: ["underwriting"] })).token);
  const officer = { role: "dpo", purposes: ["data-subject-request"] } as const;
  [first, second] = [as((await server.createClient(officer)).token), as((await server.createClient(officer)).token)];
});
after(() => accounting?.bench.close());

const called = (surname: string) => ({ "first-name": "Iris", "last-name": surname, "birth-date": "1980-05-04" });

async function asked() {
  const unit = { kind: "relationship" as const, entity: "acme", brand: "acme", line: "auto" as const };
  const records = [{ type: "person", fields: called("Quil") }];
  const made = await maker.customers.create({ kind: "person", units: [{ ...unit, records }] });
  const customerId = asId(made.customerId);
  const self = await accounting.sessionOf(customerId);
  const { requestId } = await self.portal.rights.open({ kind: "correction", place: GERMANY });
  const propose = (by: Client, surname: string) =>
    by.rights.step(requestId, { do: "propose", recordId: made.records[0]!.recordId, fields: called(surname) });
  return { customerId, requestId, propose, recordId: asId(made.records[0]!.recordId) };
}

/** The steps in order, each begun while the customer's rows are locked, so that all have read what stood before. */
async function atOnce(customerId: Uuid, steps: readonly (() => Promise<unknown>)[]) {
  const running: Promise<PromiseSettledResult<unknown>[]>[] = [];
  await accounting.bench.server.database.database.transaction(async (tx) => {
    await tx.query(sql`select 1 from authority_head where owner_id = ${customerId} for update`);
    for (const step of steps) {
      running.push(Promise.allSettled([step()]));
      await sleep(SETTLED_MS);
    }
  });
  return (await Promise.all(running)).map(([result]) => result?.status);
}

test("whoever proposes and decides in one moment has granted nothing of their own", async () => {
  const one = await asked();
  await one.propose(second, "Quill");
  const grant = () => grantProposed(first, one.requestId);
  const [proposed, decided] = await atOnce(one.customerId, [() => one.propose(first, "Thief"), grant]);
  assert.deepEqual([proposed, decided], ["fulfilled", "rejected"]);
  const { state, outcome, proposal } = await second.rights.read(one.requestId);
  assert.deepEqual([state, outcome, proposal?.values], ["received", null, called("Thief")]);
  const { vault } = accounting.bench.server.app.domains;
  const [stored] = await vault.loadRecords([one.customerId], { recordId: one.recordId });
  assert.equal(stored?.record.revision, 1);
  await assert.rejects(grant(), { code: "own-decision" });
  assert.equal((await grantProposed(second, one.requestId)).outcome, "fulfilled");
});

test("what was proposed after somebody looked is not granted by them: it is named by its time, and none is granted unnamed", async () => {
  const one = await asked();
  await one.propose(second, "Quill");
  const { proposal } = await first.rights.read(one.requestId);
  await one.propose(second, "Thief");
  const grant = (at: string | null) => first.rights.decide(one.requestId, { outcome: "fulfilled", proposedAt: at });
  await assert.rejects(grant(proposal?.at ?? null), { code: "other-proposal" });
  await assert.rejects(grant(null), { code: "other-proposal" });
  assert.equal((await grant(await proposedAt(first, one.requestId))).outcome, "fulfilled");
});
