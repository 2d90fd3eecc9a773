// Where something is from and on which ground it was collected is sealed with it, told to whoever may see it, and never made up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../../sdk/client.ts";
import { asId } from "../../kernel/ids.ts";
import { openTestPortal, type TestPortal } from "../../portal/test-portal.ts";

let portal: TestPortal;
let adjuster: Client;
let adjusterId: string;
before(async () => {
  portal = await openTestPortal();
  const hired = await portal.server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  [adjuster, adjusterId] = [portal.as(hired.token), hired.principalId];
});
after(() => portal.close());

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const DOCTOR = {
  source: "medical-provider",
  ground: "authorization",
  reference: "019aa5b8-0000-7000-8000-000000000001",
  institution: "Harbour Clinic",
};
type Given = NonNullable<Parameters<Client["customers"]["addRecord"]>[1]["origin"]>;

const person = { type: "person", fields: { "first-name": "Ada", "last-name": "Marlowe" } };
const note = (origin?: Given) => ({
  type: "medical",
  fields: { diagnosis: "sprained ankle", "provider-name": "Harbour Clinic" },
  ...(origin === undefined ? {} : { origin }),
});

async function somebody(origin?: Given) {
  const made = await adjuster.customers.create({
    kind: "person",
    units: [
      { ...PLACE, kind: "relationship", records: [person] },
      { ...PLACE, kind: "claim", records: [note(origin)] },
    ],
  });
  const inHand = { customerId: made.customerId, clientId: adjusterId, kind: "claim" } as const;
  await portal.as(portal.server.admin.token).assignments.create(inHand);
  const recordOf = (wanted: string): string => made.records.find(({ type }) => type === wanted)?.recordId ?? "";
  return { customerId: made.customerId, claimId: made.units[1]?.unitId ?? "", recordOf };
}

async function historyOf(customerId: string, recordId: string) {
  const { revisions } = await adjuster.customers.history({ customerId, recordId }, { purpose: "claim-handling" });
  return revisions;
}

async function strongly(customerId: string): Promise<Client> {
  const { access, signIns } = portal.server.app.domains;
  const principalId = await access.enrolCustomer(asId(customerId), access.system);
  const strength = { methods: ["passkey"], isStrong: true, isPhishingResistant: true } as const;
  const lasting = { lifetimeSeconds: 86_400, idleSeconds: 86_400, device: "test", address: "127.0.0.1" };
  return portal.as((await signIns.sessions.start({ principalId, ...strength, ...lasting })).token);
}

test("staff see it in a record's history, the customer in what is held and in every form of a copy", async () => {
  const { customerId, recordOf } = await somebody(DOCTOR);
  const [newest] = await historyOf(customerId, recordOf("medical"));
  assert.deepEqual(
    [newest?.origin?.source.code, newest?.origin?.ground.code, newest?.origin?.institution, newest?.origin?.reference],
    [DOCTOR.source, DOCTOR.ground, DOCTOR.institution, DOCTOR.reference],
  );
  const self = await strongly(customerId);
  const { topics } = await self.portal.file({});
  const shown = topics.flatMap(({ records }) => records);
  assert.equal(
    shown.find(({ type }) => type === "medical")?.origin?.source.title.de,
    "Ein Leistungserbringer im Gesundheitswesen",
  );
  assert.equal(shown.find(({ type }) => type === "person")?.origin, null, "nobody said, so nothing is told");
  const officer = portal.as(
    (await portal.server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token,
  );
  const { copyId } = await officer.dataCopies.make(customerId, { language: "en" });
  const machine = JSON.parse(await (await self.portal.dataCopies.fetch(copyId, "json")).text());
  const told = machine.records.find(({ type }: { type: string }) => type === "medical");
  assert.deepEqual(told.origin, DOCTOR);
  const html = await (await self.portal.dataCopies.fetch(copyId, "html")).text();
  assert.ok(html.includes("A medical provider (Harbour Clinic); Under a written authorization"), "the copy names it");
  assert.ok(html.includes("not recorded"), "and says where nothing was recorded");
});

test("a change that says nothing of it leaves it, one that does is told from then on, and the history keeps both", async () => {
  const { customerId, recordOf } = await somebody(DOCTOR);
  const at = { customerId, recordId: recordOf("medical") };
  const fields = { diagnosis: "broken ankle" };
  await adjuster.customers.correct(at, { expectedRevision: 1, fields, reason: "as the clinic wrote" });
  const second = { source: "insurer", ground: "contract", institution: "Other Carrier" };
  await adjuster.customers.correct(at, {
    expectedRevision: 2,
    fields: { diagnosis: "sprained wrist" },
    reason: "as the other carrier wrote",
    origin: second,
  });
  const revisions = await historyOf(customerId, at.recordId);
  assert.deepEqual(
    revisions.map(({ revision, origin }) => [revision, origin?.source.code]),
    [
      [3, "insurer"],
      [2, "medical-provider"],
      [1, "medical-provider"],
    ],
  );
});

test("an origin that the closed lists do not know, or do not allow there, is refused and nothing is written", async () => {
  const refused: readonly (readonly [Given, string])[] = [
    [{ source: "hearsay", ground: "given" }, "unknown-source"],
    [{ source: "medical-provider", ground: "consumer-report" }, "ground-not-of-source"],
    [{ source: "medical-provider", ground: "authorization" }, "needs-reference"],
    [{ source: "other-person", ground: "given-on-behalf", institution: "Aunt Wilhelmina" }, "not-an-institution"],
    // NAIC Model 670 § 3: what a pretext interview brought stands with an investigation or nowhere.
    [{ source: "other-person", ground: "pretext-interview", reference: "SIU-1" }, "unit"],
  ];
  const { customerId, claimId } = await somebody();
  for (const [origin, reason] of refused)
    await assert.rejects(
      adjuster.customers.addRecord(customerId, { unitId: claimId, ...note(origin) }),
      (error: { status: number; problem: { errors?: readonly { reason: string }[] } }) =>
        error.status === 422 &&
        JSON.stringify(error.problem).includes(reason) &&
        !JSON.stringify(error.problem).includes("Aunt"),
      reason,
    );
  const { units } = await adjuster.customers.maskedView(customerId, "claim-handling");
  assert.equal(units.find(({ unitId }) => unitId === claimId)?.records.length, 1);
});

test("an authorization that an origin names by its id is one that this customer gave", async () => {
  const { customerId, claimId } = await somebody();
  const officer = await portal.server.createClient({
    role: "compliance",
    purposes: ["complaint"],
    rowScope: "everything-masked",
  });
  const { authorizations } = portal.as(officer.token);
  const form = (await authorizations.forms()).items.find(({ form: name }) => name === "hipaa-508")!;
  const terms = {
    form: form.form,
    classes: ["health" as const],
    purposes: ["claim-handling" as const],
    recipients: [{ type: "none" as const }],
    expiresAt: new Date(Date.now() + 90 * 86_400_000).toISOString(),
  };
  const add = (reference: string) =>
    adjuster.customers.addRecord(customerId, { unitId: claimId, ...note({ ...DOCTOR, reference }) });
  const asked = await authorizations.ask(customerId, terms);
  const others = await authorizations.ask((await somebody()).customerId, terms);
  for (const reference of [DOCTOR.reference, asked.authorizationId, others.authorizationId])
    await assert.rejects(add(reference), (error: { status: number; problem: object }) => {
      return error.status === 422 && JSON.stringify(error.problem).includes("unknown-authorization");
    });
  const self = await strongly(customerId);
  await self.authorizations.answerOwn(asked.authorizationId, true);
  assert.equal((await add(asked.authorizationId)).records.length, 1);
  assert.equal((await add("form 12 of 2026-01-05")).records.length, 1, "a paper that is not kept here has its number");
});

test("the lists are told with the schema, each ground with its citation", async () => {
  const { origins } = await adjuster.operations.schema();
  assert.ok(origins.grounds.every(({ citation }) => citation.length > 0));
  const known = new Set(origins.grounds.map(({ ground }) => ground));
  assert.ok(origins.sources.every(({ grounds }) => grounds.every((ground) => known.has(ground))));
});
