// Whoever sets back the time of an entry in the database ends no duty and no period: moments are read under the entries' seals.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";
import { type DisposalScene, startDisposalScene } from "./test-disposals.ts";

let scene: DisposalScene;
let governance: TestGovernance;
let officer: Authenticated;
let operator: pg.Client;
before(async () => {
  governance = await governanceWith("portal/accounting.yaml", "entities: {}", "entities: { acme: US-NY }");
  scene = await startDisposalScene(0, { settings: governance.settings });
  officer = await scene.hire("dpo", "data-subject-request");
  operator = new pg.Client({ connectionString: scene.server.database.superuserUrl });
  await operator.connect();
  await operator.query("set session_replication_role = replica");
});
after(async () => {
  await operator?.end();
  await scene?.server.stop();
  await governance?.remove();
});

const retention = () => scene.server.app.domains.retention;
const forbidden = { code: "erasure-forbidden", status: 409 };
const ACTOR = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;

async function whileTampered(how: string, work: () => Promise<void>): Promise<void> {
  await operator.query(`create table kept as select * from ledger_entry; ${how}`);
  try {
    await work();
  } finally {
    const written = "where index <= (select max(index) from kept)";
    await operator.query(
      `delete from ledger_entry ${written}; insert into ledger_entry select * from kept; drop table kept`,
    );
  }
}

async function verdictsOf(units: readonly Uuid[]) {
  const { disposalId } = await retention().disposals.ask(officer, { reason: "yearly disposal" });
  await scene.until(disposalId, "previewed");
  const lines = await retention().disposals.lines(disposalId, { verdict: null, kind: null, after: -1, limit: 1000 });
  await retention().disposals.withdraw(officer, disposalId);
  return units.map((unit) => {
    const line = lines.find(({ unitId }) => unitId === unit);
    return line === undefined ? "not-yet" : (line.reason ?? line.verdict);
  });
}

const AGED = "update ledger_entry set at = at - interval '30 years'";

test("an erasure that the law forbids is forbidden still when the time of the closing is set back by decades", async () => {
  const { customerId, units } = await scene.somebody([{ kind: "claim", notes: ["claim"] }]);
  const [unitId] = units;
  const asked = { customerId, unitId: unitId ?? assert.fail() };
  await assert.rejects(retention().erase(asked, officer, ACTOR), forbidden);
  await whileTampered(AGED, () => assert.rejects(retention().erase(asked, officer, ACTOR), forbidden));
});

test("nothing falls due by a time set back, and what does not open is judged by nobody", async () => {
  const claim = await scene.somebody([{ kind: "claim", notes: ["claim"] }]);
  const stranger = await scene.somebody([{ kind: "relationship" }]);
  const units = [...claim.units, ...stranger.units];
  assert.deepEqual(await verdictsOf(units), ["not-yet", "not-yet"]);
  await whileTampered(AGED, async () => assert.deepEqual(await verdictsOf(units), ["not-yet", "not-yet"]));
  const emptied = `${AGED}, detail = '\\x00'::bytea where kind in ('customer-create', 'import')`;
  await whileTampered(emptied, async () =>
    assert.deepEqual(await verdictsOf(units), ["unknown-closing", "unknown-closing"]),
  );
});

test("a later contact that is hidden brings the last contact no further back than the closing", async () => {
  scene.clock.yearsBehind = 5;
  const { customerId, units } = await scene.somebody([{ kind: "relationship", status: "open" }]);
  scene.clock.yearsBehind = 0;
  const [unitId] = units;
  await scene.server.app.domains.vault.changeUnit(
    { customerId, unitId: unitId ?? assert.fail(), status: "closed" },
    ACTOR,
  );
  assert.deepEqual(await verdictsOf(units), ["not-yet"]);
  const newest = `(select max(index) from ledger_entry where customer_id = '${customerId}')`;
  const hidden = `update ledger_entry set kind = 'retention' where index = ${newest}`;
  await whileTampered(hidden, async () => assert.deepEqual(await verdictsOf(units), ["not-yet"]));
  const exchanged = `update ledger_entry set customer_id = '${customerId}', at = at - interval '9 years' where kind = 'client-create'`;
  await whileTampered(`${hidden}; ${exchanged}`, async () => assert.notEqual((await verdictsOf(units))[0], "due"));
});
