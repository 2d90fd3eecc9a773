// Legal holds: nothing under one is erased, whoever asks and whatever an operator takes away; released by two people only.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { type Client, connect } from "../../sdk/client.ts";
import { asId } from "../kernel/ids.ts";
import { customerToken } from "../portal/test-portal.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";
import { startTestServer, type TestClient, type TestServer } from "../test-server.ts";

let server: TestServer;
let governance: TestGovernance;
let officer: Client;
let lawyer: Client;
let overseer: Client;
let maker: Client;
let operator: pg.Client;
before(async () => {
  const entities = "entities: { harbour: US-NY }";
  governance = await governanceWith("portal/accounting.yaml", "entities: {}", entities);
  server = await startTestServer({ settings: governance.settings });
  const hire = async (role: TestClient["role"], purpose: TestClient["purposes"][number]) => {
    const rows = role === "compliance" ? ({ rowScope: "everything-masked" } as const) : {};
    const scope = { ...rows, entities: ["acme", "harbour"] };
    const { token } = await server.createClient({ role, purposes: [purpose], ...scope });
    return connect({ url: server.url, token });
  };
  officer = await hire("dpo", "data-subject-request");
  lawyer = await hire("litigation", "litigation");
  overseer = await hire("compliance", "audit");
  maker = await hire("claims-adjuster", "claim-handling");
  operator = new pg.Client({ connectionString: server.database.superuserUrl });
  await operator.connect();
  await operator.query("set session_replication_role = replica");
});
after(async () => {
  await operator?.end();
  await server?.stop();
  await governance?.remove();
});

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const MATTER = { reference: "L-2026-14", ground: "litigation-expected", reason: "a demand letter came" } as const;
const forbidden = { code: "erasure-forbidden", status: 409 };

interface OtherUnit {
  readonly kind: "claim" | "investigation";
  readonly entity?: string;
}

async function somebody(other?: OtherUnit) {
  const kinds = ["relationship", "claim", "policy"] as const;
  const { customerId, units } = await maker.customers.create({
    kind: "person",
    units: [...kinds.map((kind) => ({ kind })), ...(other === undefined ? [] : [other])].map((unit) => ({
      ...PLACE,
      ...unit,
      records: [],
    })),
  });
  const { vault } = server.app.domains;
  const [, claim = "", policy = "", otherId = ""] = units.map(({ unitId }) => unitId);
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  for (const unitId of other?.kind === "claim" ? [claim, otherId] : [claim])
    await vault.changeUnit({ customerId: asId(customerId), unitId: asId(unitId), status: "closed" }, actor);
  return { customerId, claim, policy, otherId };
}

const codesOf = (error: { readonly problem?: { readonly errors?: readonly { readonly code: string }[] } }) =>
  (error.problem?.errors ?? []).map(({ code }) => code);

test("an erasure under a hold is refused with what forbids it, by the officer's request and by the vault itself", async () => {
  const { customerId } = await somebody();
  const { holdId } = await lawyer.holds.place({ ...MATTER, places: [{ customerId }] });
  const refused = await officer.erasures.request({ customerId, reason: "request 1" }).catch((error) => error);
  assert.deepEqual([refused.code, refused.status, codesOf(refused)], ["erasure-forbidden", 409, ["legal-hold"]]);
  assert.ok(JSON.stringify(refused.problem).includes(holdId));
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  const erase = server.app.domains.vault.erase({ customerId: asId(customerId), unitId: null }, actor);
  await assert.rejects(erase, { code: "held" });
  const { ledger } = server.app.domains;
  const asked = { kinds: ["erasure"], outcomes: ["denied"], customerId: asId(customerId) } as const;
  const { items } = await ledger.list(asked, { limit: 5 }, "cleared");
  assert.equal(items.length, 1, "the refusal is an entry");
  assert.equal(items[0]?.withheld, true, "and tells the customer of no lawsuit");
});

test("a hold on one unit keeps that unit, and the whole customer, and lets the others go", async () => {
  const { customerId, claim, policy } = await somebody();
  await lawyer.holds.place({ ...MATTER, places: [{ customerId, unitId: claim }] });
  const check = await officer.erasures.check(customerId);
  assert.deepEqual(
    check.units.filter(({ isFree }) => !isFree).map(({ unitId }) => unitId),
    [claim],
  );
  await assert.rejects(officer.erasures.request({ customerId, reason: "request 2" }), forbidden);
  await assert.rejects(officer.erasures.request({ customerId, unitId: claim, reason: "request 2" }), forbidden);
  await officer.erasures.request({ customerId, unitId: policy, reason: "request 2" });
});

test("a release needs a second person, and erasure is possible afterwards", async () => {
  const { customerId } = await somebody();
  const { holdId } = await lawyer.holds.place({ ...MATTER, places: [{ customerId }] });
  await assert.rejects(officer.holds.askRelease(holdId, { reason: "in my way" }), { status: 403 });
  await assert.rejects(overseer.holds.decideRelease(holdId, true), { code: "wrong-state" });
  assert.equal((await lawyer.holds.askRelease(holdId, { reason: "settled" })).state, "release-asked");
  await assert.rejects(lawyer.holds.decideRelease(holdId, true), { code: "own-request", status: 403 });
  await assert.rejects(officer.holds.decideRelease(holdId, true), { status: 403 });
  await assert.rejects(officer.erasures.request({ customerId, reason: "request 3" }), forbidden);
  assert.equal((await overseer.holds.decideRelease(holdId, false)).state, "in-force");
  await lawyer.holds.askRelease(holdId, { reason: "settled" });
  assert.equal((await overseer.holds.decideRelease(holdId, true)).state, "released");
  assert.equal((await officer.erasures.request({ customerId, reason: "request 3" })).customerId, customerId);
});

test("another hold stays when one is released, and a part can be released by itself", async () => {
  const [first, second] = [await somebody(), await somebody()];
  const places = [first, second].map(({ customerId }) => ({ customerId }));
  const { holdId } = await lawyer.holds.place({ ...MATTER, places });
  const other = await overseer.holds.place({ ...MATTER, reference: "EX-7", places: places.slice(1) });
  await lawyer.holds.askRelease(holdId, { reason: "no longer a party", places: places.slice(0, 1) });
  const left = await overseer.holds.decideRelease(holdId, true);
  assert.deepEqual([left.state, left.places], ["in-force", places.slice(1).map((one) => ({ ...one, unitId: null }))]);
  await officer.erasures.request({ customerId: first.customerId, reason: "request 4" });
  await lawyer.holds.askRelease(holdId, { reason: "settled" });
  await overseer.holds.decideRelease(holdId, true);
  const { obstacles } = await officer.erasures.check(second.customerId);
  assert.deepEqual(
    obstacles.map((one) => one.holdId),
    [other.holdId],
  );
});

test("whoever takes the hold's rows away, or puts the customer's older state back, gets nothing erased", async () => {
  const { customerId } = await somebody();
  await operator.query("create table before_hold as select * from customer where customer_id = $1", [customerId]);
  const { holdId } = await lawyer.holds.place({ ...MATTER, places: [{ customerId }] });
  await operator.query("delete from authority_row where owner_id = $1", [holdId]);
  await operator.query("delete from authority_head where owner_id = $1", [holdId]);
  await assert.rejects(officer.erasures.request({ customerId, reason: "request 5" }), forbidden);
  await operator.query(
    "update customer c set authority = b.authority, revision = b.revision, act = b.act from before_hold b where c.customer_id = b.customer_id",
  );
  await assert.rejects(officer.erasures.request({ customerId, reason: "request 5" }), { status: 500 });
});

test("a hold covers what is there only, and nobody without the right places or reads one", async () => {
  const { customerId } = await somebody();
  const { customerId: other, claim } = await somebody();
  const draft = (places: { customerId: string; unitId?: string }[]) => ({ ...MATTER, places });
  await assert.rejects(lawyer.holds.place(draft([{ customerId, unitId: claim }])), { code: "unknown-place" });
  await assert.rejects(maker.holds.place(draft([{ customerId: other }])), { status: 403 });
  await assert.rejects(maker.holds.list(), { status: 403 });
  await assert.rejects(lawyer.erasures.check(other), { status: 403 });
});

test("an open investigation keeps the whole customer; the officer is told why, and the customer nothing of it, by no word and no list", async () => {
  const { customerId, policy, otherId: unitId } = await somebody({ kind: "investigation" });
  const refused = await officer.erasures.request({ customerId, reason: "request 6" }).catch((error) => error);
  assert.deepEqual([refused.status, codesOf(refused)], [409, ["open-investigation"]]);
  await assert.rejects(officer.erasures.request({ customerId, unitId, reason: "request 6" }), forbidden);
  const self = connect({ url: server.url, token: await customerToken(server, asId(customerId), "by-code") });
  const { requestId } = await self.portal.rights.open({ kind: "erasure", place: { country: "US", state: "CA" } });
  assert.equal((await officer.rights.decide(requestId, { outcome: "fulfilled" })).state, "in-progress");
  const seen = [
    // A claim code is random letters, among which any word may come to stand.
    { ...(await self.portal.rights.read(requestId)), claimCode: null },
    await self.portal.rights.list(),
    await self.portal.accounting.list({ law: "timeline" }),
  ];
  assert.ok(!/investigat|obstacle|forbid|fraud|siu|243\.2/i.test(JSON.stringify(seen)), JSON.stringify(seen));
  assert.ok(!JSON.stringify(seen).includes(unitId));
  await officer.erasures.request({ customerId, unitId: policy, reason: "request 6" });
});

test("a closed claim of New York is kept for its six calendar years, by the clause and the day, and a claim elsewhere is not", async () => {
  const { customerId, claim, otherId } = await somebody({ kind: "claim", entity: "harbour" });
  const { obstacles } = await officer.erasures.check(customerId, otherId);
  const year = new Date().getFullYear() + 6;
  assert.deepEqual(
    obstacles.map(({ kind, unitId, duty, citation, until }) => [kind, unitId, duty, citation, until?.slice(0, 4)]),
    [["retention-duty", otherId, "ny-152-claim", "11 NYCRR 243.2(b)(4)", String(year)]],
  );
  const refused = await officer.erasures.request({ customerId, reason: "request 7" }).catch((error) => error);
  assert.deepEqual([refused.status, codesOf(refused)], [409, ["retention-duty"]]);
  await officer.erasures.request({ customerId, unitId: claim, reason: "request 7" });
});
