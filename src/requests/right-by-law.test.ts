// Each right under each of the major laws, over HTTP from asking to done: the law that governs, what was done about it, and that it cannot be got around.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import { activeFlags } from "../access/access.ts";
import { asId } from "../kernel/ids.ts";

type Kind = Awaited<ReturnType<Client["rights"]["read"]>>["kind"];
type Line = "auto" | "health";

let accounting: TestAccounting;
let dpo: Client;
let maker: Client;
before(async () => {
  accounting = await openTestAccounting();
  const { bench } = accounting;
  const hire = async (client: Parameters<typeof bench.server.createClient>[0]) =>
    bench.as((await bench.server.createClient(client)).token);
  dpo = await hire({ role: "dpo", purposes: ["data-subject-request"] });
  maker = await hire({ role: "underwriter", purposes: ["underwriting"] });
});
after(() => accounting.bench.close());

async function somebody(line: Line) {
  const person = { type: "person", fields: { "first-name": "Iris", "last-name": "Quill", "birth-date": "1980-05-04" } };
  const unit = { kind: "relationship" as const, entity: "acme", brand: "acme", line, records: [person] };
  const customerId = asId((await maker.customers.create({ kind: "person", units: [unit] })).customerId);
  return { customerId, self: await accounting.sessionOf(customerId) };
}

/** Signed in by passkey, as whoever fetches a copy has to be. */
async function strongly(customerId: string): Promise<Client> {
  const { access, signIns } = accounting.bench.server.app.domains;
  const principalId = await access.enrolCustomer(asId(customerId), access.system);
  const strength = { methods: ["passkey"], isStrong: true, isPhishingResistant: true } as const;
  const lasting = { lifetimeSeconds: 86_400, idleSeconds: 86_400, device: "test", address: "127.0.0.1" };
  return accounting.bench.as((await signIns.sessions.start({ principalId, ...strength, ...lasting })).token);
}

async function until<Value>(look: () => Promise<Value>, isIt: (value: Value) => boolean): Promise<Value> {
  for (let tries = 0; ; tries += 1) {
    const value = await look();
    if (isIt(value) || tries > 600) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Done {
  readonly customerId: string;
  readonly requestId: string;
  readonly self: Client;
}

/** What has to be so in the world once the request says that it is done. */
const PROOFS: Readonly<Partial<Record<Kind, (done: Done) => Promise<void>>>> = {
  access: gotTheCopy,
  portability: gotTheCopy,
  erasure: async ({ customerId, requestId }) => {
    const [deed] = (await dpo.rights.read(requestId, { words: "left" })).deeds;
    const erasure = await dpo.erasures.get(deed?.resultId ?? "");
    assert.deepEqual([erasure.customerId, erasure.unitId], [customerId, null]);
    const { access } = accounting.bench.server.app.domains;
    const state = (await access.authoritiesOf([asId(customerId)])).get(asId(customerId))?.state;
    assert.equal(state?.status, "erased");
  },
  restriction: async ({ customerId, requestId }) => {
    assert.equal((await dpo.rights.read(requestId, { words: "left" })).isRestricted, true);
    await dpo.rights.step(requestId, { do: "lift", words: "What you disputed is settled: the limit ends today." });
    const { access, clock } = accounting.bench.server.app.domains;
    const state = (await access.authoritiesOf([asId(customerId)])).get(asId(customerId))?.state;
    assert.ok(state != null && !activeFlags(state, clock.now()).includes("restricted"));
  },
  objection: async (done) => refusedMarketing(done),
  "opt-out": async (done) => refusedMarketing(done),
  accounting: async ({ self, requestId }) => {
    const [deed] = (await self.portal.rights.read(requestId, { words: "left" })).deeds;
    const list = await self.portal.accounting.list({ law: deed?.to as "gdpr" });
    assert.equal(list.law, deed?.to);
  },
  "automated-decision-review": async ({ self, requestId }) => {
    const { decision } = await self.portal.rights.read(requestId);
    assert.deepEqual([decision?.found, decision?.reason], ["changed", "an underwriter looked at it again"]);
  },
};

async function gotTheCopy({ customerId, requestId }: Done): Promise<void> {
  const ready = await until(
    () => dpo.rights.read(requestId, { words: "left" }),
    ({ state }) => state === "decided",
  );
  assert.equal(ready.state, "decided", JSON.stringify(ready.deeds));
  const self = await strongly(customerId);
  const { items } = await self.portal.dataCopies.list();
  assert.deepEqual(
    items.map(({ copyId }) => copyId),
    [ready.deeds[0]?.resultId],
  );
  const copy = await (await self.portal.dataCopies.fetch(items[0]!.copyId, "json")).text();
  assert.ok(copy.includes("Quill"));
  const closed = await self.portal.rights.read(requestId, { words: "left" });
  assert.deepEqual([closed.state, closed.closedAs], ["closed", "done"]);
}

/** The gate, at the next decision. */
async function refusedMarketing({ customerId }: Done): Promise<void> {
  const { bench } = accounting;
  const marketing = { role: "service-account", purposes: ["marketing"], classCeiling: ["identity"] } as const;
  const { token, principalId } = await bench.server.createClient(marketing);
  const admin = bench.as(bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: principalId, kind: "policy" });
  const asked = {
    customerId,
    purpose: "marketing",
    basis: "authorization",
    justification: "a letter of offers",
  } as const;
  const { fields } = await bench.as(token).disclose({ ...asked, fields: ["person.last-name"] });
  assert.equal(fields[0]?.form, "denied");
  assert.ok(
    fields[0]?.reasons.some(({ code }) => code === "opted-out"),
    JSON.stringify(fields[0]?.reasons),
  );
}

const [GERMANY, FRANCE] = [{ country: "DE" }, { country: "FR" }];
const CALIFORNIA = { country: "US", state: "CA" };
const TEXAS = { country: "US", state: "TX" };
const CANADA = { country: "CA", state: "ON" };
const BRAZIL = { country: "BR" };

interface Case {
  readonly law: string;
  readonly kind: Kind;
  readonly place: { readonly country: string; readonly state?: string };
  readonly rule: string;
  readonly line?: Line;
  readonly about?: "insurance" | "website-or-marketing";
}

const CASES: readonly Case[] = [
  { law: "GDPR", kind: "access", place: GERMANY, rule: "EU-GDPR-15" },
  { law: "GDPR", kind: "portability", place: FRANCE, rule: "EU-GDPR-20" },
  { law: "GDPR", kind: "erasure", place: GERMANY, rule: "EU-GDPR-17" },
  { law: "GDPR", kind: "restriction", place: FRANCE, rule: "EU-GDPR-18" },
  { law: "GDPR", kind: "objection", place: GERMANY, rule: "EU-GDPR-21" },
  { law: "GDPR", kind: "automated-decision-review", place: GERMANY, rule: "EU-GDPR-22" },
  { law: "CCPA", kind: "access", place: CALIFORNIA, about: "website-or-marketing", rule: "US-CA-CCPA-know" },
  { law: "CCPA", kind: "erasure", place: CALIFORNIA, about: "website-or-marketing", rule: "US-CA-CCPA-delete" },
  { law: "CCPA", kind: "opt-out", place: CALIFORNIA, about: "website-or-marketing", rule: "US-CA-CCPA-optout" },
  { law: "HIPAA", kind: "access", place: TEXAS, line: "health", rule: "US-HIPAA-access" },
  { law: "HIPAA", kind: "restriction", place: TEXAS, line: "health", rule: "US-HIPAA-restrict" },
  { law: "HIPAA", kind: "accounting", place: TEXAS, line: "health", rule: "US-HIPAA-accounting" },
  { law: "NAIC 670", kind: "access", place: CALIFORNIA, rule: "NAIC670-access" },
  { law: "NAIC 670", kind: "erasure", place: CALIFORNIA, rule: "NAIC670-correct" },
  { law: "NAIC 670", kind: "accounting", place: CALIFORNIA, rule: "NAIC670-access" },
  { law: "NAIC 670", kind: "automated-decision-review", place: CALIFORNIA, rule: "NAIC670-adverse" },
  { law: "NAIC 672", kind: "opt-out", place: TEXAS, rule: "NAIC672-optout" },
  { law: "PIPEDA", kind: "access", place: CANADA, rule: "CA-PIPEDA-access" },
  { law: "LGPD", kind: "access", place: BRAZIL, rule: "BR-LGPD-access" },
];

describe("a right is asked for, granted and done:", () => {
  for (const { law, kind, place, rule, line = "auto", about = "insurance" } of CASES)
    test(`${kind} under ${law}`, async () => {
      const { customerId, self } = await somebody(line);
      const asked = await self.portal.rights.open({ kind, about, place: { ...place, state: place.state ?? null } });
      assert.equal(asked.ruleId, rule);
      const isReview = kind === "automated-decision-review";
      const found = isReview ? ({ found: "changed", reason: "an underwriter looked at it again" } as const) : {};
      const decided = await dpo.rights.decide(asked.requestId, { outcome: "fulfilled", ...found });
      const isCopy = kind === "access" || kind === "portability";
      assert.equal(decided.state, isCopy ? "fulfilling" : "closed", "nothing is done before it is done");
      const { deeds } = await dpo.rights.read(asked.requestId, { words: "left" });
      assert.ok(deeds.length > 0 && (isCopy || deeds.every(({ state }) => state === "done")), JSON.stringify(deeds));
      await PROOFS[kind]?.({ customerId, requestId: asked.requestId, self });
    });
});
