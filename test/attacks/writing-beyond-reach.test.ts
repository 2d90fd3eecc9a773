// A valid login that writes where it should not: to units it does not have in hand, into its own book, or to find out what a field holds.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { idFromDigest } from "../../src/kernel/ids.ts";
import { type AttackStage, listIn, type MadeCustomer, type Person, setAttackStage } from "./test-stage.ts";

describe("a client that may write to one claim of a customer", () => {
  let stage: AttackStage;
  let maker: Person;
  let adjuster: Person;
  let known: MadeCustomer;
  before(async () => {
    stage = await setAttackStage();
    maker = await stage.hire({ role: "underwriter", purposes: ["underwriting"] });
    known = await stage.customer(maker);
    adjuster = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    await stage.assign(adjuster, known, { unit: 1 });
  });
  after(() => stage.close());

  const correct = (by: Person, record: number, expectedRevision: number, fields: object) =>
    by.ask("POST", `/v1/customers/${known.customerId}/records/${known.recordIds[record]}/corrections`, {
      expectedRevision,
      fields,
      reason: "a reason",
    });

  test("corrects that claim, and nothing of the other", async () => {
    assert.equal((await correct(adjuster, 2, 1, { narrative: "slipped on wet leaves" })).status, 201);
    assert.equal((await correct(adjuster, 3, 1, { narrative: "never happened" })).status, 404);
  });

  test("adds no record to the other claim, and does not close it", async () => {
    const unit = known.unitIds[2];
    const record = { unitId: unit, type: "claim", fields: { number: "CL-X" } };
    assert.equal((await adjuster.ask("POST", `/v1/customers/${known.customerId}/records`, record)).status, 404);
    const closing = await adjuster.ask("PATCH", `/v1/customers/${known.customerId}/units/${unit}`, {
      status: "closed",
    });
    assert.equal(closing.status, 404);
  });

  test("of another legal entity or line writes nothing, although it holds an assignment", async () => {
    const foreign = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"], entities: ["other-co"] });
    await stage.assign(foreign, known, { unit: 1 });
    assert.equal((await correct(foreign, 2, 2, { narrative: "never happened" })).status, 404);
  });

  test("learns from no correction whether its guess is what is held", async () => {
    const right = await correct(adjuster, 0, 1, { "marital-status": "married" });
    assert.equal(right.status, 201, right.text);
    const again = await correct(adjuster, 0, 2, { "marital-status": "married" });
    const wrong = await correct(adjuster, 0, 3, { "marital-status": "divorced" });
    assert.deepEqual([again.status, wrong.status], [201, 201]);
    const revisions = [again, wrong].map(({ body }) => listIn(body, "records")[0]?.["revision"]);
    assert.deepEqual(revisions, [3, 4]);
  });

  test("learns nothing from being told that other fields are needed either", async () => {
    const held = `900-12-${String(3457)}`;
    const answers = [
      await correct(adjuster, 1, 1, { ssn: held }),
      await correct(adjuster, 1, 1, { ssn: "900-12-0001" }),
    ];
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body["code"], body["errors"]]),
      [answers[0]!, answers[0]!].map(({ status, body }) => [status, body["code"], body["errors"]]),
    );
    assert.equal(answers[0]!.body["code"], "fields-needed");
  });

  test("does not move another's policy into its own book, nor its own from an assignment", async () => {
    const { keys } = stage.server.app.domains;
    const groups = [idFromDigest(keys.keyedDigest("group", "book-a"))];
    const agent = await stage.hire({ role: "agent", purposes: ["policy-servicing"], rowScope: "groups", groups });
    const own = await stage.customer(agent, { book: "book-a" });
    await stage.assign(maker, own, { kind: "submission" });
    const place = { entity: "acme", brand: "acme", line: "life", book: "book-b" };
    const records = [{ type: "policy", fields: { number: "P-777" } }];
    const made = await maker.ask("POST", `/v1/customers/${own.customerId}/units`, {
      kind: "policy",
      ...place,
      records,
    });
    const unitId = String(listIn(made.body, "units")[0]?.["unitId"]);
    const move = () => agent.ask("PATCH", `/v1/customers/${own.customerId}/units/${unitId}`, { book: "book-a" });
    assert.equal((await move()).status, 404);
    await stage.assign(agent, own, { kind: "policy" });
    assert.equal((await move()).status, 403);
  });
});
