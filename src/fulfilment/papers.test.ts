// Papers in copies of data: those that the gate lets the customer have, to the byte; the others left out, with the reason for whoever made the copy.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { unzipSync } from "fflate";
import pg from "pg";
import type { Client } from "../../sdk/client.ts";
import { asId } from "../kernel/ids.ts";
import { bytesOf, openTestCopies, type TestCopies } from "./test-copies.ts";
import { COURT_ORDER } from "../demands/test-court-order.ts";

let copies: TestCopies;
let clerk: Client;
let operator: pg.Client;
before(async () => {
  copies = await openTestCopies();
  const { server, as } = copies.accounting.bench;
  clerk = as((await server.createClient({ role: "litigation", purposes: ["litigation"] })).token);
  operator = new pg.Client({ connectionString: server.database.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await copies?.accounting.bench.close();
});

const PLACE = { entity: "acme", brand: "acme", line: "health" } as const;
/** Handed in by the customer, so that nobody has to look through it first (others.test.ts). */
const OWN = { handedInBy: "customer" } as const;
const SCAN = { kind: "form", mediaType: "application/pdf", ...OWN } as const;
const PAPERS = ["papers/001-form.pdf", "papers/002-photograph.jpg"] as const;

/** With one claim that is open and one that is not. */
async function somebody() {
  const { adjuster, assign, strongly } = copies;
  const claim = (number: string) => ({
    ...PLACE,
    kind: "claim" as const,
    records: [{ type: "claim", fields: { number } }],
  });
  const person = { type: "person", fields: { "last-name": "Quokka" } };
  const units = [{ ...PLACE, kind: "relationship" as const, records: [person] }, claim("C-1"), claim("C-2")];
  const { customerId, units: made } = await adjuster.customers.create({ kind: "person", units });
  const [openId = "", closedId = ""] = made.slice(1).map(({ unitId }) => unitId);
  await assign(customerId, openId);
  await assign(customerId, closedId);
  return { customerId, openId, closedId, self: await strongly(customerId) };
}

/** As they are had in an archive. */
async function unzipped(self: Client, copyId: string): Promise<ReadonlyMap<string, Buffer>> {
  const archive = await bytesOf(self.portal.dataCopies.fetch(copyId, "archive"));
  return new Map(Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}

async function withPapers() {
  const one = await somebody();
  const { adjuster } = copies;
  const papers = [randomBytes(1_300_000), Buffer.from("a photograph of the roof")] as const;
  const at = { unitId: one.openId };
  const first = await adjuster.documents.file(one.customerId, { ...at, ...SCAN }, papers[0]);
  const photograph = { ...at, kind: "photograph", mediaType: "image/jpeg", ...OWN } as const;
  const second = await adjuster.documents.file(one.customerId, photograph, papers[1]);
  return { ...one, papers, filed: [first, second] as const };
}

/** By a demand that rests on this paper. */
async function demanded(customerId: string, recordId: string): Promise<void> {
  await clerk.demands.takeIn({
    ...COURT_ORDER,
    document: { customerId, recordId },
    named: [{ customerId, classes: ["identity"] }],
  });
}

test("an archive holds every form of the copy and the customer's papers to the byte, and the digest of each file", async () => {
  const { customerId, self, papers, filed } = await withPapers();
  const made = await copies.officer.dataCopies.make(customerId, { language: "es" });
  assert.deepEqual(made.papers, { included: 2, leftOut: [] });
  const [own] = (await self.portal.dataCopies.list()).items;
  assert.equal(own?.papers, 2);
  const files = await unzipped(self, made.copyId);
  const forms = ["information.html", "information.pdf", "information.json", "information.fhir.json"];
  assert.deepEqual([...files.keys()], [...forms, ...PAPERS, "contents.txt", "SHA256SUMS"]);
  for (const [at, name] of PAPERS.entries()) assert.ok(files.get(name)?.equals(papers[at] ?? Buffer.alloc(0)), name);
  const sums = new Map(
    String(files.get("SHA256SUMS"))
      .trimEnd()
      .split("\n")
      .map((line) => line.split("  ").toReversed() as [string, string]),
  );
  for (const [name, bytes] of files)
    if (name !== "SHA256SUMS") assert.equal(sums.get(name), createHash("sha256").update(bytes).digest("hex"), name);
  const contents = String(files.get("contents.txt"));
  assert.match(contents, /La información que tenemos sobre usted/);
  for (const { sha256 } of filed) assert.ok(contents.includes(sha256));
  assert.equal(JSON.parse(String(files.get("information.json"))).customer, customerId);
});

test("each paper that goes is an entry of its own, and so are the making, with what went and what did not, and the fetching", async () => {
  const { customerId, self, filed } = await withPapers();
  const { copyId } = await copies.officer.dataCopies.make(customerId);
  await unzipped(self, copyId);
  const { ledger } = copies.accounting.bench.server.app.domains;
  const read = async (kinds: NonNullable<Parameters<typeof ledger.accountingOpened>[1]["kinds"]>) =>
    (await ledger.accountingOpened(asId(customerId), { kinds }, { limit: 100 }, "cleared")).items;
  const opened = (await read(["disclosure"])).filter(({ detail }) => detail["ownUse"] === "document-bytes");
  assert.deepEqual(
    new Set(opened.map(({ detail }) => detail["serves"])),
    new Set(filed.map(({ recordId }) => recordId)),
  );
  const [fetched, made] = await read(["fulfilment"]);
  assert.deepEqual([fetched?.detail["form"], fetched?.detail["papers"]], ["archive", 2]);
  assert.deepEqual(new Set(made?.detail["papers"] as string[]), new Set(filed.map(({ recordId }) => recordId)));
});

test("a download that outlasts leases of keys is whole: what did not open within one is read again, in smaller steps", async () => {
  const { customerId, self, papers } = await withPapers();
  const { copyId } = await copies.officer.dataCopies.make(customerId);
  const { keys } = copies.accounting.bench.server.app.domains;
  const { beginLease, openUnitKeys } = keys;
  let [opened, ended] = [0, 0];
  // As where each lease ends when two parts were opened. The gate is opened with these very keys.
  Object.assign(keys, {
    openUnitKeys: (...asked: Parameters<typeof openUnitKeys>) => ((opened += 1), openUnitKeys.apply(keys, asked)),
    beginLease: () => {
      const isLive = beginLease.call(keys);
      opened = 0;
      return () => {
        if (opened > 2) ended += 1;
        return opened <= 2 && isLive();
      };
    },
  });
  try {
    const files = await unzipped(self, copyId);
    for (const [at, name] of PAPERS.entries()) assert.ok(files.get(name)?.equals(papers[at] ?? Buffer.alloc(0)), name);
    assert.ok(ended > 0, "leases did end");
  } finally {
    Object.assign(keys, { beginLease, openUnitKeys });
  }
});

test("papers of closed files that are kept back, of legal demands, and those kept elsewhere stay out: the maker is told why, and the customer of no demand", async () => {
  const { customerId, openId, closedId, self } = await withPapers();
  const { adjuster, officer, overseer } = copies;
  await adjuster.documents.file(customerId, { unitId: closedId, ...SCAN }, Buffer.from("paper of a closed claim"));
  await adjuster.customers.changeUnit({ customerId, unitId: closedId }, { status: "closed" });
  const digest = { kind: "letter", digest: "ab".repeat(32), "storage-reference": "box 7" };
  const origin = { source: "person", ground: "given" } as const;
  await adjuster.customers.addRecord(customerId, { unitId: openId, type: "document", fields: digest, origin });
  const order = await officer.documents.file(customerId, { ...SCAN, kind: "letter" }, Buffer.from("sealed order"));
  await demanded(customerId, order.recordId);
  const made = await officer.dataCopies.make(customerId);
  const { items: held } = await overseer.dataCopies.others(made);
  assert.deepEqual(
    held.map(({ unitId, type }) => [unitId, type]),
    [[closedId, "document"]],
    "nor is the paper of a demand among what somebody is to look at",
  );
  const place = { ...made, recordId: held[0]?.recordId ?? "" };
  await overseer.dataCopies.decideOthers(place, { release: false, ground: "others-rights" });
  const [face] = (await officer.dataCopies.ofCustomer(customerId)).items;
  const leftOut = new Map(face?.papers.leftOut.map(({ why, count }) => [why, count]));
  assert.deepEqual(made.papers.included, 2);
  assert.deepEqual(Object.fromEntries(leftOut), { "legal-demand": 1, elsewhere: 1, withheld: 1 });
  const files = await unzipped(self, made.copyId);
  assert.deepEqual(
    [...files.keys()].filter((name) => name.startsWith("papers/")),
    [...PAPERS],
  );
  const all = Buffer.concat([...files.values()]);
  for (const hidden of ["sealed order", order.recordId, order.sha256, "paper of a closed claim"])
    assert.ok(!all.includes(hidden), hidden);
  assert.match(String(files.get("contents.txt")), /- 1 of which we hold only the digest here/);
  assert.deepEqual((await self.portal.dataCopies.list()).items[0]?.papers, 2);
});

test("a paper whose parts an operator removed is said to be unreadable, and the rest goes out", async () => {
  const { customerId, self, filed } = await withPapers();
  const { copyId } = await copies.officer.dataCopies.make(customerId);
  await operator.query("delete from document_part where record_id = $1 and part = 0", [filed[0].recordId]);
  const files = await unzipped(self, copyId);
  assert.ok(!files.has(PAPERS[0]) && files.has(PAPERS[1]));
  assert.match(String(files.get("contents.txt")), /001-form\.pdf.*cannot be read any more/);
});

test("papers of a claim that is erased after the copy was made are not in it any more", async () => {
  const { customerId, openId, self } = await withPapers();
  const { copyId } = await copies.officer.dataCopies.make(customerId);
  const { vault } = copies.accounting.bench.server.app.domains;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.erase({ customerId: asId(customerId), unitId: asId(openId) }, actor);
  const files = await unzipped(self, copyId);
  assert.ok(![...files.keys()].some((name) => name.startsWith("papers/")));
  assert.match(String(files.get("contents.txt")), /none go along/);
});

test("a paper that a demand was found to rest on after the copy was made is not in it any more", async () => {
  const { customerId, self, filed } = await withPapers();
  const { copyId } = await copies.officer.dataCopies.make(customerId);
  await demanded(customerId, filed[0].recordId);
  const files = await unzipped(self, copyId);
  assert.deepEqual(
    [...files.keys()].filter((name) => name.startsWith("papers/")),
    ["papers/001-photograph.jpg"],
  );
  const all = Buffer.concat([...files.values()]);
  for (const hidden of [filed[0].recordId, filed[0].sha256]) assert.ok(!all.includes(hidden), hidden);
});

/** Somebody whose letters others handed in, and who reads them for a copy. */
async function reviewed() {
  const { customerId, openId } = await somebody();
  const { adjuster, officer, accounting } = copies;
  const { server, as } = accounting.bench;
  const hired = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  await as(server.admin.token).assignments.create({ customerId, clientId: hired.principalId, kind: "case" });
  const kind = { unitId: openId, kind: "letter", mediaType: "application/pdf" } as const;
  return {
    customerId,
    reviewer: as(hired.token),
    file: (text: string) => adjuster.documents.file(customerId, kind, Buffer.from(text)),
    /** Makes the copy; the place of a paper in it. */
    copied: async () => {
      const { copyId } = await officer.dataCopies.make(customerId);
      return ({ recordId }: { readonly recordId: string }) => ({ customerId, copyId, recordId });
    },
  };
}

test("a paper that a demand was found to rest on while it waited to be read goes to nobody, nor in another's place", async () => {
  const { customerId, reviewer, file, copied } = await reviewed();
  const [order, other] = [await file("sealed order"), await file("a letter of the garage")];
  const at = await copied();
  const read = async (paper: typeof order) => (await reviewer.dataCopies.readOthers(at(paper))).revision;
  const revisions = [await read(order), await read(other)] as const;
  await demanded(customerId, order.recordId);
  const release = { release: true } as const;
  const refused = { code: "not-released", status: 409 };
  const [first, second] = revisions;
  await assert.rejects(reviewer.dataCopies.decideOthers(at(order), { ...release, revision: first }), refused);
  await assert.rejects(
    reviewer.dataCopies.decideOthers(at(other), { ...release, revision: second, insteadId: order.recordId }),
    refused,
  );
  await reviewer.dataCopies.decideOthers(at(other), { ...release, revision: second });
});

test("a paper of the copy goes in no other's place before it is released itself: neither one that waits nor one that was kept back", async () => {
  const { reviewer, file, copied } = await reviewed();
  const [witness, letter] = [await file("what the witness said"), await file("a letter of the garage")];
  const at = await copied();
  const { revision } = await reviewer.dataCopies.readOthers(at(letter));
  const inPlace = () =>
    reviewer.dataCopies.decideOthers(at(letter), { release: true, revision, insteadId: witness.recordId });
  await assert.rejects(inPlace(), { code: "not-released" });
  await reviewer.dataCopies.decideOthers(at(witness), { release: false, ground: "others-rights" });
  await assert.rejects(inPlace(), { code: "not-released" });
});
