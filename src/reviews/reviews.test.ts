// A review of access from beginning to end: frozen, decided by others than those concerned, done, and proven by the next request.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { codeOf, makeClient, requestFor } from "../access/test-access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import {
  begun,
  DAY_MS,
  decide,
  granted,
  lineOn,
  makePerson,
  openTestReviews,
  requestOf,
  showed,
  type TestReviews,
} from "./test-reviews.ts";

let bench: TestReviews;
beforeEach(async () => {
  bench = await openTestReviews();
});
afterEach(() => bench.close());

const stateOf = async (reviewId: Uuid): Promise<string> =>
  (await bench.reviews.show(reviewId, bench.officer)).review.state;

test("who was revoked by a review is refused at their next request, in every process", async () => {
  const { access, admin, reviews, officer } = bench;
  const leaver = await makeClient(access, admin, "csr");
  const keeper = await makeClient(access, admin, "csr");
  const { reviewId, lines } = await begun(bench, [leaver.principal.principalId, keeper.principal.principalId]);
  await decide(bench, reviewId, lineOn(lines, leaver.principal.principalId), "revoke");
  await decide(bench, reviewId, lineOn(lines, keeper.principal.principalId), "approve");
  assert.notEqual(await access.authenticate(leaver.token), null, "decisions are done when the review closes");
  assert.equal(await reviews.close(reviewId, officer), "complete");
  assert.equal(await access.authenticate(leaver.token), null);
  assert.equal(await (await bench.another()).authenticate(leaver.token), null);
  assert.notEqual(await access.authenticate(keeper.token), null);
});

test("narrowing leaves what was used and what may stay, for staff and clients, and nothing that came since is widened", async () => {
  const { access, admin, reviews, officer } = bench;
  const { principal } = await makeClient(access, admin, "csr");
  const ida = await makePerson(bench, "csr");
  for (const id of [principal.principalId, ida])
    await showed(bench, id, { purpose: "policy-servicing", classes: ["identity", "contact"] });
  const { reviewId, lines } = await begun(bench, [principal.principalId, ida]);
  for (const line of lines) {
    assert.equal(line.content.suggestion.decision, "narrow");
    assert.deepEqual(line.content.suggestion.narrowTo?.purposes, ["emergency", "policy-servicing"]);
    await decide(bench, reviewId, line, "narrow");
  }
  // Somebody takes emergency away meanwhile: the review does not bring it back.
  await access.changeClient(
    { principalId: principal.principalId, scope: { purposes: ["policy-servicing", "complaint"] } },
    admin,
  );
  assert.equal(await reviews.close(reviewId, officer), "complete");
  const after = await access.describePrincipal(principal.principalId);
  assert.deepEqual(after?.purposes, ["policy-servicing"]);
  assert.deepEqual(after?.classCeiling, ["identity", "contact"]);
  const staff = await access.describePrincipal(ida);
  assert.deepEqual(staff?.purposes, ["emergency", "policy-servicing"]);
  assert.equal(staff?.expiresAt, null);
});

test("an assignment that a review ends is out of hands, and its line names who gave it, not who made whom it was given to", async () => {
  const { access, admin, reviews, officer } = bench;
  const giver = (await makeClient(access, admin, "access-admin")).principal;
  const { principal } = await makeClient(access, admin, "claims-adjuster");
  const customerId = await bench.customer();
  const request = { customerId, assigneeId: principal.principalId, unitId: null, kind: "claim", endsAt: null } as const;
  await access.createAssignments([request], giver);
  const scope = { subjects: ["assignment"], roles: [], entities: [], principals: [] } as const;
  const { reviewId, lines } = await begun(bench, [principal.principalId], {
    scope: { ...scope, subjects: ["assignment"], roles: [], entities: [], principals: [] },
  });
  assert.equal(lines.length, 1);
  assert.equal(lines[0]?.content.assignment?.customerId, customerId);
  assert.deepEqual(lines[0]?.content.grantors, [giver.principalId]);
  await decide(bench, reviewId, lines[0]!, "revoke");
  assert.equal(await reviews.close(reviewId, officer), "complete");
  assert.deepEqual((await access.assignmentsFor([customerId])).get(customerId), []);
});

test("lines are snapshots: what changes after the start shows in no line", async () => {
  const { access, admin, reviews, officer } = bench;
  const { principal } = await makeClient(access, admin, "csr");
  const { reviewId } = await begun(bench, [principal.principalId]);
  await access.changeClient({ principalId: principal.principalId, scope: { purposes: ["complaint"] } }, admin);
  const later = await makeClient(access, admin, "csr");
  const lines = await reviews.lines(reviewId, officer);
  assert.equal(lines.length, 1);
  assert.ok(lines[0]!.content.subject.purposes.length > 1);
  assert.ok(lines.every(({ content }) => content.subject.id !== later.principal.principalId));
});

test("nobody decides on themselves, on whom they granted, or on another reviewer's line", async () => {
  const { access, admin, reviews, reviewers, officer } = bench;
  const [one, other] = reviewers;
  const { principal } = await makeClient(access, admin, "csr");
  const ids = [principal.principalId, one.principalId, other.principalId];
  const { reviewId, lines } = await begun(bench, ids);
  for (const { content } of lines) assert.notEqual(content.reviewer, content.subject.id);
  const own = lineOn(lines, one.principalId);
  const asked = { reviewId, decision: "approve", reason: "fine", narrowTo: null } as const;
  assert.equal(await codeOf(() => reviews.decide({ ...asked, lineIds: [own.rowId] }, one)), "own-line");
  const stranger = lines.find(
    ({ content }) => content.reviewer !== one.principalId && content.subject.id !== one.principalId,
  )!;
  assert.equal(await codeOf(() => reviews.decide({ ...asked, lineIds: [stranger.rowId] }, one)), "not-your-line");
  assert.equal(await codeOf(() => reviews.decide({ ...asked, lineIds: [own.rowId] }, admin)), "not-permitted");
  assert.ok(lineOn(lines, principal.principalId).content.grantors.includes(admin.principalId));
  assert.equal((await reviews.show(reviewId, officer)).totals.undecided, 3);
});

test("who granted is given none of the lines they granted, and decides on none of them", async () => {
  const { access, admin, reviews, officer, reviewers } = bench;
  const [one] = reviewers;
  const { principal } = await makeClient(access, admin, "csr");
  await granted(bench, one.principalId, principal.principalId);
  const { reviewId, lines } = await begun(bench, [principal.principalId]);
  assert.notEqual(lines[0]?.content.reviewer, one.principalId);
  const asked = { reviewId, lineIds: [lines[0]!.rowId], decision: "approve", reason: "fine", narrowTo: null } as const;
  assert.equal(await codeOf(() => reviews.decide(asked, one)), "own-line");
  const scope = { ...requestOf(bench).scope, principals: [principal.principalId] };
  const alone = requestOf(bench, { scope, reviewers: [one.principalId], escalation: one.principalId });
  const stuck = await reviews.create(alone, officer);
  assert.equal(await codeOf(() => reviews.start(stuck, officer)), "no-reviewer");
});

test("a review does not close with lines undecided; deferred and escalated ones are", async () => {
  const { access, admin, reviews, officer } = bench;
  const [a, b, c] = [
    await makeClient(access, admin, "csr"),
    await makeClient(access, admin, "csr"),
    await makeClient(access, admin, "csr"),
  ];
  const ids = [a, b, c].map(({ principal }) => principal.principalId);
  const { reviewId, lines } = await begun(bench, ids);
  await decide(bench, reviewId, lineOn(lines, ids[0]!), "approve");
  await decide(bench, reviewId, lineOn(lines, ids[1]!), "defer");
  await decide(bench, reviewId, lineOn(lines, ids[2]!), "escalate");
  assert.equal(await codeOf(() => reviews.close(reviewId, officer)), "lines-undecided");
  const again = await reviews.lines(reviewId, officer);
  assert.equal(lineOn(again, ids[2]!).content.reviewer, officer.principalId);
  assert.equal(lineOn(again, ids[2]!).content.postponed.length, 1);
  await decide(bench, reviewId, lineOn(again, ids[1]!), "approve");
  await decide(bench, reviewId, lineOn(again, ids[2]!), "approve");
  assert.equal(await reviews.close(reviewId, officer), "complete");
  assert.equal(await codeOf(() => decide(bench, reviewId, lineOn(again, ids[0]!), "revoke")), "wrong-state");
});

test("overdue lines follow the review's default, by the server itself, and approving by default is refused for privileged roles", async () => {
  const { access, admin, reviews, officer } = bench;
  const { token, principal } = await makeClient(access, admin, "csr");
  const { reviewId } = await begun(bench, [principal.principalId], { overdue: "revoke" });
  await reviews.sweep(new AbortController().signal);
  assert.equal(await stateOf(reviewId), "in-progress");
  bench.pass(31 * DAY_MS);
  await (await bench.anotherServer()).sweep(new AbortController().signal);
  assert.equal(await stateOf(reviewId), "complete");
  assert.equal(await (await bench.another()).authenticate(token), null);
  const [line] = await reviews.lines(reviewId, officer);
  assert.equal(line?.content.decision?.by, null);
  const keeper = await makeClient(access, admin, "dpo");
  const asked = requestOf(bench, { overdue: "approve" });
  const scope = { ...asked.scope, principals: [keeper.principal.principalId] };
  const privileged = await reviews.create({ ...asked, scope }, officer);
  assert.equal(await codeOf(() => reviews.start(privileged, officer)), "default-not-allowed");
});

test("a role is narrowed in its file: the review waits until it is done", async () => {
  const { reviews, officer } = bench;
  const ida = await makePerson(bench, "csr");
  await showed(bench, ida, { purpose: "policy-servicing", classes: ["identity"] });
  const scope = { subjects: ["role" as const], roles: ["csr" as const], entities: [], principals: [] };
  const { reviewId, lines } = await begun(bench, [], { scope });
  assert.equal(lines.length, 1);
  assert.deepEqual(lines[0]?.content.suggestion.narrowTo?.purposes, ["policy-servicing", "emergency"]);
  await decide(bench, reviewId, lines[0]!, "narrow");
  assert.equal(await reviews.close(reviewId, officer), "pending-actions");
  assert.equal((await reviews.show(reviewId, officer)).totals.toDo, 1);
});

test("what was cut off in the middle of being done is done after all, once", async () => {
  const { access, admin, reviews, officer } = bench;
  const made = await Promise.all([1, 2, 3].map(() => makeClient(access, admin, "csr")));
  const ids = made.map(({ principal }) => principal.principalId);
  const { reviewId, lines } = await begun(bench, ids);
  for (const line of lines) await decide(bench, reviewId, line, "revoke");
  // Somebody was quicker with one of them.
  await access.setClientStatus({ principalId: ids[0]!, action: "client.revoke" }, admin);
  assert.equal(await reviews.close(reviewId, officer), "complete");
  const outcomes = (await reviews.lines(reviewId, officer)).map(({ content }) => content.applied?.outcome);
  assert.deepEqual(outcomes.toSorted(), ["gone", "revoked", "revoked"]);
});

test("narrowing beyond what stands, to nothing, or to everything is refused", async () => {
  const { access, admin, reviews } = bench;
  const { principal } = await makeClient(access, admin, "csr");
  const { reviewId, lines } = await begun(bench, [principal.principalId]);
  const by = bench.reviewers.find(({ principalId }) => principalId === lines[0]!.content.reviewer)!;
  const asked = { reviewId, lineIds: [lines[0]!.rowId], decision: "narrow", reason: "less" } as const;
  const nothing = { purposes: null, classes: null, entities: null, lines: null };
  for (const narrowTo of [
    nothing,
    { ...nothing, purposes: [] },
    { ...nothing, purposes: ["underwriting" as const] },
    { ...nothing, purposes: lines[0]!.content.subject.purposes },
    { ...nothing, entities: ["another-co"] },
  ]) {
    assert.equal(await codeOf(() => reviews.decide({ ...asked, narrowTo }, by)), "not-narrower");
  }
});

test("administrators and auditors start no review; auditors read them", async () => {
  const { access, admin, reviews } = bench;
  const auditor = (await makeClient(access, admin, "internal-auditor")).principal;
  assert.equal(await codeOf(() => reviews.create(requestOf(bench), admin)), "not-permitted");
  assert.equal(await codeOf(() => reviews.create(requestOf(bench), auditor)), "not-permitted");
  const { principal } = await makeClient(access, admin, "csr");
  const { reviewId } = await begun(bench, [principal.principalId]);
  assert.equal((await reviews.lines(reviewId, auditor)).length, 1);
  const asked = { ...requestOf(bench), reviewers: [auditor.principalId] };
  assert.equal(await codeOf(() => reviews.create(asked, bench.officer)), "bad-reviewer");
  assert.equal(await codeOf(() => reviews.lines(reviewId, principal)), "unknown-review");
});

test("every step is an entry of the ledger that names the review, and refused ones too", async () => {
  const { access, admin, reviews, ledger, officer } = bench;
  const { principal } = await makeClient(access, admin, "csr");
  const { reviewId, lines } = await begun(bench, [principal.principalId]);
  await decide(bench, reviewId, lines[0]!, "approve");
  await codeOf(() => reviews.cancel(reviewId, admin, "no"));
  await reviews.close(reviewId, officer);
  const { items } = await ledger.list({ kinds: ["review"] }, { limit: 100 });
  const details = await Promise.all(items.map(({ entryId }) => ledger.opening(entryId)));
  const steps = details.map((opened) => [
    opened?.detail["action"],
    opened?.detail["step"] ?? opened?.detail["refused"] ?? "decide",
  ]);
  assert.deepEqual(steps.toReversed(), [
    ["review.start", "create"],
    ["review.start", "freeze"],
    ["review.start", "start"],
    ["review.decide", "decide"],
    ["review.start", "not-permitted"],
    ["review.start", "close"],
    ["review.apply", "complete"],
  ]);
  const { review } = await reviews.show(reviewId, officer);
  // Decisions stand with their lines.
  assert.equal(review.acts.length, 5);
  const [line] = await reviews.lines(reviewId, officer);
  assert.ok(items.some(({ entryId }) => entryId === line?.act));
});

test("a scope that names an entity or role reaches those alone", async () => {
  const { access, admin } = bench;
  const here = await makeClient(access, admin, "csr", { entities: ["acme"] });
  await makeClient(access, admin, "csr", { entities: ["other"] });
  await makeClient(access, admin, "billing", { ...requestFor(access, "billing"), entities: ["acme"] });
  const scope = { subjects: ["client" as const], roles: ["csr" as const], entities: ["acme"], principals: [] };
  const { lines } = await begun(bench, [], { scope });
  assert.deepEqual(
    lines.map(({ content }) => content.subject.id),
    [here.principal.principalId],
  );
});
