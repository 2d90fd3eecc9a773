// Erasure against whoever kept a copy of the data folder, write-ahead log and all, from before: put back under today's keys it opens nothing erased.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import pg from "pg";
import { type Embedded, startEmbedded } from "../../src/postgres/embedded.ts";
import { startTestProcess, type TestProcess } from "../../src/test-process.ts";
import { type Crew, openCrew } from "./test-crew.ts";
import { type Json, listIn, type Person, personAt } from "./test-stage.ts";

const PLACE = { entity: "acme", brand: "acme", line: "life" };
/** What a backup of wrapped keys holds, which a restore brings to its latest; see SECURITY.md. */
const WRAPPED_KEYS = ["unit_key", "key_bucket", "erasure"];

interface Someone {
  readonly customerId: string;
  readonly unitIds: readonly string[];
  /** What each of the units says. */
  readonly says: readonly string[];
}

describe("a copy of the data folder from before an erasure", () => {
  let folder: string;
  let database: Embedded;
  let server: TestProcess;
  let crew: Crew;
  let adjuster: Person;
  /** Erased as a whole. */
  let gone: Someone;
  /** Of whom one policy's claims were erased. */
  let partly: Someone;
  /** Named in one claim: the claimant was erased, the witness was not. */
  let claimant: Someone;
  let witness: Someone;
  let bystander: Someone;
  const endings: (() => Promise<void>)[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "uberrima-erasure-"));
    await startAll();
    crew = await openCrew(server.url, folder);
    const maker = crew.maker;
    gone = await someone(maker, ["gone-claim-Aurelian"]);
    partly = await someone(maker, ["partly-first-Boreas", "partly-second-Calliope"]);
    claimant = await someone(maker, ["claimant-part-Daedalus"]);
    witness = await someone(maker, ["witness-part-Eurydice"]);
    bystander = await someone(maker, ["bystander-Fenrir"]);
    adjuster = await crew.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    for (const one of [gone, partly, claimant, witness, bystander])
      await done(crew.admin, "POST", "/v1/assignments", { ...idOf(one), clientId: adjuster.clientId, kind: "claim" });
    const link = { otherCustomerId: witness.customerId, kind: "household" };
    await done(adjuster, "POST", `/v1/customers/${claimant.customerId}/links`, link);
    const everybody = [gone, partly, claimant, witness, bystander];
    assert.deepEqual(
      await shown(...everybody),
      everybody.flatMap(({ says }) => says),
    );
    await stopAll();
    await copyFolder(join(folder, "postgres"), join(folder, "copy"));
    await startAll();
    await assert.rejects(erase({ customerId: gone.customerId }), /open-claim/);
    for (const { customerId, unitIds } of [gone, partly, claimant])
      await done(adjuster, "PATCH", `/v1/customers/${customerId}/units/${unitIds[0]}`, { status: "closed" });
    await erase({ customerId: gone.customerId });
    await erase({ customerId: partly.customerId, unitId: partly.unitIds[0] });
    await erase({ customerId: claimant.customerId });
  });
  after(async () => {
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  });

  async function startAll(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    database = await startEmbedded({ folder: join(folder, "postgres") });
    server = await startServer(settings);
    if (crew !== undefined) adjuster = personAt(server.url, adjuster.clientId, adjuster.token);
    if (crew !== undefined) crew = { ...crew, dpo: personAt(server.url, crew.dpo.clientId, crew.dpo.token) };
  }

  function startServer(settings: Readonly<Record<string, string>>): Promise<TestProcess> {
    const urls = { UBERRIMA_DATABASE_URL: database.appUrl, UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl };
    const common = { UBERRIMA_DATA: folder, ...urls, UBERRIMA_LEASE_SECONDS: "1" };
    return startTestProcess(
      { after: (work: () => Promise<void>) => void endings.push(work) },
      { ...common, ...settings },
    );
  }

  async function stopAll(): Promise<void> {
    for (const end of endings.splice(0)) await end();
    await database.stop();
  }

  /** What a claims adjuster is shown of these people's claims, in order. */
  async function shown(...people: readonly Someone[]): Promise<string[]> {
    const values: string[] = [];
    for (const one of people) {
      const asked = { ...idOf(one), purpose: "claim-handling", fields: ["claim.narrative"] };
      const { body } = await adjuster.ask("POST", "/v1/disclosures", asked);
      const clear = listIn(body, "fields").filter(({ form }) => form === "clear");
      values.push(...clear.map(({ value }) => String(value)).toSorted());
    }
    return values;
  }

  async function erase(place: Json): Promise<void> {
    const asked = await done(crew.dpo, "POST", "/v1/erasures", { ...place, reason: "asked to be forgotten" });
    const until = Date.now() + 300_000;
    while ((await done(crew.dpo, "GET", `/v1/erasures/${String(asked["erasureId"])}`))["state"] !== "final")
      assert.ok(Date.now() < until, "the erasure does not end");
  }

  test("is not needed for what remains: one policy's erasure leaves the other, and one person's leaves the other's part of the claim", async () => {
    assert.deepEqual(await shown(gone, partly, claimant, witness, bystander), [
      "partly-second-Calliope",
      "witness-part-Eurydice",
      "bystander-Fenrir",
    ]);
    const links = await done(adjuster, "GET", `/v1/customers/${witness.customerId}/links`);
    assert.ok(!JSON.stringify(listIn(links, "items")).includes('"ended":false'), "a live link to the erased remains");
  });

  test("put back keeps the server from starting: the signer remembers a longer log", async () => {
    const kept = await exportWrappedKeys(database);
    await stopAll();
    await rm(join(folder, "postgres"), { recursive: true });
    await copyFolder(join(folder, "copy"), join(folder, "postgres"));
    database = await startEmbedded({ folder: join(folder, "postgres") });
    await assert.rejects(startServer({}), /fewer entries than the signer has signed/);
    await stopAll();
    await assertNothingErasedOpens(kept);
  });

  /** Whoever has all of today's keys may leave the signer's memory out; that opens nothing either. */
  async function assertNothingErasedOpens(kept: WrappedKeys): Promise<void> {
    const keyring = join(folder, "keyring-without-memory");
    await copyFolder(join(folder, "keyring"), keyring);
    await rm(join(keyring, "signer"), { recursive: true });
    await startAll({ UBERRIMA_KEYRING: keyring });
    const first = await shown(gone, partly, claimant, witness, bystander);
    assert.deepEqual(first, ["witness-part-Eurydice", "bystander-Fenrir"], "wrapped keys are as old as the copy");
    await importWrappedKeys(database, kept);
    // What the copy still holds of the erased is swept once more; until then whoever asks for it together with the rest is told to ask again.
    const until = Date.now() + 120_000;
    while ((await shown(partly))[0] !== "partly-second-Calliope") assert.ok(Date.now() < until, "nothing is swept");
    const second = await shown(gone, partly, claimant, witness, bystander);
    assert.deepEqual(second, ["partly-second-Calliope", "witness-part-Eurydice", "bystander-Fenrir"]);
    await assertThiefOpensNothing();
  }

  /** Even where records and wrapped keys of the erased are put back from the copy beside those of today, and the erasures are hidden. */
  async function assertThiefOpensNothing(): Promise<void> {
    const operator = await connected(database);
    await operator.query("set session_replication_role = replica; delete from erasure");
    await operator.query("insert into record select * from stolen_record on conflict do nothing");
    const { rowCount } = await operator.query(
      `insert into unit_key select s.customer_id, s.unit_id, s.bucket, b.version, s.pack from stolen_unit_key s
        join key_bucket b on b.bucket = s.bucket on conflict do nothing`,
    );
    await operator.end();
    assert.equal(rowCount, 3, "the stolen keys were not put back");
    const last = await shown(gone, partly, claimant, witness, bystander);
    assert.deepEqual(last, ["witness-part-Eurydice", "bystander-Fenrir"]);
  }
});

/** With owners and modes: PostgreSQL may run as another user than this test. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["-a", from, to]);
}

const idOf = ({ customerId }: Someone): { readonly customerId: string } => ({ customerId });

async function someone(maker: Person, says: readonly string[]): Promise<Someone> {
  const units = says.map((narrative) => ({
    kind: "claim",
    ...PLACE,
    records: [{ type: "claim", fields: { number: "CL-4711", narrative } }],
  }));
  const made = await done(maker, "POST", "/v1/customers", { kind: "person", units });
  return {
    customerId: String(made["customerId"]),
    unitIds: listIn(made, "units").map(({ unitId }) => String(unitId)),
    says,
  };
}

async function done(by: Person, method: string, path: string, body?: unknown): Promise<Json> {
  const answer = await by.ask(method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
}

async function connected(database: Embedded): Promise<pg.Client> {
  const operator = new pg.Client({ connectionString: database.superuserUrl.replace("/postgres?", "/uberrima?") });
  await operator.connect();
  return operator;
}

type WrappedKeys = ReadonlyMap<string, string>;

async function exportWrappedKeys(database: Embedded): Promise<WrappedKeys> {
  const operator = await connected(database);
  const exported = new Map<string, string>();
  for (const table of WRAPPED_KEYS) {
    const { rows } = await operator.query<{ all: string }>(
      `select coalesce(jsonb_agg(t), '[]')::text as all from ${table} t`,
    );
    exported.set(table, rows[0]!.all);
  }
  await operator.end();
  return exported;
}

async function importWrappedKeys(database: Embedded, exported: WrappedKeys): Promise<void> {
  const operator = await connected(database);
  await operator.query("create table stolen_unit_key as select * from unit_key");
  await operator.query("create table stolen_record as select * from record");
  await operator.query("set session_replication_role = replica");
  for (const [table, rows] of exported) {
    await operator.query(`delete from ${table}`);
    await operator.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      rows,
    ]);
  }
  await operator.query("update erasure set swept_at = null");
  await operator.end();
}
