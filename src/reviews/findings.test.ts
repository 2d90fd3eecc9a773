// What lines point at: each flag for what it says and for nothing else, and suggestions with their reasons.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { makeClient } from "../access/test-access.ts";
import { putRow, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import { z } from "zod";
import {
  begun,
  DAY_MS,
  granted,
  lineOn,
  makePerson,
  openTestReviews,
  showed,
  type TestReviews,
} from "./test-reviews.ts";

let bench: TestReviews;
beforeEach(async () => {
  bench = await openTestReviews();
});
afterEach(() => bench.close());

async function lineFor(id: Uuid) {
  const { lines } = await begun(bench, [id]);
  return lineOn(lines, id).content;
}

/** A row of somebody else's domain: a session, a second factor. */
async function gave(ownerId: Uuid, kind: string, content: Json): Promise<void> {
  const type: RowType<Json> = { kind, content: z.any() as unknown as z.ZodType<Json> };
  await bench.db.database.transaction(async (tx) => {
    await bench.authority.change(tx, {
      ownerId,
      act: newId(),
      reads: [kind],
      make: () => [putRow(type, { rowId: newId(), content })],
    });
  });
}

test("who never did anything since long ago is unused, who did nothing of late is dormant, and both are to be revoked", async () => {
  const idle = await makePerson(bench, "csr");
  const quiet = await makePerson(bench, "csr");
  const busy = await makePerson(bench, "csr");
  await showed(bench, quiet, { purpose: "policy-servicing", classes: ["identity"] });
  assert.ok(!(await lineFor(idle)).flags.includes("unused"), "somebody new has had no time");
  bench.pass(100 * DAY_MS);
  await showed(bench, busy, { purpose: "policy-servicing", classes: ["identity"] });
  const { lines } = await begun(bench, [idle, quiet, busy]);
  const [never, lately, now] = [idle, quiet, busy].map((id) => lineOn(lines, id).content);
  assert.deepEqual(
    [never!.flags.includes("unused"), never!.suggestion.decision, never!.used.lastAt],
    [true, "revoke", null],
  );
  assert.deepEqual([lately!.flags.includes("dormant"), lately!.suggestion.decision], [true, "revoke"]);
  assert.ok(!now!.flags.some((flag) => flag === "unused" || flag === "dormant"));
  assert.equal(now!.suggestion.decision, "narrow");
});

test("use before the period is remembered as the last use, however long ago", async () => {
  const old = await makePerson(bench, "csr");
  await showed(bench, old, { purpose: "policy-servicing", classes: ["identity"] });
  bench.pass(300 * DAY_MS);
  const line = await lineFor(old);
  assert.ok(line.flags.includes("dormant") && !line.flags.includes("unused"));
  assert.notEqual(line.used.lastAt, null);
  assert.equal(line.used.acts, 0);
});

test("what was used is counted in purposes, classes and customers, withheld work too, refused work not", async () => {
  const ida = await makePerson(bench, "siu-investigator");
  await showed(bench, ida, { purpose: "fraud-investigation", classes: ["investigation", "identity"], withheld: true });
  await showed(bench, ida, { purpose: "fraud-investigation", classes: ["financial"], withheld: true });
  const { used, suggestion } = await lineFor(ida);
  assert.deepEqual(used.purposes, ["fraud-investigation"]);
  assert.deepEqual(used.classes, ["identity", "financial", "investigation"]);
  assert.deepEqual([used.acts, used.customers], [2, 2]);
  assert.deepEqual(suggestion.narrowTo?.purposes, null, "what is kept for an emergency is not struck");
});

test("a person without a second factor is flagged, one with a passkey is not, and a machine is not asked", async () => {
  const [bare, keyed] = [await makePerson(bench, "csr"), await makePerson(bench, "csr")];
  const { principal } = await makeClient(bench.access, bench.admin, "csr");
  await gave(keyed, "passkey", {});
  const { lines } = await begun(bench, [bare, keyed, principal.principalId]);
  assert.ok(lineOn(lines, bare).content.flags.includes("no-mfa"));
  assert.ok(!lineOn(lines, keyed).content.flags.includes("no-mfa"));
  assert.ok(!lineOn(lines, principal.principalId).content.flags.includes("no-mfa"));
});

test("an account that is open in more places than one person has is flagged as shared", async () => {
  const [one, many] = [await makePerson(bench, "csr"), await makePerson(bench, "csr")];
  for (let at = 0; at < 4; at += 1) {
    await gave(many, "session", { device: "Firefox on Linux", address: `10.0.0.${at}` });
    await gave(one, "session", { device: "Firefox on Linux", address: "10.0.0.1" });
  }
  const { lines } = await begun(bench, [one, many]);
  assert.ok(lineOn(lines, many).content.flags.includes("shared"));
  assert.ok(!lineOn(lines, one).content.flags.includes("shared"));
});

test("elevations and emergency access in force are shown, for people and for clients", async () => {
  const ida = await makePerson(bench, "csr");
  const { principal } = await makeClient(bench.access, bench.admin, "csr");
  await gave(ida, "grant", {});
  await gave(ida, "grant", {});
  await gave(principal.principalId, "grant", {});
  const { lines } = await begun(bench, [ida, principal.principalId]);
  assert.equal(lineOn(lines, ida).content.subject.grants, 2);
  assert.equal(lineOn(lines, principal.principalId).content.subject.grants, 1);
});

test("a principal whose makers are gone is orphaned", async () => {
  const { access, admin } = bench;
  const ida = await makePerson(bench, "csr");
  const other = await makePerson(bench, "csr");
  const second = await makeClient(access, admin, "access-admin");
  await granted(bench, second.principal.principalId, other);
  assert.ok(!(await lineFor(ida)).flags.includes("orphaned"));
  await access.setClientStatus({ principalId: admin.principalId, action: "client.suspend" }, second.principal);
  const { lines } = await begun(bench, [ida, other]);
  assert.ok(lineOn(lines, ida).content.flags.includes("orphaned"));
  assert.ok(!lineOn(lines, other).content.flags.includes("orphaned"), "one of those who changed it is still there");
});

test("who grants and was shown customers' data breaks separation of duty", async () => {
  const { access, admin } = bench;
  const { principal } = await makeClient(access, admin, "access-admin");
  assert.deepEqual((await lineFor(principal.principalId)).conflicts, []);
  await showed(bench, principal.principalId, { purpose: "administration", classes: ["identity"] });
  const line = await lineFor(principal.principalId);
  assert.ok(line.flags.includes("separation-of-duty") && line.flags.includes("privileged"));
  assert.deepEqual(line.conflicts, ["grants-and-uses", "makes-clients-and-uses"]);
});

test("a right that few of the role have and that was not used is creep, and is suggested away", async () => {
  const usual = await Promise.all([1, 2, 3, 4, 5].map(() => makePerson(bench, "csr", { entities: ["acme"] })));
  const creeping = await makePerson(bench, "csr", { entities: ["acme", "other-co"] });
  for (const id of [...usual, creeping])
    await showed(bench, id, { purpose: "policy-servicing", classes: ["identity"] });
  const { lines } = await begun(bench, [creeping, usual[0]!]);
  const line = lineOn(lines, creeping).content;
  assert.ok(line.flags.includes("role-creep"));
  assert.deepEqual(line.suggestion.narrowTo?.entities, ["acme"]);
  assert.ok(line.suggestion.because.includes("entities that few of the role have: other-co"));
  assert.deepEqual(line.peers, { count: 6, actsMedian: 1, customersMedian: 1 });
  assert.ok(!lineOn(lines, usual[0]!).content.flags.includes("role-creep"));
});
