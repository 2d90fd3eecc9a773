// How strongly somebody must have proven who they are: once a shift for work in hand, freshly for what is beside it, by a passkey for what is worst to lose.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listIn, type Person } from "../../test/attacks/test-stage.ts";
import { formOf, type GrantStage, openGrantStage, reasonsOf } from "./test-grants.ts";

let stage: GrantStage;
before(async () => {
  stage = await openGrantStage();
});
after(() => stage.close());

const PURPOSES = ["claim-handling"] as const;

test("an adjuster works through sixty customers in an hour, late in the shift, and is asked for nothing again", async () => {
  const ada = await stage.staff("claims-adjuster", PURPOSES, "passkey");
  stage.pass(10);
  let shown = 0;
  for (let customer = 0; customer < 60; customer += 1) {
    const file = await stage.newFile();
    await stage.assign(ada, file);
    const about = { customerId: file.customerId, workContext: { unitId: file.claimId } };
    const answer = await stage.ask(ada, null, about);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(
      reasonsOf(answer).filter((code) => /step-up|sign-in|passkey/.test(code)),
      [],
    );
    shown += listIn(answer.body, "fields").filter(({ form }) => form === "clear").length;
    stage.pass(1 / 60);
  }
  assert.ok(shown >= 180, `only ${shown} fields were shown`);
  stage.pass(3);
  const later = await stage.ask(ada, ["claim.narrative"]);
  assert.notEqual(formOf(later), "clear", "the shift is over");
});

test("bank data outside the standard view of the work in hand needs a factor shown just now", async () => {
  const investigator = await stage.staff("siu-investigator", ["fraud-investigation"], "passkey");
  await stage.assign(investigator, stage.file, "investigation");
  const ask = () =>
    stage.ask(investigator, ["bank-account.bank-name", "bank-account.account-number"], {
      purpose: "fraud-investigation",
    });
  assert.deepEqual(
    reasonsOf(await ask()).filter((code) => code === "step-up-needed"),
    [],
  );
  stage.pass(0.5);
  const answer = await ask();
  const beside = listIn(answer.body, "fields").filter((field) =>
    listIn(field, "reasons").some(({ code }) => code === "step-up-needed"),
  );
  assert.ok(beside.length > 0, answer.text);
  assert.ok(
    beside.every(
      (field) => field["form"] !== "clear" && listIn(field, "permittedBy").some(({ code }) => code === "step-up"),
    ),
  );
});

test("the ledger and reviews of access are exported after a factor shown just now; a system has none to show", async () => {
  const officer = await stage.staff("compliance", ["audit"], "passkey");
  const body = { what: "entries", columns: ["at", "kind"], filter: {} };
  const due = new Date(stage.server.app.domains.clock.now().getTime() + 7 * 86_400_000).toISOString();
  const scope = { subjects: ["staff"], principals: [officer.clientId] };
  const [other, escalation] = [await stage.hire("compliance", ["audit"]), await stage.hire("compliance", ["audit"])];
  const named = { name: "Spring", scope, reviewers: [other.clientId], escalation: escalation.clientId };
  const made = await officer.ask("POST", "/v1/reviews", { ...named, dueAt: due, overdue: "revoke" });
  assert.equal(made.status, 201, made.text);
  const review = `/v1/reviews/${(made.body["review"] as { reviewId: string }).reviewId}`;
  assert.equal((await officer.ask("POST", `${review}/start`)).status, 200);
  const exports = async (who: Person) =>
    (
      await Promise.all([
        who.ask("POST", "/v1/exports", body),
        who.ask("GET", `${review}/export.csv`),
        who.ask("GET", `${review}/export.pdf`),
      ])
    ).map((answer) => (answer.status === 200 ? "exported" : answer.body["code"]));
  assert.deepEqual(await exports(officer), ["exported", "exported", "exported"]);
  stage.pass(0.5);
  assert.deepEqual(await exports(officer), ["step-up-needed", "step-up-needed", "step-up-needed"]);
  assert.deepEqual(await exports(other), ["exported", "exported", "exported"]);
  const adjuster = await stage.staff("claims-adjuster", PURPOSES, "passkey");
  stage.pass(0.5);
  assert.deepEqual(await exports(adjuster), ["not-permitted", "not-permitted", "not-permitted"]);
});

test("more customers at once than ordinary work asks about need a factor shown just now", async () => {
  const ada = await stage.staff("claims-adjuster", PURPOSES, "passkey");
  const files = await Promise.all(Array.from({ length: 21 }, () => stage.newFile()));
  for (const file of files) await stage.assign(ada, file);
  const batch = async (count: number) => {
    const customers = files
      .slice(0, count)
      .map(({ customerId, claimId }) => ({ customerId, workContext: { unitId: claimId } }));
    const body = { customers, purpose: "claim-handling", fields: ["claim.narrative"] };
    const answer = await ada.ask("POST", "/v1/disclosures/batch", body);
    assert.equal(answer.status, 200, answer.text);
    return new Set(listIn(answer.body, "customers").flatMap((each) => listIn(each, "fields").map(({ form }) => form)));
  };
  assert.deepEqual(await batch(21), new Set(["clear"]));
  stage.pass(0.5);
  assert.deepEqual(await batch(20), new Set(["clear"]));
  assert.ok(!(await batch(21)).has("clear"));
});

test("bank and health data are shown in clear to who signed in with a passkey, not with a code that can be phished", async () => {
  const forms = async (who: Person) => {
    await stage.assign(who, stage.file);
    const answer = await stage.ask(who, ["medical.diagnosis", "bank-account.account-number", "claim.narrative"]);
    return { forms: listIn(answer.body, "fields").map(({ form }) => form), reasons: reasonsOf(answer), answer };
  };
  const strong = await forms(await stage.staff("claims-adjuster", PURPOSES, "passkey"));
  assert.deepEqual(
    strong.forms.filter((form) => form === "clear").length,
    strong.forms.length - (strong.forms.includes("masked") ? 1 : 0),
  );
  const coded = await forms(await stage.staff("claims-adjuster", PURPOSES, "totp"));
  assert.notEqual(coded.forms[0], "clear");
  assert.equal(coded.forms[2], "clear");
  assert.ok(coded.reasons.includes("passkey-needed"));
  assert.match(coded.answer.text, /"code":"passkey"/);
  const weak = await forms(await stage.staff("claims-adjuster", PURPOSES, "password"));
  assert.ok(!weak.forms.includes("clear"));
});
