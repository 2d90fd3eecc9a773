// Other people in copies of data: what may name them is read by somebody else before anything goes out, and what is struck out is in no form of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { unzipSync } from "fflate";
import pg from "pg";
import type { Client } from "../../sdk/client.ts";
import { asId } from "../kernel/ids.ts";
import { textOf as textOfPdf } from "../letters/test-printed-text.ts";
import { bytesOf, openTestCopies, type TestCopies, textOf } from "./test-copies.ts";

let copies: TestCopies;
let reviewer: Client;
let reviewerId: string;
let operator: pg.Client;
before(async () => {
  copies = await openTestCopies();
  const { server, as } = copies.accounting.bench;
  const hired = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  [reviewer, reviewerId] = [as(hired.token), hired.principalId];
  operator = new pg.Client({ connectionString: server.database.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await copies?.accounting.bench.close();
});

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const SCAN = { kind: "report", mediaType: "text/plain" } as const;
const OWN = { source: "person", ground: "given" } as const;
const STORY =
  "The roof gave way. Wilhelmina Witness of 4 Elm Road saw it; call her on (850) 535-8715. Wilhelmina waited.";
const NAMES = ["Wilhelmina", "Witness", "535-8715"] as const;

interface Somebody {
  readonly customerId: string;
  readonly claimId: string;
  readonly self: Client;
}

interface Wanted {
  readonly isClosed?: boolean;
  readonly fields?: Readonly<Record<string, string>>;
  readonly origin?: typeof OWN;
}

async function somebody({ isClosed = false, fields = { narrative: STORY }, origin }: Wanted = {}): Promise<Somebody> {
  const { adjuster, assign, accounting, strongly } = copies;
  const said = { number: "CL-7", "witness-name": "Wilhelmina Witness", ...fields };
  const claim = { type: "claim", fields: said, ...(origin === undefined ? {} : { origin }) };
  const person = { type: "person", fields: { "first-name": "Zoë", "last-name": "Quokka" } };
  const units = [
    { ...PLACE, kind: "relationship" as const, records: [person] },
    { ...PLACE, kind: "claim" as const, records: [claim] },
  ];
  const made = await adjuster.customers.create({ kind: "person", units });
  const { customerId } = made;
  const claimId = made.units[1]?.unitId ?? "";
  await assign(customerId, claimId);
  const admin = accounting.bench.as(accounting.bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: reviewerId, kind: "case" });
  if (isClosed) await adjuster.customers.changeUnit({ customerId, unitId: claimId }, { status: "closed" });
  return { customerId, claimId, self: await strongly(customerId) };
}

/** Made by the other privacy officer, and what of it waits. */
async function copyOf({ customerId }: Pick<Somebody, "customerId">) {
  const made = await copies.officer.dataCopies.make(customerId);
  const at = { customerId, copyId: made.copyId };
  const { items } = await reviewer.dataCopies.others(at);
  return {
    made,
    at,
    items,
    of: (type: string) => ({ ...at, recordId: items.find((one) => one.type === type)?.recordId ?? "" }),
  };
}

/** Every form of it as text, the archive's papers and lists included. */
async function everyForm(self: Client, copyId: string): Promise<string> {
  const { dataCopies } = self.portal;
  const texts = [];
  for (const form of ["json", "html", "fhir"] as const) texts.push(await textOf(dataCopies.fetch(copyId, form)));
  texts.push(textOfPdf(await bytesOf(dataCopies.fetch(copyId, "pdf"))));
  const files = unzipSync(await bytesOf(dataCopies.fetch(copyId, "archive")));
  for (const [name, bytes] of Object.entries(files)) texts.push(name, Buffer.from(bytes).toString());
  return texts.join("\n");
}

async function strikesOf(at: Parameters<Client["dataCopies"]["readOthers"]>[0]) {
  const reading = await reviewer.dataCopies.readOthers(at);
  const strikes = reading.texts.flatMap(({ name, proposals }) =>
    proposals.map(({ from, to }) => ({ field: name, from, to })),
  );
  return { reading, strikes };
}

for (const isClosed of [false, true])
  test(`whom a narrative of ${isClosed ? "a closed" : "an open"} claim names is in no form once they are struck out, and the rest is`, async () => {
    const one = await somebody({ isClosed });
    const { made, at, of } = await copyOf(one);
    assert.deepEqual([made.state, made.others], ["in-review", { records: 1, waiting: 1 }]);
    await assert.rejects(one.self.portal.dataCopies.fetch(at.copyId, "json"), { code: "unknown-package", status: 404 });
    await assert.rejects(copies.officer.dataCopies.fetch(at, "json"), { code: "not-ready", status: 409 });
    const { reading, strikes } = await strikesOf(of("claim"));
    const found = reading.texts[0]?.proposals.map(({ from, to, why }) => [STORY.slice(from, to), why]);
    assert.deepEqual(found, [
      ["Wilhelmina Witness", "known"],
      ["(850) 535-8715", "identifier"],
      ["Wilhelmina", "known"],
    ]);
    const road = { field: "narrative", from: STORY.indexOf("4 Elm"), to: STORY.indexOf(" saw it") };
    const { revision } = reading;
    const decided = await reviewer.dataCopies.decideOthers(of("claim"), {
      release: true,
      revision,
      strikes: [...strikes, road],
    });
    assert.deepEqual([decided.decision?.by, decided.decision?.ground, decided.decision?.struck], [reviewerId, null, 4]);
    const text = await everyForm(one.self, at.copyId);
    for (const name of [...NAMES, "Elm Road"]) assert.ok(!text.includes(name), name);
    assert.match(
      text,
      /The roof gave way\. \[\.\.\.\] of \[\.\.\.\] saw it; call her on \[\.\.\.\]\. \[\.\.\.\] waited\./,
    );
    assert.match(text, /other people struck out/);
    const { rows } = await operator.query("select sealed from data_copy_part where copy_id = $1", [at.copyId]);
    const bytes = Buffer.concat(rows.map(({ sealed }: { sealed: Buffer }) => sealed)).toString("latin1");
    assert.ok(rows.length > 1 && !bytes.includes("roof") && !bytes.includes("Wilhelmina"));
  });

test("what is kept back is named with its ground, and with the way to have it looked at again", async () => {
  const one = await somebody({ fields: { narrative: STORY, "adjuster-notes": "She lies, says Walter Weasel." } });
  const { at, of } = await copyOf(one);
  await reviewer.dataCopies.decideOthers(of("claim"), { release: false, ground: "others-rights" });
  const text = await everyForm(one.self, at.copyId);
  for (const word of [...NAMES, "Weasel", "roof"]) assert.ok(!text.includes(word), word);
  assert.match(text, /\(Narrative, Adjuster&#39;s notes\): GDPR Art\. 15\(4\); 45 CFR 164\.524\(a\)\(3\)\(ii\)/);
  assert.match(text, /looked at again, by somebody else.*supervisory authority/);
  const warned = await somebody();
  const second = await copyOf(warned);
  await reviewer.dataCopies.decideOthers(second.of("claim"), { release: false, ground: "tipping-off" });
  const silent = await textOf(warned.self.portal.dataCopies.fetch(second.at.copyId, "json"));
  assert.match(silent, /"withheldRecords":\[\]/, "what nobody may be warned of is not told");
});

test("nobody reviews the copy that they made, nor without the right, nor one whom the gate shows it to nobody", async () => {
  const one = await somebody();
  const place = (await copyOf(one)).of("claim");
  const withholding = { release: false, ground: "others-rights" } as const;
  const releasing = { release: true, revision: 1, strikes: [] } as const;
  for (const attempt of [
    () => copies.officer.dataCopies.readOthers(place),
    () => copies.officer.dataCopies.decideOthers(place, { ...releasing, strikes: [] }),
    () => copies.officer.dataCopies.decideOthers(place, withholding),
  ])
    await assert.rejects(attempt(), { code: "own-package", status: 403 });
  await assert.rejects(copies.adjuster.dataCopies.readOthers(place), { status: 403 });
  // Compliance may keep it back, and sees nothing in clear, so that it releases nothing.
  await assert.rejects(copies.overseer.dataCopies.readOthers(place), { code: "not-released", status: 409 });
  await assert.rejects(copies.overseer.dataCopies.decideOthers(place, { ...releasing, strikes: [] }), {
    code: "not-released",
  });
  await copies.overseer.dataCopies.decideOthers(place, withholding);
  await assert.rejects(reviewer.dataCopies.decideOthers(place, withholding), { code: "unknown-item", status: 404 });
  const { ledger } = copies.accounting.bench.server.app.domains;
  const asked = { kinds: ["fulfilment"], customerId: asId(one.customerId) } as const;
  const { items } = await ledger.accountingOpened(asId(one.customerId), asked, { limit: 50 }, "cleared");
  const decided = items.find(({ detail }) => detail["record"] === place.recordId && detail["ground"] !== undefined);
  assert.deepEqual([decided?.detail["released"], decided?.detail["ground"]], [false, "others-rights"]);
  assert.equal((await copies.officer.dataCopies.ofCustomer(one.customerId)).items[0]?.state, "ready");
});

test("what the customer said or handed in themselves waits for nobody, and a copy without free text is ready at once", async () => {
  const own = await somebody({ origin: OWN });
  await copies.adjuster.documents.file(
    own.customerId,
    { unitId: own.claimId, ...SCAN, handedInBy: "customer" },
    Buffer.from("my own photograph"),
  );
  const { made, items } = await copyOf(own);
  assert.deepEqual([made.state, items, made.papers.included], ["ready", [], 1]);
  const text = await everyForm(own.self, made.copyId);
  assert.ok(text.includes("Wilhelmina waited") && text.includes("my own photograph"));
  const without = await somebody({ fields: {} });
  assert.equal((await copyOf(without)).made.state, "ready");
});

test("a paper of others goes along as it is, not at all, or as the copy out of which they were struck", async () => {
  const one = await somebody({ fields: {} });
  const at = { unitId: one.claimId, ...SCAN };
  const original = Buffer.from("statement of Wilhelmina Witness");
  const filed = await copies.adjuster.documents.file(one.customerId, at, original);
  const first = await copyOf(one);
  assert.deepEqual(first.made.papers, { included: 0, leftOut: [{ why: "in-review", count: 1 }] });
  const place = first.of("document");
  await assert.rejects(
    reviewer.dataCopies.decideOthers(place, { release: true, revision: 1, strikes: [], insteadId: filed.recordId }),
    { code: "not-in-text", status: 422 },
  );
  const instead = await reviewer.documents.file(one.customerId, at, Buffer.from("statement of [...]"));
  const { revision } = await reviewer.dataCopies.readOthers(place);
  await reviewer.dataCopies.decideOthers(place, { release: true, revision, strikes: [], insteadId: instead.recordId });
  const text = await everyForm(one.self, first.at.copyId);
  for (const word of [...NAMES, filed.sha256]) assert.ok(!text.includes(word), word);
  assert.ok(text.includes("statement of [...]") && text.includes("a copy out of which other people were struck"));
  const second = await copyOf(one);
  for (const { recordId } of second.items) {
    const it = { ...second.at, recordId };
    if (recordId === filed.recordId)
      await reviewer.dataCopies.decideOthers(it, { release: true, revision, strikes: [] });
    else await reviewer.dataCopies.decideOthers(it, { release: false, ground: "others-rights" });
  }
  const whole = await everyForm(one.self, second.at.copyId);
  assert.ok(whole.includes(String(original)) && !whole.includes("statement of [...]"));
  const [face] = (await copies.officer.dataCopies.ofCustomer(one.customerId)).items;
  assert.deepEqual(face?.papers, { included: 1, leftOut: [{ why: "withheld", count: 1 }] });
});

test("who is linked to the customer is looked for, and the customer's own name is no finding", async () => {
  const fields = {
    narrative: "Zoë Quokka and Barnaby Bandicoot met Mrs Ida Ibex. Barnaby paid to DE02 1203 0000 0000 2020 51.",
  };
  const one = await somebody({ fields });
  const person = await copies.adjuster.customers.create({
    kind: "person",
    units: [
      {
        ...PLACE,
        kind: "relationship",
        records: [{ type: "person", fields: { "first-name": "Barnaby", "last-name": "Bandicoot" } }],
      },
    ],
  });
  const { vault } = copies.accounting.bench.server.app.domains;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;
  await vault.link({ from: asId(person.customerId), to: asId(one.customerId), kind: "household", unitId: null }, actor);
  const { of } = await copyOf(one);
  const { reading } = await strikesOf(of("claim"));
  assert.deepEqual(
    reading.texts[0]?.proposals.map(({ from, to, why }) => [fields.narrative.slice(from, to), why]),
    [
      ["Barnaby Bandicoot", "known"],
      ["Mrs Ida Ibex", "addressed"],
      ["Barnaby", "known"],
      ["DE02 1203 0000 0000 2020 51", "identifier"],
    ],
  );
});

test("what was corrected after it was read is read again, and no passage is struck that is not there", async () => {
  const one = await somebody();
  const { of } = await copyOf(one);
  const place = of("claim");
  const { revision } = await reviewer.dataCopies.readOthers(place);
  const beyond = { field: "narrative", from: 5, to: STORY.length + 1 };
  for (const strike of [beyond, { ...beyond, field: "number", to: 6 }])
    await assert.rejects(reviewer.dataCopies.decideOthers(place, { release: true, revision, strikes: [strike] }), {
      code: "not-in-text",
      status: 422,
    });
  await copies.adjuster.customers.correct(
    { customerId: one.customerId, recordId: place.recordId },
    { expectedRevision: revision, fields: { narrative: "Walter Weasel saw it." }, reason: "misheard" },
  );
  await assert.rejects(reviewer.dataCopies.decideOthers(place, { release: true, revision, strikes: [] }), {
    code: "changed-meanwhile",
    status: 409,
  });
});

test("in the portal such a text is held, and no paper of an investigation is there", async () => {
  const one = await somebody();
  const file = await one.self.portal.file({ topic: "claims-narrative" });
  const shown = file.topics.flatMap(({ records }) => records.flatMap(({ fields }) => fields));
  assert.deepEqual(
    shown.map(({ field, form, value }) => [field, form, value]),
    [["claim.narrative", "held", ""]],
  );
  const paper = { type: "document", fields: { kind: "report", title: "on Wilhelmina Witness" } };
  await copies.adjuster.customers.addUnit(one.customerId, { ...PLACE, kind: "investigation", records: [paper] });
  const again = await one.self.portal.file({ topic: "claims-narrative" });
  assert.deepEqual(
    again.topics.flatMap(({ records }) => records.map(({ type }) => type)),
    ["claim"],
  );
  const { items } = await copyOf(one);
  assert.deepEqual(
    items.map(({ type }) => type),
    ["claim"],
  );
});

test("an operator who takes away or changes what waits gets nothing out", async () => {
  const one = await somebody();
  const { at } = await copyOf(one);
  await operator.query("delete from authority_row where owner_id = $1 and kind = 'data-copy-others'", [one.customerId]);
  await assert.rejects(one.self.portal.dataCopies.fetch(at.copyId, "json"));
  await assert.rejects(reviewer.dataCopies.others(at));
});
