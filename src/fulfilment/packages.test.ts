// Packages: all that a customer may have, nothing of others, reviewed where it touches investigations, gone with the customer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Client } from "../../sdk/client.ts";
import { asId } from "../kernel/ids.ts";
import { openTestCopies, type TestCopies, textOf } from "./test-copies.ts";

let copies: TestCopies;
let accounting: TestCopies["accounting"];
let officer: Client;
let overseer: Client;
let adjuster: Client;
let operator: pg.Client;
before(async () => {
  copies = await openTestCopies();
  ({ accounting, officer, overseer, adjuster } = copies);
  operator = new pg.Client({ connectionString: accounting.bench.server.database.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await accounting?.bench.close();
});

const PLACE = { entity: "acme", brand: "acme", line: "health" } as const;
const person = { "first-name": "Zoë", "last-name": "<b>Quokka</b>", "birth-date": "1971-03-09", sex: "female" };

async function somebody(more: { readonly investigated?: boolean } = {}) {
  const claim = {
    type: "claim",
    fields: { number: "C-71", narrative: "slipped on ice", "witness-name": "Wilhelmina Witness" },
    // Their own words, which nobody has to look through (others.test.ts).
    origin: { source: "person", ground: "given" },
  };
  const medical = {
    type: "medical",
    fields: { diagnosis: "sprained ankle", "diagnosis-code": "S93.4", "service-date": "2026-02-01" },
  };
  const policy = { type: "policy", fields: { number: "P-4711", "effective-date": "2025-01-01" } };
  const suspicion = {
    type: "investigation",
    fields: { "fraud-referral": "open", "counsel-advice": "settle it quietly" },
  };
  const units = [
    {
      ...PLACE,
      kind: "relationship" as const,
      records: [
        { type: "person", fields: person },
        { type: "contact", fields: { email: "zoe@mailbox.example" } },
      ],
    },
    { ...PLACE, kind: "policy" as const, records: [policy] },
    { ...PLACE, kind: "claim" as const, records: [claim, medical, ...(more.investigated === true ? [suspicion] : [])] },
  ];
  const made = await adjuster.customers.create({ kind: "person", units });
  const { customerId } = made;
  return {
    customerId,
    claimId: made.units[2]?.unitId ?? "",
    self: await copies.strongly(customerId),
    weak: await accounting.sessionOf(asId(customerId)),
  };
}

test("a package holds what the customer may have, in every form, and each fetching is an entry", async () => {
  const { customerId, self, weak } = await somebody();
  const made = await officer.dataCopies.make(customerId, { language: "de" });
  assert.deepEqual([made.state, made.held], ["ready", []]);
  await assert.rejects(weak.portal.dataCopies.fetch(made.copyId, "json"), {
    code: "second-factor-needed",
    status: 403,
  });
  const [{ copyId } = { copyId: "" }] = (await self.portal.dataCopies.list()).items;
  assert.equal(copyId, made.copyId);
  const machine = JSON.parse(await textOf(self.portal.dataCopies.fetch(copyId, "json")));
  const record = machine.records.find((one: { type: string }) => one.type === "person");
  assert.equal(record.fields["first-name"].value, "Zoë");
  assert.equal(machine.customer, customerId);
  const html = await textOf(self.portal.dataCopies.fetch(copyId, "html"));
  assert.ok(html.includes("&lt;b&gt;Quokka&lt;/b&gt;") && !html.includes("<b>Quokka"), "nothing of a value is markup");
  assert.match(html, /<html lang="de">/);
  const fhir = JSON.parse(await textOf(self.portal.dataCopies.fetch(copyId, "fhir")));
  const resources = fhir.entry.map(({ resource }: { resource: { resourceType: string } }) => resource);
  assert.deepEqual(
    new Set(resources.map(({ resourceType }: { resourceType: string }) => resourceType)),
    new Set(["Patient", "Coverage", "Claim"]),
  );
  const patient = resources.find((one: { resourceType: string }) => one.resourceType === "Patient");
  assert.deepEqual([patient.gender, patient.birthDate], ["female", "1971-03-09"]);
  const paper = await self.portal.dataCopies.fetch(copyId, "pdf");
  assert.equal(
    Buffer.from(await paper.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    "%PDF-",
  );
  assert.match(paper.headers.get("content-disposition") ?? "", /^attachment/);
  const { ledger } = accounting.bench.server.app.domains;
  const asked = { kinds: ["fulfilment"], customerId: asId(customerId) } as const;
  const { items } = await ledger.list(asked, { limit: 20 }, "cleared");
  assert.equal(items.length, 5, "one made, four fetched");
});

test("what would show other people, and what is never shown, is in no form of it", async () => {
  const { customerId, self } = await somebody();
  const { copyId } = await officer.dataCopies.make(customerId);
  for (const form of ["json", "html", "fhir"] as const) {
    const text = await textOf(self.portal.dataCopies.fetch(copyId, form));
    assert.ok(!text.includes("Wilhelmina"), form);
  }
});

test("what touches investigations waits for another person, and tells the customer of none", async () => {
  const { customerId, claimId, self } = await somebody({ investigated: true });
  const made = await officer.dataCopies.make(customerId);
  assert.deepEqual(
    [made.state, made.held.map(({ unitId, why }) => [unitId, why])],
    ["in-review", [[claimId, "privileged"]]],
  );
  const at = { customerId, copyId: made.copyId };
  // As one that was not made yet: neither that it waits, nor for what.
  await assert.rejects(self.portal.dataCopies.fetch(made.copyId, "json"), { code: "unknown-package", status: 404 });
  assert.deepEqual((await self.portal.dataCopies.list()).items, []);
  const withholding = { unitId: claimId, release: false, ground: "tipping-off" } as const;
  await assert.rejects(officer.dataCopies.decide(at, withholding), { code: "own-package", status: 403 });
  const groundless = { unitId: claimId, release: false, ground: undefined as never } as const;
  await assert.rejects(overseer.dataCopies.decide(at, groundless), { status: 400 });
  const decided = await overseer.dataCopies.decide(at, withholding);
  assert.equal(decided.state, "ready");
  for (const form of ["json", "html"] as const) {
    const text = await textOf(self.portal.dataCopies.fetch(made.copyId, form));
    assert.ok(!text.includes("quietly") && !text.includes("investigation") && !text.includes("2015/849"), form);
  }
  assert.ok(!JSON.stringify(await self.portal.dataCopies.list()).includes("held"));
});

test("what is held back is released by nobody whom the gate does not let disclose it, and is in no copy meanwhile", async () => {
  const { customerId, claimId, self } = await somebody({ investigated: true });
  const { copyId } = await officer.dataCopies.make(customerId);
  const at = { customerId, copyId };
  const releasing = { unitId: claimId, release: true } as const;
  await assert.rejects(officer.dataCopies.decide(at, releasing), { code: "own-package", status: 403 });
  const { server, as } = accounting.bench;
  const hired = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  await as(server.admin.token).assignments.create({ customerId, clientId: hired.principalId, kind: "case" });
  // Neither compliance nor the privacy officer of the case, while the claim is open and nobody has judged it (src/fulfilment/judgements.test.ts).
  for (const reviewer of [overseer, as(hired.token)]) {
    await assert.rejects(reviewer.dataCopies.decide(at, releasing), { code: "still-open", status: 409 });
    const { items } = await officer.dataCopies.ofCustomer(customerId);
    assert.deepEqual(
      items.map(({ state, held }) => [state, held.map(({ decision }) => decision)]),
      [["in-review", [null]]],
    );
  }
  await assert.rejects(self.portal.dataCopies.fetch(copyId, "json"), { code: "unknown-package", status: 404 });
  await overseer.dataCopies.decide(at, { unitId: claimId, release: false, ground: "claim-privilege" });
  const text = await textOf(self.portal.dataCopies.fetch(copyId, "json"));
  assert.ok(!text.includes("quietly"), "withheld after all, it is in no copy");
});

test("whoever made a package does not hand it out: in the customer's name it holds what the gate would not show them", async () => {
  const { customerId } = await somebody();
  const { copyId } = await officer.dataCopies.make(customerId);
  const at = { customerId, copyId };
  await assert.rejects(officer.dataCopies.fetch(at, "json"), { code: "own-package", status: 403 });
  assert.deepEqual((await overseer.dataCopies.ofCustomer(customerId)).items[0]?.fetched, []);
  const { server, as } = accounting.bench;
  const sender = as((await server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
  assert.ok((await textOf(sender.dataCopies.fetch(at, "json"))).includes("Quokka"));
});

test("a package is nobody else's, and goes when its time is over and with the customer", async () => {
  const [one, other] = [await somebody(), await somebody()];
  const { copyId } = await officer.dataCopies.make(one.customerId);
  const unknown = { code: "unknown-package", status: 404 };
  await assert.rejects(other.self.portal.dataCopies.fetch(copyId, "json"), unknown);
  await assert.rejects(adjuster.dataCopies.make(one.customerId), { status: 403 });
  await assert.rejects(overseer.dataCopies.fetch({ customerId: one.customerId, copyId }, "json"), { status: 403 });
  const { vault } = accounting.bench.server.app.domains;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  const kept = await operator.query("select * from data_copy_part where copy_id = $1", [copyId]);
  assert.ok(kept.rows.length > 0 && !JSON.stringify(kept.rows).includes("Quokka"));
  await vault.erase({ customerId: asId(one.customerId), unitId: null }, actor);
  await assert.rejects(
    officer.dataCopies.fetch({ customerId: one.customerId, copyId }, "json").then((got) => got.text()),
  );
});

test("what an erased claim said is in no package that was made before, whoever kept the parts, and the rest is", async () => {
  const { customerId, claimId, self } = await somebody();
  const { copyId } = await officer.dataCopies.make(customerId);
  const fetched = () => textOf(self.portal.dataCopies.fetch(copyId, "json"));
  assert.match(await fetched(), /sprained ankle/);
  const { vault } = accounting.bench.server.app.domains;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.erase({ customerId: asId(customerId), unitId: asId(claimId) }, actor);
  const text = await fetched();
  assert.ok(!text.includes("sprained ankle") && !text.includes("slipped on ice"));
  assert.match(text, /Quokka/);
});

test("an operator who removes, exchanges or renumbers parts gets no package out that lacks something", async () => {
  const [one, other] = [await somebody(), await somebody()];
  const first = await officer.dataCopies.make(one.customerId);
  const second = await officer.dataCopies.make(other.customerId);
  const fetched = () => textOf(one.self.portal.dataCopies.fetch(first.copyId, "json"));
  await operator.query("create table kept_part as select * from data_copy_part");
  await operator.query(
    "update data_copy_part p set sealed = k.sealed from kept_part k where p.copy_id = $1 and k.copy_id = $2 and k.part = p.part",
    [first.copyId, second.copyId],
  );
  await assert.rejects(fetched());
  await operator.query(
    "update data_copy_part p set sealed = k.sealed from kept_part k where p.copy_id = k.copy_id and p.part = k.part",
  );
  assert.match(await fetched(), /Quokka/);
  // As if it spoke of an erased unit, whose parts are passed over.
  await operator.query("update data_copy_part set unit_id = $2 where copy_id = $1 and part = 0", [
    first.copyId,
    other.claimId,
  ]);
  await assert.rejects(fetched());
  await operator.query(
    "update data_copy_part p set unit_id = k.unit_id from kept_part k where p.copy_id = k.copy_id and p.part = k.part",
  );
  await operator.query("delete from data_copy_part where copy_id = $1 and part = 0", [first.copyId]);
  await assert.rejects(fetched());
});
