// Nobody lends to themselves: elevations, two-person approvals and emergency accesses over the real server, and every rule of separation attacked.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { decide, formOf, grantOf, type GrantStage, openGrantStage, reasonsOf } from "./test-grants.ts";

let stage: GrantStage;
before(async () => {
  stage = await openGrantStage();
});
after(() => stage.close());

const REASON = "the reviewer is away and the claimant waits";
const elevation = {
  form: "elevation",
  role: "medical-reviewer",
  purposes: ["medical-review"],
  reason: REASON,
  hours: 2,
};
const approval = () => ({
  form: "two-person",
  customerId: stage.file.customerId,
  classes: ["driving"],
  purpose: "claim-handling",
  reason: REASON,
  hours: 2,
});
const lastEntry = async () => (await stage.server.app.domains.ledger.list({}, { limit: 1 }, "cleared")).items[0];

describe("an elevation", () => {
  const asReviewer = (as: string) =>
    stage.ask(stage.adjuster, ["medical.diagnosis"], { as, purpose: "medical-review" });

  test("lends nothing before another approved it, then what it says, until it is ended, and is named in the entry", async () => {
    const grantId = await grantOf(stage.adjuster, elevation);
    assert.equal(formOf(await asReviewer(grantId)), "grant-not-in-force");
    assert.equal((await decide(stage.compliance, grantId)).body["state"], "in-force");
    const answer = await asReviewer(grantId);
    assert.equal(formOf(answer), "clear", answer.text);
    const opening = await stage.server.app.domains.ledger.opening(String(answer.body["disclosureId"]) as never);
    assert.equal(opening?.detail["role"], "medical-reviewer");
    assert.equal(opening?.detail["ownRole"], "claims-adjuster");
    assert.deepEqual(opening?.detail["grounds"], [
      { kind: "elevation", id: grantId, approvedBy: stage.compliance.clientId },
    ]);
    // Not by itself: without being named it lends nothing.
    const asSelf = await stage.ask(stage.adjuster, ["medical.diagnosis"], { purpose: "medical-review" });
    assert.notEqual(formOf(asSelf), "clear");
    assert.equal((await stage.adjuster.ask("DELETE", `/v1/grants/${grantId}`)).body["state"], "ended");
    assert.equal(formOf(await asReviewer(grantId)), "grant-not-in-force");
  });

  test("is over when its time is, and a request that nobody decides lapses", async () => {
    const [granted, waiting] = [await grantOf(stage.adjuster, elevation), await grantOf(stage.adjuster, elevation)];
    await decide(stage.compliance, granted);
    assert.equal(formOf(await asReviewer(granted)), "clear");
    stage.pass(3);
    assert.equal(formOf(await asReviewer(granted)), "grant-not-in-force");
    stage.pass(72);
    assert.equal((await decide(stage.compliance, waiting)).status, 404);
  });

  test("is nobody's to approve who has no right, is the holder, or is one person with the holder", async () => {
    const grantId = await grantOf(stage.adjuster, elevation);
    for (const by of [stage.adjuster, stage.dpo, await stage.hire("internal-auditor", ["audit"])]) {
      const refused = await decide(by, grantId);
      assert.equal(refused.status, 403, refused.text);
      assert.deepEqual([(await lastEntry())?.kind, (await lastEntry())?.outcome], ["grant", "denied"]);
    }
    const other = await stage.hire("compliance", ["audit"]);
    for (const { clientId } of [other, stage.adjuster]) {
      const said = await stage.admin.ask("POST", `/v1/principals/${clientId}/person`, { personnelNumber: "N-77" });
      assert.equal(said.status, 200, said.text);
    }
    const refused = await decide(other, grantId);
    assert.deepEqual([refused.status, refused.body["code"]], [403, "own-authority"]);
    assert.equal((await decide(stage.compliance, grantId, false)).body["state"], "denied");
    assert.equal((await decide(stage.compliance, grantId)).status, 404);
    assert.equal(formOf(await asReviewer(grantId)), "grant-not-in-force");
  });

  test("lends only what the role may be lent, and nobody another's", async () => {
    const refusals = [
      { ...elevation, role: "dpo", purposes: ["audit"] },
      { ...elevation, role: "access-admin", purposes: ["administration"] },
      { ...elevation, purposes: undefined },
      { form: "elevation", reason: REASON, hours: 2 },
      { ...elevation, hours: 700 },
      { ...elevation, purposes: ["audit"] },
    ];
    for (const body of refusals)
      assert.equal((await stage.adjuster.ask("POST", "/v1/grants", body)).status, 422, JSON.stringify(body));
    for (const by of [stage.admin, stage.compliance, await stage.hire("internal-auditor", ["audit"])])
      assert.equal((await by.ask("POST", "/v1/grants", elevation)).status, 422);
    const grantId = await grantOf(stage.adjuster, elevation);
    await decide(stage.compliance, grantId);
    const thief = await stage.hire("claims-adjuster", ["claim-handling"]);
    await stage.assign(thief, stage.file);
    const stolen = await stage.ask(thief, ["medical.diagnosis"], { as: grantId, purpose: "medical-review" });
    assert.equal(formOf(stolen), "grant-not-in-force");
    assert.equal((await thief.ask("DELETE", `/v1/grants/${grantId}`)).status, 403);
  });
});

describe("what two persons must approve", () => {
  const driving = () => stage.ask(stage.adjuster, ["driving.annual-mileage"]);

  test("is shown once two others did, for that customer, class and purpose, and not after", async () => {
    assert.equal(formOf(await driving()), "denied");
    const grantId = await grantOf(stage.adjuster, approval());
    assert.equal((await decide(stage.compliance, grantId)).body["state"], "requested");
    assert.equal(formOf(await driving()), "denied");
    const twice = await decide(stage.compliance, grantId);
    assert.deepEqual([twice.status, twice.body["code"]], [403, "own-authority"]);
    assert.equal((await decide(stage.dpo, grantId)).body["state"], "in-force");
    assert.equal(formOf(await driving()), "clear");
    const elsewhere = await stage.newFile();
    await stage.assign(stage.adjuster, elsewhere);
    const other = { customerId: elsewhere.customerId, workContext: { unitId: elsewhere.claimId } };
    assert.equal(formOf(await stage.ask(stage.adjuster, ["driving.annual-mileage"], other)), "denied");
    stage.pass(3);
    assert.equal(formOf(await driving()), "denied");
  });
});

describe("an emergency access", () => {
  const emergency = { purpose: "emergency", basis: "emergency" };
  const open = (by = stage.adjuster) => by.ask("POST", "/v1/break-glass", { reason: REASON, minutes: 30 });
  const review = (by: GrantStage["dpo"], id: string) =>
    by.ask("POST", `/v1/break-glass/${id}/review`, {
      finding: "justified",
      note: "a caller in danger, seen in the notes",
    });

  test("is an alert at once, opens for the emergency alone, ends, and waits for somebody else's review", async () => {
    const strangers = await stage.newFile();
    const about = { customerId: strangers.customerId, workContext: { unitId: strangers.claimId } };
    const ask = (more: object) => stage.ask(stage.adjuster, ["claim.narrative"], { ...about, ...more });
    assert.equal(formOf(await ask(emergency)), "denied");
    const opened = await open();
    assert.equal(opened.status, 201, opened.text);
    const [alert] = (await stage.server.app.domains.ledger.list({ kinds: ["alert"] }, { limit: 1 }, "cleared")).items;
    assert.equal(alert?.actorId, stage.adjuster.clientId);
    assert.equal(formOf(await ask(emergency)), "clear");
    assert.equal(formOf(await ask({})), "denied");
    assert.equal((await open()).body["code"], "already-open");
    const id = String(opened.body["grantId"]);
    assert.equal((await review(stage.dpo, id)).status, 409, "it is not over yet");
    stage.pass(1);
    assert.equal(formOf(await ask(emergency)), "denied");
    assert.equal((await review(stage.adjuster, id)).status, 403);
    const waiting = await stage.dpo.ask("GET", "/v1/grants?of=all");
    assert.match(waiting.text, new RegExp(`${id}.*awaiting-review|awaiting-review.*${id}`));
    assert.equal((await review(stage.dpo, id)).body["state"], "reviewed");
    assert.equal((await review(stage.dpo, id)).status, 404);
  });

  test("that nobody reviewed in time stops the next one, until somebody does", async () => {
    const opened = await open();
    stage.pass(2);
    const soon = await open();
    assert.equal(soon.status, 201, "in time it stops none");
    stage.pass(73);
    assert.equal((await open()).body["code"], "review-overdue");
    for (const { body } of [opened, soon])
      assert.equal((await review(stage.compliance, String(body["grantId"]))).status, 200);
    assert.equal((await open()).status, 201);
  });

  test("is not opened without a factor shown just now, nor by those who administer or audit", async () => {
    const ada = await stage.staff("claims-adjuster", ["claim-handling", "emergency"], "passkey");
    stage.pass(0.2);
    const refused = await open(ada);
    assert.deepEqual([refused.status, refused.body["code"]], [403, "step-up-needed"]);
    assert.deepEqual([(await lastEntry())?.kind, (await lastEntry())?.outcome], ["alert", "denied"]);
    const fresh = await stage.staff("claims-adjuster", ["claim-handling", "emergency"], "passkey");
    assert.equal((await open(fresh)).status, 201);
    for (const [role, purpose] of [
      ["internal-auditor", "emergency"],
      ["it-admin", "emergency"],
      ["security-admin", "emergency"],
    ] as const)
      assert.equal((await open(await stage.hire(role, [purpose]))).status, 403, role);
    assert.equal((await open(stage.admin)).status, 403);
  });
});

describe("a conflict of interest", () => {
  test("declared by oneself ends all sight of the customer at once, and is lifted by somebody else alone", async () => {
    const torn = await stage.hire("claims-adjuster", ["claim-handling"]);
    await stage.assign(torn, stage.file);
    const ask = () => stage.ask(torn, ["claim.narrative"]);
    assert.equal(formOf(await ask()), "clear");
    const declared = { what: "conflict", customerId: stage.file.customerId, note: "my brother" };
    const { body } = await torn.ask("POST", "/v1/attestations", declared);
    const answer = await ask();
    assert.equal(formOf(answer), "denied");
    assert.deepEqual(reasonsOf(answer), ["conflict-of-interest"]);
    assert.match(answer.text, /another-person/);
    const path = `/v1/principals/${torn.clientId}/attestations/${String(body["attestationId"])}`;
    assert.equal((await torn.ask("DELETE", path)).status, 403);
    assert.equal((await stage.compliance.ask("DELETE", path)).status, 200);
    assert.equal(formOf(await ask()), "clear");
  });

  test("nobody records a training of their own, and only who may reads those of others", async () => {
    const passed = (principalId: string) => ({
      what: "training",
      principalId,
      course: "privacy-basics",
      passedAt: new Date(Date.now() - 86_400_000).toISOString(),
    });
    const { adjuster, compliance } = stage;
    assert.equal((await adjuster.ask("POST", "/v1/attestations", passed(adjuster.clientId))).status, 403);
    assert.equal(
      (await compliance.ask("POST", "/v1/attestations", passed(compliance.clientId))).body["code"],
      "own-authority",
    );
    assert.equal((await compliance.ask("POST", "/v1/attestations", passed(adjuster.clientId))).status, 201);
    assert.match((await adjuster.ask("GET", "/v1/attestations")).text, /privacy-basics/);
    assert.equal((await adjuster.ask("GET", `/v1/attestations?principalId=${compliance.clientId}`)).status, 403);
  });
});

test("what is assigned to a team is in hand of who belongs to it, from the next request on and no longer", async () => {
  const file = await stage.newFile();
  const member = await stage.hire("claims-adjuster", ["claim-handling"]);
  const about = { customerId: file.customerId, workContext: { unitId: file.claimId } };
  const ask = async () => formOf(await stage.ask(member, ["claim.narrative"], about));
  assert.equal((await stage.admin.ask("POST", "/v1/teams", { name: "total losses" })).status, 201);
  assert.equal((await stage.admin.ask("POST", "/v1/teams", { name: "total losses" })).status, 409);
  const draft = { customerId: file.customerId, unitId: file.claimId, group: "total losses", kind: "claim" };
  assert.equal((await stage.admin.ask("POST", "/v1/assignments", draft)).status, 201);
  assert.equal(await ask(), "denied");
  const change = (to: "add" | "remove", principalId = member.clientId, by = stage.admin, team = "total losses") =>
    by.ask("POST", "/v1/teams/members", { team, principalId, change: to });
  assert.equal((await change("add")).status, 200);
  assert.equal(await ask(), "clear");
  assert.equal((await change("remove")).status, 200);
  assert.equal(await ask(), "denied");
  assert.equal((await change("add", stage.admin.clientId)).status, 403, "not oneself");
  assert.equal((await change("add", member.clientId, member)).status, 403);
  assert.equal((await change("add", member.clientId, stage.admin, "no such team")).status, 404);
});

test("nothing of all this is found wanting by the verification of what is stored", async () => {
  const verifier = await stage.hire("it-admin", ["emergency"]);
  const { status, body, text } = await verifier.ask("POST", "/v1/verifications", {});
  assert.equal(status, 200, text);
  assert.deepEqual(body["findings"], []);
});
