// What people bring in: nothing by a mapping or a file that nobody else approved, and of known customers no other address, contact or account.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { fileOf, hireMember, PEOPLE, type TestFile, type TestMember } from "./test-feeds.ts";

let server: TestServer;
let importer: TestMember;
let other: TestMember;
let officer: TestMember;

before(async () => {
  server = await startTestServer();
  importer = await hireMember(server, "it-admin");
  other = await hireMember(server, "it-admin");
  officer = await hireMember(server, "compliance");
});
after(() => server.stop());

const named = (name: string): string => PEOPLE.replace("broker-people", name);

async function approved(name: string): Promise<void> {
  const { made } = await importer.client.imports.proposeMapping(named(name));
  await officer.client.imports.approveMapping(made!.mappingId);
}

const announce = (mapping: string, { bytes, sha256 }: TestFile) =>
  importer.client.imports.start({ mapping, sizeBytes: bytes.length, sha256 });

async function imported(mapping: string, file: TestFile) {
  const { importId } = await announce(mapping, file);
  const run = await officer.client.imports.approve(importId, file.sha256);
  return importer.client.imports.send(run, new Blob([file.bytes]));
}

async function rejectsOf(importId: string) {
  return (await officer.client.imports.rejects(importId)).items;
}

test("a mapping imports nothing before somebody else has approved it, and is versioned by the server", async () => {
  const { imports } = importer.client;
  const proposed = await imports.proposeMapping(named("first-people"));
  assert.equal(proposed.made?.version, 1, "whatever version the text claims");
  assert.equal(proposed.mayRun, false);
  await assert.rejects(announce("first-people", fileOf("1,Ada,Lovelace,10/12/1815,1 High St,")), {
    code: "unknown-mapping",
  });
  await assert.rejects(imports.approveMapping(proposed.made.mappingId), { code: "not-permitted" });
  await assert.rejects(other.client.imports.approveMapping(proposed.made.mappingId), { code: "not-permitted" });
  const approvedNow = await officer.client.imports.approveMapping(proposed.made.mappingId);
  assert.equal(approvedNow.made?.approvedBy, officer.principalId);
  await assert.rejects(officer.client.imports.approveMapping(proposed.made.mappingId), { code: "wrong-state" });

  const second = await imports.proposeMapping(named("first-people").replace("A broker", "Another broker"));
  assert.equal(second.made?.version, 2);
  await officer.client.imports.approveMapping(second.made.mappingId);
  const { items } = await imports.mappings();
  assert.deepEqual(
    items.filter(({ name }) => name === "first-people").map(({ made }) => made?.version),
    [2],
    "the version before it has ended",
  );
  await imports.endMapping(second.made.mappingId);
  assert.equal(
    (await imports.mappings()).items.some(({ name }) => name === "first-people"),
    false,
  );
});

test("what is no mapping is refused, and so is the name of one that comes with the server", async () => {
  const { imports } = importer.client;
  await assert.rejects(imports.proposeMapping("mapping: x"), { code: "bad-mapping" });
  await assert.rejects(imports.proposeMapping(named("unknown-field").replace("last-name", "lost-name")), {
    code: "bad-mapping",
  });
  await assert.rejects(imports.proposeMapping(named("sample-customers")), { code: "mapping-taken" });
  await assert.rejects(officer.client.imports.proposeMapping(named("by-an-officer")), { code: "not-permitted" });
});

test("a trial says what rows become and why some are refused, by the rules that the import has, and keeps nothing", async () => {
  const { imports } = importer.client;
  const file = fileOf("1,Ada,Lovelace,10/12/1815,1 High St,", "2,Bo,,31/12/1990,2 High St,", "3,Cy,Doe,1990-02-30,,");
  const { faults, needsApproval, rows } = await imports.tryMapping(PEOPLE, file.bytes.toString());
  assert.deepEqual(faults, []);
  assert.equal(needsApproval, true);
  assert.deepEqual(
    rows.map(({ line, rejects }) => [line, rejects.map(({ field, reason }) => `${field} ${reason}`)]),
    [
      [2, []],
      [3, ["person.last-name missing"]],
      [4, ["person.birth-date not-a-date"]],
    ],
  );
  const [{ records } = { records: [] }] = rows;
  assert.deepEqual(records.flatMap(({ fields }) => fields.map(({ field, value }) => [field, value])).slice(0, 3), [
    ["person.first-name", "Ada"],
    ["person.last-name", "Lovelace"],
    ["person.birth-date", "1815-12-10"],
  ]);
  const wrong = await imports.tryMapping(named("trial").replace("last-name", "lost-name"), file.bytes.toString());
  assert.match(wrong.faults.join(), /^mapping:\d+:\d+: person has no field "lost-name"/);
  const otherColumns = await imports.tryMapping(PEOPLE, "a,b\n1,2\n");
  assert.match(otherColumns.faults.join(), /column/);
  await assert.rejects(officer.client.imports.tryMapping(PEOPLE, "a,b\n"), { code: "not-permitted" });
});

test("a person's file that states master data is taken once somebody else with the same file approved it, whole, and no other file", async () => {
  await approved("second-people");
  const file = fileOf(
    "11,Ada,Lovelace,10/12/1815,1 High St,701-555-0143",
    "12,Bo,Diaz,31/12/1990,2 High St,701-555-0144",
  );
  const run = await announce("second-people", file);
  assert.equal(run.approval, "awaited");
  const send = (bytes: Buffer<ArrayBuffer>) =>
    importer.client.imports.send({ ...run, approval: "given" }, new Blob([bytes]));
  await assert.rejects(send(file.bytes), { code: "not-approved" });
  await assert.rejects(importer.client.imports.approve(run.importId, file.sha256), { code: "not-permitted" });
  await assert.rejects(officer.client.imports.approve(run.importId, "0".repeat(64)), { code: "other-file" });
  const given = await officer.client.imports.approve(run.importId, file.sha256);
  assert.equal(given.approval, "given");
  const swapped = Buffer.from(file.bytes.toString().replace("1 High St", "9 High St"));
  assert.equal(swapped.length, file.bytes.length);
  await assert.rejects(send(swapped), { code: "other-file" });
  assert.equal((await importer.client.imports.get(run.importId)).offsetBytes, 0, "nothing of it was taken");
  const done = await send(file.bytes);
  assert.equal(done.state, "done");
  assert.deepEqual([done.totals.created, done.totals.customersCreated, done.totals.rejected], [6, 2, 0]);
});

test("of customers who are known no other address or contact is taken, and the rest of the file goes in", async () => {
  await approved("third-people");
  await imported(
    "third-people",
    fileOf("21,Ada,Lovelace,10/12/1815,1 High St,701-555-0143", "22,Bo,Diaz,31/12/1990,2 High St,"),
  );
  const changed = fileOf(
    "21,Ada,Lovelace,10/12/1815,666 Fraud St,701-555-0143",
    "22,Bo,Diaz,31/12/1990,2 High St,701-555-0666",
    "23,Cy,Doe,01/02/1991,3 High St,701-555-0145",
  );
  const done = await imported("third-people", changed);
  assert.equal(done.totals.customersCreated, 1);
  assert.equal(done.totals.corrected, 0);
  assert.deepEqual(
    (await rejectsOf(done.importId)).map(({ line, reason }) => [line, reason]),
    [
      [2, "waits-for-customer"],
      [3, "waits-for-customer"],
    ],
    "an address changed, and a telephone number added",
  );
  const renamed = await imported("third-people", fileOf("21,Ada,King,10/12/1815,1 High St,701-555-0143"));
  assert.deepEqual([renamed.totals.corrected, renamed.totals.rejected], [1, 0], "what does not wait is corrected");
});

test("a file left without what waits takes none of it away", async () => {
  await approved("fourth-people");
  await imported("fourth-people", fileOf("31,Ada,Lovelace,10/12/1815,1 High St,701-555-0143"));
  const done = await imported("fourth-people", fileOf("31,Ada,Lovelace,10/12/1815,,"));
  assert.equal(done.totals.corrected + done.totals.created, 0);
});

test("a row of the same file that says another address of its own customer is refused too, wherever a batch ends", async () => {
  await approved("fifth-people");
  const done = await imported(
    "fifth-people",
    fileOf("41,Ada,Lovelace,10/12/1815,1 High St,", "41,Ada,Lovelace,10/12/1815,2 High St,"),
  );
  assert.deepEqual([done.totals.customersCreated, done.totals.rejected], [1, 1]);
});

test("what was announced under one version of a mapping does not go on under the next", async () => {
  await approved("sixth-people");
  const file = fileOf("51,Ada,Lovelace,10/12/1815,1 High St,");
  const run = await announce("sixth-people", file);
  const given = await officer.client.imports.approve(run.importId, file.sha256);
  const { made } = await importer.client.imports.proposeMapping(
    named("sixth-people")
      .replace("column: first }", "column: last }")
      .replace("last-name: { column: last", "last-name: { column: first"),
  );
  await officer.client.imports.approveMapping(made!.mappingId);
  await assert.rejects(importer.client.imports.send(given, new Blob([file.bytes])), { code: "mapping-changed" });
});

test("an API client without the permission is refused as before, and nobody's approval helps it", async () => {
  await approved("seventh-people");
  const { token } = await server.createClient({
    role: "it-admin",
    purposes: ["emergency"],
    rowScope: "none",
    entities: [],
    lines: [],
  });
  const answer = await fetch(`${server.url}/v1/imports`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ mapping: "seventh-people", sizeBytes: 1, sha256: "0".repeat(64) }),
  });
  assert.equal(answer.status, 403);
});

test("what a feed brings carries where it is from, as the mapping says, and a mapping that does not say is none", async () => {
  const { vault, database } = server.app.domains;
  const known = new Set(
    (await database.query<{ id: Uuid }>(sql`select customer_id as id from customer`)).map(({ id }) => id),
  );
  await approved("people-with-origin");
  await imported("people-with-origin", fileOf("71,Wilma,Origin,10/12/1975,71 High St,"));
  const now = await database.query<{ id: Uuid }>(sql`select customer_id as id from customer`);
  const fed = now.find(({ id }) => !known.has(id));
  const held = await vault.loadRecords([fed!.id], { recordTypes: ["person", "address"] });
  const origins = [...(await vault.origins.of(held)).values()];
  const said = { source: "producer", ground: "given-on-behalf", reference: null, institution: "a broker" };
  assert.deepEqual(origins, [said, said]);
  for (const [line, fault] of [
    ["", /origin: is missing/],
    ["origin: { source: producer, ground: consumer-report }", /ground-not-of-source/],
    ["origin: { source: other-person, ground: pretext-interview, reference: x }", /unit; see governance/],
  ] as const) {
    const text = named("people-without-origin").replace(/^origin:.*$/m, line);
    await assert.rejects(importer.client.imports.proposeMapping(text), { status: 422 });
    const tried = await importer.client.imports.tryMapping(text, "no,first,last,born,street,phone\n");
    assert.match(tried.faults.join("\n"), fault);
  }
});

test("a file may say where it is from; under a mapping that leaves it to each file it has to, and nothing is taken without", async () => {
  const { vault, database } = server.app.domains;
  const eachFile = named("people-each-file").replace(/^origin:.*$/m, "origin: each-file");
  const { made } = await importer.client.imports.proposeMapping(eachFile);
  await officer.client.imports.approveMapping(made!.mappingId);
  const { bytes, sha256 } = fileOf("72,Wanda,Each,10/12/1975,72 High St,");
  const announced = { mapping: "people-each-file", sizeBytes: bytes.length, sha256 };
  const { start } = importer.client.imports;
  await assert.rejects(start(announced), { code: "origin-needed" });
  const wrong = { source: "medical-provider", ground: "consumer-report" };
  await assert.rejects(start({ ...announced, origin: wrong }), { code: "bad-origin" });
  const origin = { source: "insurer", ground: "contract", institution: "Other Carrier" };
  const { importId, origin: told } = await start({ ...announced, origin });
  assert.equal(told?.source.code, "insurer");
  await assert.rejects(start({ ...announced, origin: { source: "own-system", ground: "contract" } }), {
    code: "origin-differs",
  });
  const customers = () => database.query<{ id: Uuid }>(sql`select customer_id as id from customer`);
  const known = new Set((await customers()).map(({ id }) => id));
  const run = await officer.client.imports.approve(importId, sha256);
  await importer.client.imports.send(run, new Blob([bytes]));
  const fed = (await customers()).find(({ id }) => !known.has(id));
  const held = await vault.loadRecords([fed!.id], { recordTypes: ["person"] });
  assert.deepEqual([...(await vault.origins.of(held)).values()], [{ ...origin, reference: null }]);
});
