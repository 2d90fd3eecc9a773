// A database operator who means harm, at the moment somebody uses what it wrote: it grants nothing, opens nothing, and the log says so.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startTestServer } from "../../src/test-server.ts";
import { until } from "./race/test-race.ts";
import { putBack, type Scene, setScene } from "./test-operator-scene.ts";
import type { Answer, MadeCustomer, Person } from "./test-stage.ts";

const CLAIM = { purpose: "claim-handling", fields: ["claim.narrative"] };
const NARRATIVES = /corrected|another matter|slipped on ice/;

/** Who then asks what, and what must come of it. */
interface Refused {
  readonly does: string;
  readonly table: string;
  how(scene: Scene): string;
  ask(scene: Scene): Promise<Answer>;
  holds(answer: Answer): boolean;
}

const disclose = (by: Person, { customerId }: MadeCustomer): Promise<Answer> =>
  by.ask("POST", "/v1/disclosures", { customerId, ...CLAIM });
const asKnown = ({ adjuster, known }: Scene): Promise<Answer> => disclose(adjuster, known);
const ofKnown = ({ known }: Scene): string => `customer_id = '${known.customerId}'`;
const isLockedOut = ({ status }: Answer): boolean => status === 401;
/** The denial that an unknown id gets, too. */
const isDenied = ({ status, text }: Answer): boolean => status === 200 && text.includes('"denied"');
const isBroken = ({ status }: Answer): boolean => status >= 500;

const REFUSED: readonly Refused[] = [
  {
    does: "gives a role",
    table: "principal",
    how: ({ adjuster }) => `update principal set role = 'siu-investigator' where principal_id = '${adjuster.clientId}'`,
    ask: asKnown,
    holds: isLockedOut,
  },
  {
    does: "undoes a revocation",
    table: "principal",
    how: ({ leaver }) => putBack("principal", `principal_id = '${leaver.clientId}'`),
    ask: ({ leaver, known }) => disclose(leaver, known),
    holds: isLockedOut,
  },
  {
    does: "brings an old secret back",
    table: "principal",
    how: ({ renewed }) => putBack("principal", `principal_id = '${renewed.clientId}'`),
    ask: ({ renewed, known }) => disclose(renewed, known),
    holds: isLockedOut,
  },
  {
    does: "assigns a customer to somebody",
    table: "assignment",
    how: ({ adjuster, twin }) =>
      `insert into assignment select (jsonb_populate_record(a, jsonb_build_object('customer_id', '${twin.customerId}',
        'unit_id', '${twin.unitIds[1]}'))).* from assignment a where assignee_id = '${adjuster.clientId}' limit 1`,
    ask: ({ adjuster, twin }) => disclose(adjuster, twin),
    holds: isDenied,
  },
  {
    does: "takes a flag off",
    table: "customer",
    how: (scene) => putBack("customer", ofKnown(scene)),
    ask: asKnown,
    holds: isDenied,
  },
  {
    does: "moves a unit to another line of business",
    table: "retention_unit",
    how: (scene) => `update retention_unit set line = 'auto' where ${ofKnown(scene)}`,
    ask: asKnown,
    holds: isDenied,
  },
  {
    does: "puts one record's contents into another",
    table: "record",
    how: ({ known }) =>
      `update record set pack = (select pack from record where record_id = '${known.recordIds[2]}') where record_id = '${known.recordIds[3]}'`,
    ask: asKnown,
    holds: isBroken,
  },
  {
    does: "gives one unit the keys of another",
    table: "unit_key",
    how: ({ known }) =>
      `update unit_key set pack = (select pack from unit_key where unit_id = '${known.unitIds[1]}') where unit_id = '${known.unitIds[2]}'`,
    ask: asKnown,
    holds: isBroken,
  },
  {
    does: "makes a dependant a beneficiary",
    table: "customer_link",
    how: () => "update customer_link set kind = 'beneficiary'",
    ask: ({ adjuster, known }) => adjuster.ask("GET", `/v1/customers/${known.customerId}/links`),
    holds: isBroken,
  },
];

describe("what an operator wrote grants and opens nothing when it", () => {
  let scene: Scene;
  before(async () => {
    scene = await setScene();
  });
  after(() => scene.stage.close());

  for (const { does, table, how, ask, holds } of REFUSED) {
    test(`${does}`, async () => {
      const { intruder } = scene.stage;
      await intruder.query(`create table kept as select * from ${table}`);
      await intruder.query(how(scene));
      const answer = await ask(scene);
      await intruder.query(`delete from ${table}; insert into ${table} select * from kept; drop table kept`);
      assert.ok(holds(answer), `${answer.status} ${answer.text}`);
      assert.doesNotMatch(answer.text, NARRATIVES);
      const again = await asKnown(scene);
      assert.match(again.text, /another matter/, "nothing is shown although all is as it was");
    });
  }

  test("suggests that two strangers are one person: it is in nobody's list, and the list goes on", async () => {
    const { intruder, hire } = scene.stage;
    const dpo = await hire({ role: "dpo", purposes: ["data-subject-request"] });
    const list = async (): Promise<string> => (await dpo.ask("GET", "/v1/suggestions?limit=2")).text;
    const listed = await list();
    await intruder.query(
      `insert into match_suggestion select '00000000-0000-7000-8000-000000000000', gen_random_uuid(), 'ssn', 'open', now(), null, m.mac
        from match_suggestion m, generate_series(1, 5) limit 5`,
    );
    assert.equal(await list(), listed);
    await intruder.query("delete from match_suggestion where customer_id = '00000000-0000-7000-8000-000000000000'");
  });

  test("brings back an erased customer with keys, records and state", async () => {
    const { stage, erased, adjuster } = scene;
    for (const table of ["unit_key", "record", "retention_unit", "customer", "assignment"]) {
      await stage.intruder.query(`create table kept_${table} as select * from ${table}`);
      await stage.intruder.query(putBack(table, `customer_id = '${erased.customerId}'`));
    }
    const answer = await disclose(adjuster, erased);
    assert.doesNotMatch(answer.text, NARRATIVES);
    assert.ok((await stage.verify()).includes("customer-aged"));
    for (const table of ["unit_key", "record", "retention_unit", "customer", "assignment"])
      await stage.intruder.query(`delete from ${table}; insert into ${table} select * from kept_${table}`);
  });

  test("plants entries on a shard whose log was never opened: nobody is shown to have seen anybody, nobody is kept from searching", async () => {
    const { leaver, adjuster, known, stage } = scene;
    const auditor = await stage.hire({ role: "internal-auditor", purposes: ["audit"] });
    const seen = async (by: Person): Promise<string> =>
      (
        await auditor.ask(
          "GET",
          `/v1/principals/${by.clientId}/customers?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`,
        )
      ).text;
    const shownBefore = await seen(leaver);
    const plant = (kind: string, by: Person, rows: number): Promise<unknown> =>
      stage.intruder.query(
        `insert into ledger_entry select (jsonb_populate_record(e, jsonb_build_object('log_shard', 1, 'index', (select count(*) from ledger_entry) + g,
            'entry_id', gen_random_uuid(), 'at', now(), 'kind', '${kind}', 'outcome', 'allowed', 'actor_id', '${by.clientId}',
            'customer_id', '${known.customerId}', 'withheld', false))).*
          from ledger_entry e, generate_series(1, ${rows}) g where e.index = 5 and e.log_shard = 0`,
      );
    const search = { index: "email", values: { email: "a@example.com" }, purpose: "claim-handling" };
    assert.equal((await adjuster.ask("POST", "/v1/searches", search)).status, 200);
    await plant("disclosure", leaver, 1);
    await plant("search", adjuster, 700);
    const answer = await adjuster.ask("POST", "/v1/searches", search);
    const shownAfter = await seen(leaver);
    await stage.intruder.query("delete from ledger_entry where log_shard = 1");
    assert.equal(shownAfter, shownBefore);
    assert.equal(answer.status, 200, answer.text);
  });

  test("removes a domain key: no server starts on it, and none makes another in its place", async () => {
    const { intruder, server } = scene.stage;
    await intruder.query(
      "create table kept as select * from domain_key; delete from domain_key where domain = 'index'",
    );
    await assert.rejects(startTestServer({ beside: server }), { code: "domain-key-missing" });
    await intruder.query("delete from domain_key; insert into domain_key select * from kept; drop table kept");
    await (await startTestServer({ beside: server })).stop();
  });

  test("removes every domain key under a running server: it refuses until they are back, and then serves as before", async () => {
    const { intruder, verify } = scene.stage;
    await intruder.query("create table kept as select * from domain_key; delete from domain_key");
    await until("it refuses", async () => isBroken(await asKnown(scene)));
    await intruder.query("insert into domain_key select * from kept; drop table kept");
    await until("it serves", async () => (await asKnown(scene)).status === 200);
    // What is signed and sealed from now on stands under the same keys as what was there.
    assert.deepEqual(await verify(), []);
  });

  test("does any of it: the server's log and its metrics say so, by ids and codes alone", async () => {
    const { server } = scene.stage;
    const told = server.logged.filter((line) => line.includes("does not verify"));
    for (const row of ["principal", "assignment", "customer", "retention-unit", "match"])
      assert.ok(
        told.some((line) => line.includes(`"row":"${row}"`)),
        `nothing was said of ${row}`,
      );
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.match(metrics, /retention-unit-forged"\} [1-9]/);
    assert.match(metrics, /match-forged"\} [1-9]/);
  });
});
