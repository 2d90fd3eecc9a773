// Disposals: nothing is erased but what one asked for, another approved and is still due then; holds are stronger than any schedule.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { textOf } from "../letters/test-printed-text.ts";
import { type DisposalScene, EVERY_MS, startDisposalScene } from "./test-disposals.ts";

let scene: DisposalScene;
let officer: Authenticated;
let second: Authenticated;
let lawyer: Authenticated;
let operator: pg.Client;
const old: Record<string, { readonly customerId: Uuid; readonly units: readonly Uuid[] }> = {};

before(async () => {
  scene = await startDisposalScene(13);
  // What was written thirteen years ago, by the clock of then.
  for (const name of ["plain", "held", "held-later", "reopened", "restricted", "asking", "asking-later", "opting-out"])
    old[name] = await scene.somebody([{ kind: "claim", notes: ["claim"] }]);
  old["mixed"] = await scene.somebody([
    { kind: "policy" },
    { kind: "claim", status: "open" },
    { kind: "relationship" },
  ]);
  scene.clock.yearsBehind = 0;
  old["young"] = await scene.somebody([{ kind: "claim", notes: ["claim"] }]);
  officer = await scene.hire("dpo", "data-subject-request");
  second = await scene.hire("compliance", "audit");
  lawyer = await scene.hire("litigation", "litigation");
  operator = new pg.Client({ connectionString: scene.server.database.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await scene?.server.stop();
});

const of = (name: string): { readonly customerId: Uuid; readonly unit: Uuid } => {
  const { customerId, units } = old[name] ?? assert.fail(name);
  return { customerId, unit: units[0] ?? assert.fail(name) };
};
const domains = () => scene.server.app.domains;
/** In which the server looks at what was approved some times. */
const ROUNDS_MS = 6 * EVERY_MS;
const MATTER = { reference: "L-2026-14", ground: "litigation-expected", reason: "a demand letter came" } as const;
const REASON = { reason: "yearly disposal" };

async function previewed() {
  const { disposalId } = await domains().retention.disposals.ask(officer, REASON);
  const face = await scene.until(disposalId, "previewed");
  const all = { verdict: null, kind: null, after: -1, limit: 1000 };
  const lines = await domains().retention.disposals.lines(disposalId, all);
  return { disposalId, found: face.found ?? assert.fail("nothing found"), lines };
}
const lineOf = (lines: Awaited<ReturnType<typeof previewed>>["lines"], unit: Uuid) =>
  lines.find(({ unitId }) => unitId === unit);

test("a preview lists what is due with the period that kept it longest, and what stays with why; what is young is counted only", async () => {
  const { customerId } = of("held");
  await domains().retention.holds.place(lawyer, { ...MATTER, places: [{ customerId, unitId: null }] });
  const { lines, found } = await previewed();
  const plain = lineOf(lines, of("plain").unit);
  assert.deepEqual([plain?.verdict, plain?.rule, plain?.source, plain?.reason], ["due", "claims", "schedule", null]);
  assert.match(plain?.dueOn ?? "", /^20\d\d-12-31$/);
  assert.deepEqual(lineOf(lines, of("held").unit)?.reason, "legal-hold");
  const [policy, , relationship] = old["mixed"]?.units ?? [];
  assert.equal(lineOf(lines, policy ?? assert.fail())?.reason, "open-claim");
  assert.equal(lineOf(lines, relationship ?? assert.fail())?.reason, "open-claim");
  assert.equal(lineOf(lines, of("young").unit), undefined);
  assert.equal(found.notYet, 1);
  assert.equal(found.open, 1);
  assert.equal(found.due + found.blocked + found.unjudged + found.notYet + found.open, found.judged);
});

const ask = (name: string, kind: "access" | "correction" | "opt-out") =>
  domains().requests.takeIn(officer, {
    customerId: of(name).customerId,
    kind,
    about: "insurance",
    place: { country: "DE", state: null },
    words: null,
    channel: "staff",
    receivedAt: null,
    authorityDocumentId: null,
  });

test("what a customer asks to see or to have corrected stays while the request is open, and says why; an opt-out keeps nothing", async () => {
  const { requestId } = await ask("asking", "access");
  await ask("opting-out", "opt-out");
  const { lines } = await previewed();
  assert.deepEqual(
    ["asking", "opting-out"].map((name) => lineOf(lines, of(name).unit)?.reason),
    ["open-request", null],
  );
  await domains().requests.step(officer, requestId, { do: "close", as: "withdrawn" });
  assert.equal(lineOf((await previewed()).lines, of("asking").unit)?.verdict, "due");
});

test("a preview may be printed or taken along as a table, each of its lines and the digest that is approved; not once it was tampered with", async () => {
  const { disposals } = domains().retention;
  const { disposalId, found, lines } = await previewed();
  const table = (await disposals.asCsv(disposalId)).trim().split("\r\n");
  assert.equal(table.length, lines.length + 1);
  const line = lineOf(lines, of("plain").unit) ?? assert.fail();
  assert.equal(
    table[line.line + 1],
    `${line.line},due,${line.customerId},${line.unitId},claim,auto,acme,${line.dueOn},claims,`,
  );
  const text = textOf(await disposals.asPdf(disposalId));
  assert.ok(text.includes(found.digest) && text.includes(line.unitId) && text.includes("legal-hold"));
  await operator.query("update disposal_line set reason = 'other' where disposal_id = $1 and line = 0", [disposalId]);
  await assert.rejects(disposals.asCsv(disposalId), { code: "not-believed" });
  await assert.rejects(disposals.asPdf(disposalId), { code: "not-believed" });
  await disposals.withdraw(officer, disposalId);
});

test("nobody approves what they asked for, nor without the right, nor another preview than the one they looked at", async () => {
  const { disposals } = domains().retention;
  const { disposalId, found } = await previewed();
  const approval = { disposalId, approve: true, digest: found.digest };
  await assert.rejects(disposals.decide(officer, approval), { code: "own-request", status: 403 });
  await assert.rejects(disposals.decide(lawyer, approval), { code: "not-permitted" });
  const other = { ...approval, digest: "0".repeat(64) };
  await assert.rejects(disposals.decide(second, other), { code: "preview-changed" });
  await assert.rejects(disposals.ask(lawyer, REASON), { code: "not-permitted" });
  const { items } = await domains().ledger.list(
    { kinds: ["retention"], outcomes: ["denied"] },
    { limit: 50 },
    "cleared",
  );
  assert.ok(items.length >= 3, "refusals are entries");
  assert.equal((await disposals.withdraw(officer, disposalId)).state, "withdrawn");
  await assert.rejects(disposals.decide(second, approval), { code: "wrong-state" });
});

test("lines that an operator changes or takes away, or says to be done, erase nothing at all", async () => {
  const { disposals } = domains().retention;
  const { disposalId, found, lines } = await previewed();
  await disposals.decide(second, { disposalId, approve: false, digest: found.digest });
  for (const change of [
    `update disposal_line set customer_id = '${of("young").customerId}', unit_id = '${of("young").unit}' where disposal_id = $1 and line = 0`,
    "delete from disposal_line where disposal_id = $1 and line = 0",
    "insert into disposal_outcome select $1, 0, 'left', 'not-due', null, sha256('forged')",
  ]) {
    const next = await previewed();
    await operator.query(change, [next.disposalId]);
    await disposals.decide(second, { disposalId: next.disposalId, approve: true, digest: next.found.digest });
    await new Promise((resolve) => setTimeout(resolve, ROUNDS_MS));
    const { rows } = await operator.query("select from erasure");
    assert.deepEqual([(await disposals.get(next.disposalId)).state, rows.length], ["approved", 0]);
    // Put right again, lest it runs on what was tampered with.
    await operator.query("delete from disposal_line where disposal_id = $1", [next.disposalId]);
    await operator.query("delete from authority_row where owner_id = $1", [next.disposalId]);
    await operator.query("delete from authority_head where owner_id = $1", [next.disposalId]);
  }
  assert.ok(lines.length > 0);
});

test("what is held, reopened or restricted after the approval is left with its reason, the rest is erased, and the certificate says both", async () => {
  const { disposals, holds } = domains().retention;
  const { disposalId, found } = await previewed();
  const { vault, access, keys, database } = domains();
  const nobody = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await holds.place(lawyer, {
    ...MATTER,
    reference: "L-2",
    places: [{ customerId: of("held-later").customerId, unitId: null }],
  });
  await vault.changeUnit(
    { customerId: of("reopened").customerId, unitId: of("reopened").unit, status: "open" },
    nobody,
  );
  await access.setFlag(
    { customerId: of("restricted").customerId, kind: "restricted", endsAt: null, reason: "asked" },
    officer,
  );
  await ask("asking-later", "correction");
  await disposals.decide(second, { disposalId, approve: true, digest: found.digest });
  const done = await scene.until(disposalId, "complete");
  const lines = await disposals.lines(disposalId, { verdict: "due", kind: null, after: -1, limit: 1000 });
  const became = (name: string) => {
    const line = lineOf(lines, of(name).unit);
    return [line?.outcome, line?.left];
  };
  assert.deepEqual(became("held-later"), ["left", "legal-hold"]);
  assert.deepEqual(became("reopened"), ["left", "not-due"]);
  assert.deepEqual(became("restricted"), ["left", "restriction"]);
  assert.deepEqual(became("asking-later"), ["left", "open-request"]);
  assert.deepEqual(became("plain"), ["erased", null]);
  const erasureId = lineOf(lines, of("plain").unit)?.erasureId ?? assert.fail();
  assert.equal((await keys.erasure(database, erasureId)).state, "final");
  assert.deepEqual([done.ended?.erased, done.ended?.left], [lines.length - 4, 4]);
  const { bytes } = (await disposals.certificate(disposalId)) ?? assert.fail();
  const certificate = JSON.parse(bytes.toString()) as {
    erased: { unit: string }[];
    left: { unit: string; why: string }[];
  };
  assert.deepEqual(
    certificate.left.map(({ unit, why }) => `${unit} ${why}`).toSorted(),
    [
      `${of("held-later").unit} legal-hold`,
      `${of("reopened").unit} not-due`,
      `${of("restricted").unit} restriction`,
      `${of("asking-later").unit} open-request`,
    ].toSorted(),
  );
  assert.ok(certificate.erased.some(({ unit }) => unit === of("plain").unit));
  const headers = await vault.loadHeaders(of("plain").customerId);
  assert.ok(headers.every(({ status }) => status === "erased"));
});

test("a claim of several people stays while somebody else's part of it is open, and never takes theirs with it", async () => {
  const { vault } = domains();
  const { retention } = domains();
  scene.clock.yearsBehind = 13;
  const { customerId, units } = await scene.somebody([{ kind: "claim", notes: ["claim"] }]);
  const claimant = await scene.somebody([{ kind: "claim", notes: ["claim"] }]);
  scene.clock.yearsBehind = 0;
  const [claim, theirs] = [units[0] ?? assert.fail(), claimant.units[0] ?? assert.fail()];
  const nobody = { actorId: null, actorRevision: null, purpose: null, basis: null };
  const reopened = { customerId: claimant.customerId, unitId: theirs, status: "open" } as const;
  await vault.link({ from: claimant.customerId, to: customerId, kind: "claimant", unitId: claim }, nobody);
  await vault.changeUnit(reopened, nobody);
  const kept = await previewed();
  assert.equal(lineOf(kept.lines, claim)?.reason, "shared-claim");
  await vault.changeUnit({ ...reopened, status: "closed" }, nobody);
  const { disposalId, found, lines } = await previewed();
  assert.equal(lineOf(lines, claim)?.verdict, "due");
  assert.equal(lineOf(lines, theirs), undefined, "closed again just now, it is not due");
  await retention.disposals.decide(second, { disposalId, approve: true, digest: found.digest });
  await scene.until(disposalId, "complete");
  const headers = await vault.loadHeaders(claimant.customerId);
  assert.deepEqual(
    headers.map(({ unitId, status }) => [unitId, status]),
    [[theirs, "closed"]],
  );
  const { records } = await vault.masked(claimant.customerId);
  assert.ok(records.length === 1 && records[0]?.fields !== null, "what the claimant's file says opens as before");
});

test("a row of a unit that the vault did not write keeps all of that customer's units", async () => {
  const { customerId, unit } = of("reopened");
  await operator.query("update retention_unit set status = 'closed' where customer_id = $1", [customerId]);
  const { lines } = await previewed();
  assert.deepEqual([lineOf(lines, unit)?.verdict, lineOf(lines, unit)?.reason], ["unjudged", "not-believed"]);
});
