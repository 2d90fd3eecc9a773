// Disputed fields in copies of data: marked in every form to read, with the customer's own words, and gone with the record.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asId } from "../kernel/ids.ts";
import { textOf as textOfPdf } from "../letters/test-printed-text.ts";
import { bytesOf, openTestCopies, type TestCopies, textOf } from "./test-copies.ts";

let copies: TestCopies;
before(async () => {
  copies = await openTestCopies();
});
after(() => copies?.accounting.bench.close());

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const WORDS = "I braked <before> the crossing.";

/** Who disputes what a claim says of them, after its correction was refused. */
async function disputing() {
  const { adjuster, officer, strongly } = copies;
  const fields = { number: "CL-9", narrative: "Did not brake before the crossing." };
  const claim = { type: "claim", fields, origin: { source: "person", ground: "given" } };
  const person = { type: "person", fields: { "last-name": "Quill", "birth-date": "1980-05-04" } };
  const made = await adjuster.customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...PLACE, records: [person] },
      { kind: "claim", ...PLACE, records: [claim] },
    ],
  });
  const { customerId } = made;
  const self = await strongly(customerId);
  const place = { country: "US", state: "CA" };
  const { requestId } = await self.portal.rights.open({ kind: "correction", place, words: "I did brake" });
  const { grounds } = await officer.rights.read(requestId, { words: "left" });
  const ground = grounds[0]?.code ?? null;
  await officer.rights.decide(requestId, { outcome: "refused", ground, reason: "the witness says otherwise" });
  const recordId = made.records[1]?.recordId ?? "";
  await self.portal.rights.step(requestId, { do: "file-statement", recordId, fields: ["narrative"], words: WORDS });
  return { customerId, claimId: made.units[1]?.unitId ?? "", self };
}

test("a disputed field is marked in every form, once, with the words of the statement beside its record", async () => {
  const { customerId, self } = await disputing();
  const { copyId } = await copies.officer.dataCopies.make(customerId, { language: "de" });
  const html = await textOf(self.portal.dataCopies.fetch(copyId, "html"));
  const today = new Date().toISOString().slice(0, 10);
  const mark = `Sie sagen, dass das falsch ist, seit dem ${today}`;
  assert.equal(html.split(mark).length, 2, "one field and no other");
  assert.match(html, new RegExp(`<dd>Did not brake before the crossing\\. <small>\\(${mark}\\)</small></dd>`));
  assert.equal(html.split("I braked &lt;before&gt; the crossing.").length, 2);
  const lines = textOfPdf(await bytesOf(self.portal.dataCopies.fetch(copyId, "pdf"))).replaceAll("\n", " ");
  assert.ok(lines.includes(mark), "marked on paper");
  assert.ok(lines.includes(WORDS), "said on paper");
  const { records } = JSON.parse(await textOf(self.portal.dataCopies.fetch(copyId, "json")));
  const stated = records.filter((one: { statements?: unknown[] }) => one.statements !== undefined);
  assert.deepEqual(
    stated.map((one: { type: string; statements: { words: string }[] }) => [one.type, one.statements[0]?.words]),
    [["claim", WORDS]],
  );
});

test("the words go with the claim that they are about, out of copies that were made before", async () => {
  const { customerId, claimId, self } = await disputing();
  const { copyId } = await copies.officer.dataCopies.make(customerId);
  const { vault } = copies.accounting.bench.server.app.domains;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.erase({ customerId: asId(customerId), unitId: asId(claimId) }, actor);
  for (const form of ["html", "json"] as const)
    assert.ok(!(await textOf(self.portal.dataCopies.fetch(copyId, form))).includes("braked"), form);
});
