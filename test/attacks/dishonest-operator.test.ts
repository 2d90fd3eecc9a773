// A database operator who means harm: forges, swaps, deletes, puts back older rows in every table. It is refused at use, or verification finds it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ATTACKS, putBack, type Scene } from "./test-operator-attacks.ts";
import { type AttackStage, listIn, type Person, setAttackStage } from "./test-stage.ts";

describe("an operator with every right on the database who", () => {
  let scene: Scene;
  before(async () => {
    scene = await setScene();
  });
  after(() => scene.stage.close());

  test("does nothing is not accused of anything", async () => {
    assert.deepEqual(await scene.stage.verify(), []);
  });

  for (const [does, table, how, found] of ATTACKS) {
    test(`${does} is found out (${found})`, async () => {
      const { intruder, verify } = scene.stage;
      await intruder.query(`create table kept as select * from ${table}`);
      await intruder.query(how(scene));
      const codes = await verify().finally(() => undo(scene, table));
      assert.ok(codes.includes(found), `found ${codes.join(", ")}`);
    });
  }

  test("brings back an erased customer with keys, records and state opens nothing", async () => {
    const { stage, erased, adjuster } = scene;
    const of = `customer_id = '${erased.customerId}'`;
    for (const table of ["unit_key", "record", "retention_unit", "customer", "assignment"])
      await stage.intruder.query(putBack(table, of));
    const question = { customerId: erased.customerId, purpose: "claim-handling", fields: ["claim.narrative"] };
    const answer = await adjuster.ask("POST", "/v1/disclosures", question);
    assert.ok(!answer.text.includes("slipped on ice"), answer.text);
    assert.ok((await stage.verify()).includes("customer-aged"));
  });

  test("leads links or source keys astray is refused where they are followed", async () => {
    const { stage, known, adjuster } = scene;
    await stage.intruder.query("update customer_link set kind = 'beneficiary'");
    const links = await adjuster.ask("GET", `/v1/customers/${known.customerId}/links`);
    assert.ok(links.status >= 400, links.text);
  });

  test("takes the ledger back stops it for good, and is found out all the same", async () => {
    const { stage, adjuster, known } = scene;
    await stage.intruder.query("delete from ledger_entry where index > 8; update ledger_head set size = 9");
    await stage.intruder.query(
      "delete from ledger_checkpoint; insert into ledger_checkpoint select * from old_ledger_checkpoint",
    );
    const question = { customerId: known.customerId, purpose: "claim-handling", fields: ["claim.narrative"] };
    const answers = [
      await adjuster.ask("POST", "/v1/disclosures", question),
      await adjuster.ask("POST", "/v1/disclosures", question),
    ];
    for (const { status, text } of answers) assert.ok(status >= 500 && !text.includes("narrative"), text);
    assert.ok((await stage.verify()).includes("rolled-back"));
  });
});

async function setScene(): Promise<Scene> {
  const stage = await setAttackStage();
  const { intruder, admin } = stage;
  // The triggers that keep tiles and checkpoints growing do not stop a superuser.
  await intruder.query("set session_replication_role = replica");
  const maker = await stage.hire({ role: "underwriter", purposes: ["underwriting"] });
  const [known, erased, other] = [
    await stage.customer(maker, { source: "S-1" }),
    await stage.customer(maker),
    await stage.customer(maker),
  ];
  const dpo = await stage.hire({ role: "dpo", purposes: ["data-subject-request"] });
  const adjuster = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const leaver = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  for (const customer of [known, erased, other]) await stage.assign(adjuster, customer, { unit: 1 });
  await stage.assign(leaver, known, { unit: 1 });
  const of = `/v1/customers/${known.customerId}`;
  const link = await done(
    adjuster.ask("POST", `${of}/links`, { otherCustomerId: other.customerId, kind: "dependant" }),
  );
  await keepCopies(stage);
  const correction = { expectedRevision: 1, fields: { narrative: "corrected" }, reason: "a reason" };
  await done(adjuster.ask("POST", `${of}/records/${known.recordIds[2]}/corrections`, correction));
  await done(adjuster.ask("DELETE", `${of}/links/${String(link["linkId"])}`));
  await done(adjuster.ask("PATCH", `${of}/units/${known.unitIds[1]}`, { status: "closed" }));
  await done(dpo.ask("POST", `${of}/flags`, { kind: "vip", reason: "a reason" }));
  const [held] = listIn(await done(admin.ask("GET", `/v1/assignments?clientId=${leaver.clientId}`)), "items");
  await done(admin.ask("DELETE", `${of}/assignments/${String(held!["assignmentId"])}`));
  await done(admin.ask("PATCH", `/v1/clients/${leaver.clientId}`, { status: "revoked" }));
  const erasure = await done(dpo.ask("POST", "/v1/erasures", { customerId: erased.customerId, reason: "a reason" }));
  const isSwept = async () =>
    (await done(dpo.ask("GET", `/v1/erasures/${String(erasure["erasureId"])}`)))["sweptAt"] !== null;
  while (!(await isSwept())) await new Promise((resolve) => setTimeout(resolve, 50));
  return { stage, known, erased, adjuster, leaver };
}

async function done(asked: ReturnType<Person["ask"]>) {
  const { status, text, body } = await asked;
  assert.ok(status < 300, text);
  return body;
}

async function keepCopies({ intruder }: AttackStage): Promise<void> {
  const tables = await intruder.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  for (const { name } of tables.rows) await intruder.query(`create table old_${name} as select * from ${name}`);
}

/** As it was before the attack; what the server has appended to the ledger since stays. */
async function undo({ stage: { intruder } }: Scene, table: string): Promise<void> {
  const since =
    table.startsWith("ledger_e") || table.startsWith("ledger_s")
      ? "where index <= (select max(index) from ledger_kept)"
      : "";
  await intruder.query(
    "create table ledger_kept as select coalesce(max((to_jsonb(k) ->> 'index')::bigint), 0) as index from kept k",
  );
  await intruder.query(`delete from ${table} ${since}`);
  await intruder.query(`insert into ${table} select * from kept; drop table kept; drop table ledger_kept`);
}
