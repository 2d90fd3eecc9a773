// What we hold about me: everything that may be shown, by topic; the rest is left out so that it looks like nothing at all.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "./test-portal.ts";

let bench: TestPortal;
let offsetMs = 0;
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) } });
});
after(() => bench.close());

const HOUR_MS = 3_600_000;
let asked = 0;

async function customer(birthDate = "1971-03-09") {
  const email = `file.${(asked += 1)}@mailbox.example`;
  const made = await bench.customer({ email, firstName: "Ada", lastName: "Lindqvist", birthDate });
  return { ...made, email };
}

async function self({ email }: { readonly email: string }) {
  offsetMs += HOUR_MS;
  return bench.as(await bench.signIn(email));
}

type File = Awaited<ReturnType<Awaited<ReturnType<typeof self>>["portal"]["file"]>>;
const shownIn = ({ topics }: File) =>
  topics.flatMap(({ topic, records }) =>
    records.flatMap(({ type, fields }) =>
      fields.map(({ field, form, value }) => `${topic} ${type} ${field} ${form} ${value}`),
    ),
  );

/** A session in which a passkey that counts was shown. */
async function strongSession({ customerId }: TestCustomer) {
  const { access, signIns } = bench.server.app.domains;
  const { token } = await signIns.sessions.start({
    principalId: await access.enrolCustomer(customerId, access.system),
    methods: ["passkey"],
    isStrong: true,
    isPhishingResistant: true,
    lifetimeSeconds: 3600,
    idleSeconds: 900,
    device: "test",
    address: "127.0.0.1",
  });
  return bench.as(token);
}

async function add({ customerId, claimId }: TestCustomer, type: string, fields: Record<string, string>) {
  const { vault } = bench.server.app.domains;
  const prepared = vault.prepare({ recordType: type, fields });
  assert.ok(prepared.ok);
  const isOwn = type === "investigation";
  const unit = {
    unitId: isOwn ? newId() : claimId,
    create: isOwn
      ? ({ kind: "investigation", entity: "acme", brand: "acme", line: "auto", book: null } as const)
      : null,
    sources: [],
    records: [{ recordId: newId(), record: prepared.record, source: null }],
  };
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.create([{ customerId, create: null, sources: [], units: [unit] }], actor);
}

test("values by topic once a passkey counts, masks before that with word of it, and official numbers in part always", async () => {
  const person = await customer();
  // What is added of late makes contacts wait, so the code comes first.
  const session = await self(person);
  await add(person, "government-id", { ssn: "648-28-2059", "licence-state": "NY" });
  const byCode = await session.portal.file();
  const fieldsOf = (file: File) => file.topics.flatMap(({ records }) => records.flatMap(({ fields }) => fields));
  assert.ok(fieldsOf(byCode).every(({ form }) => form === "masked"));
  assert.ok(fieldsOf(byCode).find(({ field }) => field === "person.last-name")?.withPasskey);
  const wholeOf = (path: string) => fieldsOf(byCode).find(({ field }) => field === path)?.isWhole;
  assert.deepEqual(
    ["government-id.licence-state", "person.last-name", "government-id.ssn"].map(wholeOf),
    [true, false, false],
    "what has no more to it is not said to be shown in part",
  );
  const strong = await (await strongSession(person)).portal.file();
  const name = fieldsOf(strong).find(({ field }) => field === "person.last-name");
  assert.deepEqual([name?.form, name?.value, name?.withPasskey], ["clear", "Lindqvist", false]);
  const ssn = fieldsOf(strong).find(({ field }) => field === "government-id.ssn");
  assert.deepEqual([ssn?.form, ssn?.value, ssn?.withPasskey], ["masked", "••••2059", false]);
  assert.ok(strong.units.some(({ kind, entity }) => kind === "claim" && entity === "acme"));
  const identity = await (await strongSession(person)).portal.file({ topic: "identity" });
  assert.deepEqual(
    identity.topics.map(({ topic }) => topic),
    ["identity"],
  );
});

test("the page can verify what it was shown: an entry of one's own, whose receipt is one's own to fetch", async () => {
  const person = await customer();
  const session = await strongSession(person);
  const { disclosureId, promise } = await session.portal.file();
  const { ledger } = bench.server.app.domains;
  const entry = await ledger.entry(disclosureId as never);
  assert.equal(entry?.index, promise.index);
  assert.deepEqual(
    [entry?.customerId, entry?.purpose, entry?.basis, entry?.withheld],
    [person.customerId, "data-subject-request", "rights-request", false],
  );
  for (;;) {
    const receipt = await session.ledger.receipt(disclosureId).catch((error: { status: number }) => error.status);
    if (receipt === 503) continue;
    assert.match(String(receipt), /^c2sp.org\/tlog-proof@v1/);
    break;
  }
});

test("an investigation, what a closed claim holds back, and nothing at all look the same", async () => {
  const [watched, plain] = [await customer(), await customer()];
  await add(watched, "investigation", { indicators: "staged collision suspected" });
  const { vault } = bench.server.app.domains;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  for (const { customerId, claimId } of [watched, plain])
    await vault.changeUnit({ customerId, unitId: claimId, status: "closed" }, actor);
  await add(watched, "note", { subject: "hunch", text: "the neighbour says otherwise" });
  const [one, other] = [
    await (await strongSession(watched)).portal.file(),
    await (await strongSession(plain)).portal.file(),
  ];
  const anonymous = (file: File) => shownIn(file).map((line) => line.replaceAll(/file\.\d+@|7711\d+|CL-\d+/g, "#"));
  assert.deepEqual(anonymous(one), anonymous(other));
  assert.deepEqual(
    one.topics.map(({ topic }) => topic),
    other.topics.map(({ topic }) => topic),
  );
  assert.ok(!one.topics.some(({ topic }) => topic === "investigation"));
  assert.deepEqual(one.units.map(({ kind }) => kind).toSorted(), other.units.map(({ kind }) => kind).toSorted());
  // Nothing that the entry is made of tells of it either, and the entry is not withheld from its owner for it.
  const opened = await bench.server.app.domains.ledger.opening(one.disclosureId as never, "cleared");
  assert.ok(!JSON.stringify(opened?.detail).includes("investigation."));
});

test("nobody else's file is there, whether or not it exists", async () => {
  const [person, other] = [await customer(), await customer()];
  const session = await strongSession(person);
  const refusals = await Promise.all(
    [other.customerId, newId()].map((customerId) =>
      session.portal.file({ customerId }).catch(({ problem }: { problem: object }) => ({ ...problem, instance: "" })),
    ),
  );
  assert.deepEqual(refusals[0], refusals[1]);
  assert.equal((refusals[0] as { status?: number }).status, 404);
});

test("topics come in three languages, one for each class that is ever shown", async () => {
  const person = await customer();
  const { topics, records } = await (await self(person)).portal.topics();
  assert.equal(topics.length, 14);
  for (const { title, text } of topics) for (const words of [title, text]) assert.ok(words.en && words.es && words.de);
  assert.ok(records.some(({ type }) => type === "claim"));
});
