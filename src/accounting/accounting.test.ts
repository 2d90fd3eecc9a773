// Who has looked at it: each list is the ledger read as its law says, every line provable, and what is withheld leaves no trace in any.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { verifyOpening, verifyReceipt } from "../../sdk/verify/verify.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { TestCustomer, TestPortal } from "../portal/test-portal.ts";
import { allOf, ids, type Look, openTestAccounting, type TestAccounting } from "./test-accounting.ts";

let accounting: TestAccounting;
let bench: TestPortal;
before(async () => {
  accounting = await openTestAccounting();
  ({ bench } = accounting);
});
after(() => bench.close());

const YEAR_MS = 365.25 * 86_400_000;
const { sessionOf, write, lookAt }: Pick<TestAccounting, "sessionOf" | "write" | "lookAt"> = {
  sessionOf: (customerId) => accounting.sessionOf(customerId),
  write: (...looks) => accounting.write(...looks),
  lookAt: (look) => accounting.lookAt(look),
};

test("a real look stands on the timeline with role, purpose and fields, and nobody is named", async () => {
  const { customerId, claimId } = await bench.customer();
  const { principalId, token } = await bench.server.createClient({
    role: "claims-adjuster",
    purposes: ["claim-handling"],
  });
  const { access } = bench.server.app.domains;
  const admin = (await access.authenticate(bench.server.admin.token))!;
  const assigned = { customerId, unitId: claimId, assigneeId: principalId, kind: "claim", endsAt: null } as const;
  await access.createAssignments([assigned], admin);
  const fields = ["person.last-name", "investigation.indicators"];
  const shown = await bench
    .as(token)
    .disclose({ customerId, purpose: "claim-handling", fields, workContext: { unitId: claimId } });
  const self = await sessionOf(customerId);
  const { law, items } = await self.portal.accounting.list({ law: "timeline" });
  assert.equal(law, "timeline");
  // Whoever asks for a field of an investigation leaves no line; what is asked without it is told.
  assert.ok(!items.some(({ entryId }) => entryId === shown.disclosureId));
  const plain = await bench
    .as(token)
    .disclose({ customerId, purpose: "claim-handling", fields: ["claim.number"], workContext: { unitId: claimId } });
  assert.notEqual(plain.outcome, "denied");
  const after_ = await self.portal.accounting.list({ law: "timeline" });
  const told = after_.items.find(({ entryId }) => entryId === plain.disclosureId);
  assert.deepEqual(told?.who, { kind: "staff", role: "claims-adjuster", name: null });
  assert.deepEqual([told?.purpose, told?.basis, told?.recipient], ["claim-handling", "role-duty", null]);
  assert.deepEqual(told?.fields, [{ field: "claim.number", form: "clear" }]);
  assert.equal(told?.index, plain.promise.index);
  // One's own look is one of the lines, as such.
  await self.portal.file({ topic: "identity" });
  const [newest] = (await self.portal.accounting.list({ law: "timeline" })).items;
  assert.equal(newest?.who.kind, "self");
});

test("the law is chosen by line and jurisdiction, and the answer says by which", async () => {
  const person = await bench.customer();
  const self = await sessionOf(person.customerId);
  const auto = await self.portal.accounting.list();
  assert.equal(auto.law, "naic-670");
  assert.deepEqual(auto.laws.find(({ law }) => law === "naic-670")?.because, {
    line: "auto",
    entity: "acme",
    jurisdiction: "US",
  });
  assert.equal(auto.laws.find(({ law }) => law === "hipaa")?.because, null, "HIPAA does not reach auto");
  const { vault } = bench.server.app.domains;
  const create = { kind: "policy", entity: "acme", brand: "acme", line: "health", book: null } as const;
  const units = [{ unitId: newId(), create, sources: [], records: [] }];
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.create([{ customerId: person.customerId, create: null, sources: [], units }], actor);
  const health = await self.portal.accounting.list();
  assert.equal(health.law, "hipaa");
  assert.equal(health.laws.find(({ law }) => law === "hipaa")?.because?.line, "health");
  const { laws, roles } = await self.portal.accounting.lists();
  assert.deepEqual(
    laws.map(({ law, years }) => [law, years]),
    [
      ["hipaa", 6],
      ["gdpr", null],
      ["naic-670", 2],
    ],
  );
  assert.equal(roles.find(({ role }) => role === "dpo")?.title.de, "Datenschutz");
});

test("withheld entries cannot be told from absent ones: not by pages, cursors, totals, papers, nor by how much is read", async () => {
  const [watched, plain] = [await bench.customer(), await bench.customer()];
  const hidden: Uuid[] = [];
  for (let at = 0; at < 23; at += 1) {
    const recipientType = at % 3 === 0 ? "court" : null;
    for (const { customerId } of [watched, plain]) await write({ customerId, recipientType, purpose: "litigation" });
    hidden.push(
      ...(await write(
        { customerId: watched.customerId, purpose: "fraud-investigation", withheld: true },
        { customerId: watched.customerId, purpose: "legal-demand", recipientType: "court", withheld: true },
        { customerId: watched.customerId, others: [newId()], purpose: "legal-demand", withheld: true },
      )),
    );
  }
  const { ledger } = bench.server.app.domains;
  const reads: number[] = [];
  const { accountingOpened } = ledger;
  let read = 0;
  // The lists are opened with this very ledger.
  Object.assign(ledger, {
    accountingOpened: (...asked: Parameters<typeof accountingOpened>) => ((read += 1), accountingOpened(...asked)),
  });
  try {
    const seen = [];
    for (const { customerId } of [watched, plain]) {
      const self = await sessionOf(customerId);
      const lists = [];
      for (const law of ["timeline", "naic-670", "gdpr", "hipaa"] as const) {
        const { items, sizes } = await allOf(self, { law, limit: 5 });
        const told = items
          .filter(({ kind }) => kind === "disclosure")
          .map(({ purpose, who, recipient, fields, outcome, opens }) => ({
            purpose,
            who,
            recipient,
            fields,
            outcome,
            opens,
          }));
        lists.push({ law, sizes, told });
      }
      seen.push(lists);
      reads.push(read);
      read = 0;
    }
    assert.deepEqual(seen[0], seen[1]);
  } finally {
    Object.assign(ledger, { accountingOpened });
  }
  assert.equal(reads[0], reads[1]);
  const self = await sessionOf(watched.customerId);
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => "answered",
      ({ status, problem }: { status: number; problem: { code: string; detail: string } }) => [
        status,
        problem.code,
        problem.detail,
      ],
    );
  for (const unknown of hidden.slice(0, 3)) {
    const [nobody] = [newId()];
    assert.deepEqual(
      await refusal(self.portal.accounting.receipt(unknown)),
      await refusal(self.portal.accounting.receipt(nobody)),
    );
    assert.deepEqual(
      await refusal(self.portal.accounting.opening(unknown)),
      await refusal(self.portal.accounting.opening(nobody)),
    );
    assert.equal((await refusal(self.portal.accounting.receipt(unknown)))[0], 404);
  }
});

test("two thousand lines are paged through once each, in order, with little read for each page", async () => {
  const { customerId } = await bench.customer();
  const many = Array.from({ length: 2000 }, () => lookAt({ customerId }));
  const { ledger } = bench.server.app.domains;
  for (let at = 0; at < many.length; at += 200)
    await Promise.all(many.slice(at, at + 200).map((draft) => ledger.append(draft)));
  const self = await sessionOf(customerId);
  const begun = process.cpuUsage();
  const { items, sizes } = await allOf(self, { law: "timeline", limit: 200 });
  const { user, system } = process.cpuUsage(begun);
  const lines = items.filter(({ kind }) => kind === "disclosure");
  assert.deepEqual([lines.length, new Set(ids(lines)).size], [2000, 2000]);
  assert.ok(sizes.length <= 11);
  assert.deepEqual(
    items.map(({ index }) => index),
    items.map(({ index }) => index).toSorted((left, right) => right - left),
  );
  // Client, server and database's answers together; a page of fifty is well below a tenth of a second.
  assert.ok((user + system) / sizes.length < 1_500_000, `${(user + system) / sizes.length} µs a page of 200`);
});

test("a line proves itself: its receipt and its opening agree, and neither is had for what is not on one's list", async () => {
  const [person, other] = [await bench.customer(), await bench.customer()];
  const [entryId, batch, excused, watched, vip, others] = await write(
    { customerId: person.customerId },
    { customerId: person.customerId, others: [other.customerId] },
    { customerId: person.customerId, more: { justification: "his brother called about it" } },
    { customerId: person.customerId, more: { watch: [{ outcome: "ask-reason" }] } },
    { customerId: person.customerId, more: { inputs: [{ relationship: "none", on: "caseOpen vip" }] } },
    { customerId: other.customerId },
  );
  const self = await sessionOf(person.customerId);
  const { items } = await self.portal.accounting.list({ law: "timeline" });
  const opens = (id: string | undefined) => items.find((line) => line.entryId === id)?.opens;
  assert.deepEqual([entryId, batch, excused, watched, vip].map(opens), [true, false, false, false, false]);
  const opening = await self.portal.accounting.opening(entryId!);
  const { logKey } = bench.server.app.domains.ledger;
  let receipt: string | null = null;
  while (receipt === null)
    receipt = await self.portal.accounting
      .receipt(entryId!)
      .catch(({ status }) => (status === 503 ? null : assert.fail(`${status}`)));
  const verified = verifyReceipt(receipt, logKey);
  assert.equal(Buffer.from(verified.leaf).toString("base64"), opening.leaf);
  const detail = verifyOpening(verified.leaf, opening.r, JSON.parse(opening.detail)) as { readonly entryId?: string };
  assert.equal(detail.entryId, entryId);
  for (const id of [batch, excused, watched, vip])
    await assert.rejects(self.portal.accounting.opening(id!), { code: "not-opened", status: 403 });
  await assert.rejects(self.portal.accounting.opening(others!), { code: "unknown-line", status: 404 });
  await assert.rejects(self.portal.accounting.receipt(others!), { code: "unknown-line", status: 404 });
});

test("nobody reads somebody else's list; each reading, allowed or refused, is an entry first", async () => {
  const [person, other]: TestCustomer[] = [await bench.customer(), await bench.customer()];
  const self = await sessionOf(person!.customerId);
  await assert.rejects(self.portal.accounting.list({ customerId: other!.customerId }), {
    code: "unknown-list",
    status: 404,
  });
  await assert.rejects(self.portal.accounting.list({ customerId: newId() }), { code: "unknown-list", status: 404 });
  await self.portal.accounting.list();
  const { ledger } = bench.server.app.domains;
  const read = async (customerId: Uuid) =>
    (await ledger.list({ kinds: ["accounting-read"], customerId }, { limit: 5 }, "cleared")).items.map(
      ({ outcome }) => outcome,
    );
  assert.deepEqual([await read(other!.customerId), await read(person!.customerId)], [["denied"], ["allowed"]]);
  assert.equal(await bench.maker.portal.accounting.list().catch(({ status }) => status), 403);
});

test("each law's list is the ledger read as the law says", async () => {
  const { customerId } = await bench.customer();
  const looks: Look[] = [
    { customerId },
    { customerId, recipientType: "service-provider", purpose: "vendor-processing" },
    { customerId, recipientType: "law-enforcement", purpose: "statutory-reporting" },
    { customerId, recipientType: "individual", purpose: "data-subject-request", basis: "rights-request" },
    { customerId, recipientType: "insurer", purpose: "statutory-reporting", basis: "authorization" },
    { customerId, recipientType: "regulator", purpose: "regulator-exam", outcome: "denied" },
    { customerId, role: "regulator-examiner", purpose: "regulator-exam" },
    { customerId, role: "tpa", purpose: "claim-handling" },
    { customerId, recipientType: "court", purpose: "litigation", outcome: "partial" },
    { customerId, recipientType: "court", purpose: "legal-demand", withheld: true },
  ];
  const [own, vendor, police, , authorized, , examiner, tpa, court] = await write(...looks);
  const self = await sessionOf(customerId);
  const listed = async (law: "hipaa" | "gdpr" | "naic-670" | "timeline") => ids((await allOf(self, { law })).items);
  // 45 CFR 164.528: neither treatment, payment and operations, nor what was authorized.
  assert.deepEqual(await listed("hipaa"), [examiner, police]);
  assert.deepEqual(await listed("gdpr"), [court, tpa, examiner, authorized, police, vendor]);
  assert.deepEqual(await listed("naic-670"), [court, tpa, examiner, authorized, police, vendor]);
  assert.ok((await listed("timeline")).includes(own!));
  accounting.pass(2.1 * YEAR_MS);
  const later = await sessionOf(customerId);
  const count = async (law: "hipaa" | "gdpr" | "naic-670") => (await allOf(later, { law })).items.length;
  assert.deepEqual(
    [await count("naic-670"), await count("hipaa"), await count("gdpr")],
    [0, 2, 6],
    "two years of recipients",
  );
  accounting.pass(4 * YEAR_MS);
  const latest = await sessionOf(customerId);
  assert.equal((await allOf(latest, { law: "hipaa" })).items.length, 0, "six years");
  assert.equal((await allOf(latest, { law: "gdpr" })).items.length, 6);
});
