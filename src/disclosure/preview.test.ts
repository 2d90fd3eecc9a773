// Guarantee: a preview tells what the disclosure would be answered with and opens nothing; options are exactly what deciding would permit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Authenticated } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import type { Basis, Purpose } from "../kernel/vocabulary.ts";
import type { Question, Watch } from "./disclosure.ts";
import { about, openTestFile, type TestFile } from "./test-file.ts";
import { CLAIM_TERMS } from "./test-gate.ts";

const FIELDS = [
  "person.last-name",
  "claim.narrative",
  "government-id.ssn",
  "claim.amount-paid",
  "medical.diagnosis",
  "investigation.reserve",
];

let file: TestFile;
before(async () => {
  file = await openTestFile();
});
after(async () => file.stage.close());

const untold = ({ value: _value, given: _given, isEmpty: _isEmpty, ...rest }: Record<string, unknown>) => rest;

test("answers each field as the disclosure does, in hand, out of hand and of a stranger alike", async () => {
  const cases: [Authenticated, Partial<Question>][] = [
    [file.adjuster, { ...about(file.known, 1) }],
    [file.adjuster, { ...about(file.known, 1), fields: FIELDS }],
    [file.adjuster, { ...about(file.known), fields: FIELDS, justification: "asked by the claimant's counsel" }],
    [file.adjuster, { ...about(file.known, 1), fields: FIELDS, form: "masked" }],
    [file.adjuster, { ...about(file.stranger, 1), fields: FIELDS }],
    [file.adjuster, { ...about(file.known, 1), fields: FIELDS, purpose: "billing" }],
  ];
  for (const [asker, asked] of cases) {
    const question = { ...CLAIM_TERMS, ...asked } as Question;
    const { customerId, unitId, recordIds, ...terms } = question;
    const preview = await file.stage.gate.preview(asker, question);
    const answer = await file.stage.gate.disclose(asker, { ...terms, subjects: [{ customerId, unitId, recordIds }] });
    assert.equal(preview.outcome, answer.outcome);
    assert.deepEqual(
      preview.fields.map((one) => untold({ ...one })),
      (answer.customers[0]?.fields ?? []).map((one) => untold({ ...one })),
    );
    assert.deepEqual(preview.obligations, answer.obligations);
    for (const field of preview.fields) assert.ok(!("value" in field) && !("given" in field));
  }
});

test("opens no key, and needs none", async () => {
  const keys = {
    ...file.stage.keys,
    openUnitKeys: () => assert.fail("a key was opened"),
    beginLease: () => () => true,
  };
  const gate = file.stage.gateWith({ keys });
  const { outcome } = await gate.preview(file.adjuster, { ...CLAIM_TERMS, ...about(file.known, 1) });
  assert.notEqual(outcome, "denied");
});

test("is written down as a question, counts nowhere as shown, and is not in the customer's accounting", async () => {
  const { stage, known } = file;
  const reader = await stage.client("claims-adjuster", ["claim-handling"]);
  await stage.assign(reader, known, { unit: 1, kind: "claim" });
  const { previewId } = await stage.gate.preview(reader, { ...CLAIM_TERMS, ...about(known, 1) });
  const entry = await stage.ledger.entry(previewId);
  assert.deepEqual([entry?.kind, entry?.outcome, entry?.customerId], ["preview", "done", known.customerId]);
  assert.match(JSON.stringify((await stage.ledger.opening(previewId))?.detail["wouldBe"]), /allowed|partial/);
  const ever = { actorId: reader.principalId, from: new Date(0), to: new Date(Date.now() + 86_400_000) };
  assert.deepEqual((await stage.ledger.customersSeenBy(ever, {})).items, []);
  const dpo = await stage.client("dpo", ["data-subject-request"]);
  const accounted = await stage.gate.accounting(dpo, known.customerId, { limit: 200 });
  assert.ok(accounted.items.every(({ entry: { entryId } }) => entryId !== previewId));
  const denied = await stage.gate.preview(reader, { ...CLAIM_TERMS, ...about(file.stranger, 1) });
  assert.equal((await stage.ledger.entry(denied.previewId))?.outcome, "denied");
});

test("a customer out of reach and one that does not exist are answered alike", async () => {
  const ask = async (customerId: Question["customerId"]) => {
    const { previewId: _id, ...answer } = await file.stage.gate.preview(file.adjuster, {
      ...CLAIM_TERMS,
      ...about(file.stranger, 1),
      customerId,
    });
    return answer;
  };
  assert.deepEqual(await ask(file.stranger.customerId), await ask(newId()));
  const options = (customerId: Question["customerId"]) =>
    file.stage.gate.options(file.adjuster, { customerId, unitId: null });
  assert.deepEqual(await options(file.stranger.customerId), []);
  assert.deepEqual(await options(newId()), []);
});

test("says what the watch would ask for, and that it was weighed as a look", async () => {
  for (const [outcome, asked] of [
    ["ask-reason", "reason"],
    ["step-up", "stepUp"],
    ["second-person", "secondPerson"],
    ["hold", "held"],
  ] as const) {
    let looks = 0;
    const watch: Watch = {
      weigh: (_asker, all) => {
        looks += all.length;
        const concern = { outcome, told: "same address", detail: {} };
        return {
          concerns: new Map(all.map(({ customerId }) => [customerId, concern])),
          recorded: async () => {},
        };
      },
      searchedByName: () => {},
    };
    const { asks, outcome: would } = await file.stage
      .gateWith({ watch })
      .preview(file.adjuster, { ...CLAIM_TERMS, ...about(file.known, 1) });
    assert.equal(would, "denied");
    assert.equal(asks[asked], true, outcome);
    assert.equal(looks, 1);
  }
});

const OTHERS: readonly Purpose[] = ["claim-handling", "billing"];
const GROUNDS: readonly Basis[] = ["role-duty", "authorization", "incident"];

test("options offer a purpose and basis exactly where a disclosure of some field would be permitted", async () => {
  const { stage, known } = file;
  const adjuster = await stage.client("claims-adjuster", ["claim-handling", "subrogation"]);
  await stage.assign(adjuster, known, { unit: 2, kind: "claim" });
  const place = about(known, 2);
  const paths = stage.vault.registry.allFields().map(({ path }) => path);
  const options = await stage.gate.options(adjuster, { customerId: place.customerId, unitId: place.unitId });
  assert.ok(options.length > 0);
  for (const purpose of OTHERS)
    for (const basis of GROUNDS) {
      const permitted = new Set<string>();
      for (let at = 0; at < paths.length; at += 200) {
        const { fields } = await stage.gate.preview(adjuster, {
          ...CLAIM_TERMS,
          ...place,
          purpose,
          basis,
          fields: paths.slice(at, at + 200),
          justification: "all that could be asked for",
        });
        for (const field of fields) if (field.form !== "denied") permitted.add(`${field.dataClass} ${field.form}`);
      }
      const option = options.find((one) => one.purpose === purpose && one.basis === basis);
      const offered = new Set(option?.classes.map(({ dataClass, form }) => `${dataClass} ${form}`));
      // What is offered by class is its best form; records of some classes are not held, so these are not among the permitted.
      for (const one of permitted)
        assert.ok(
          [...offered].some((each) => each.split(" ")[0] === one.split(" ")[0]),
          `${purpose} ${basis} ${one}`,
        );
      assert.equal(permitted.size > 0, offered.size > 0, `${purpose} ${basis}`);
    }
});

test("options say for which classes a reason is needed: in a health line what the standard view leaves out", async () => {
  const { stage, adjuster } = file;
  const records = { person: { "first-name": "Mara", "last-name": "Holloway" } };
  const claim = { kind: "claim", line: "health", records: { claim: { number: "CL-9", narrative: "fell" } } } as const;
  const customer = await stage.customer([{ kind: "relationship", line: "health", records }, claim]);
  await stage.assign(adjuster, customer, { unit: 1, kind: "claim" });
  const dutyOn = async (unit: number) => {
    const asked = { customerId: customer.customerId, unitId: customer.unitIds[unit] ?? null };
    const options = await stage.gate.options(adjuster, asked);
    const duty = options.find(({ purpose, basis }) => purpose === "claim-handling" && basis === "role-duty");
    return duty?.classes.find(({ dataClass }) => dataClass === "claims-narrative");
  };
  const told = { dataClass: "claims-narrative", form: "clear", needsStepUp: false, needsPasskey: false };
  assert.deepEqual(await dutyOn(1), { ...told, needsReason: false });
  assert.deepEqual(await dutyOn(0), { ...told, needsReason: true });
});

test("where a passkey alone helps it is said, so that nobody is asked for a code in vain", async () => {
  const { stage } = file;
  const records = { claim: { number: "CL-11" }, medical: { diagnosis: "fracture" } };
  const customer = await stage.customer([{ kind: "claim", records }]);
  await stage.assign(file.adjuster, customer, { unit: 0, kind: "claim" });
  const place = about(customer, 0);
  const now = new Date();
  const signedIn = (methods: readonly ["password", "totp"] | readonly ["passkey"]): Authenticated => ({
    ...file.adjuster,
    kind: "staff",
    signIn: {
      sessionId: newId(),
      methods,
      at: now,
      strongAt: now,
      phishingResistantAt: methods[0] === "passkey" ? now : null,
    },
  });
  const told = async (asker: Authenticated) => {
    const options = await stage.gate.options(asker, { customerId: place.customerId, unitId: place.unitId });
    const duty = options.find(({ purpose, basis }) => purpose === "claim-handling" && basis === "role-duty");
    const health = duty?.classes.find(({ dataClass }) => dataClass === "health");
    const asked = { ...CLAIM_TERMS, ...place, fields: ["medical.diagnosis"], justification: "asked by counsel" };
    const { asks } = await stage.gate.preview(asker, asked);
    return [health?.form, health?.needsStepUp, health?.needsPasskey, asks.stepUp, asks.passkey];
  };
  assert.deepEqual(await told(signedIn(["password", "totp"])), ["clear", true, true, true, true]);
  assert.deepEqual(await told(signedIn(["passkey"])), ["clear", false, false, false, false]);
});

test("options name what two others would have to approve, and approval is what it takes", async () => {
  const { stage, adjuster } = file;
  const records = { driving: { violations: "ran a red light" } };
  const customer = await stage.customer([{ kind: "claim", records: { claim: { number: "CL-10" }, ...records } }]);
  await stage.assign(adjuster, customer, { unit: 0, kind: "claim" });
  const place = about(customer, 0);
  const options = await stage.gate.options(adjuster, { customerId: place.customerId, unitId: place.unitId });
  const duty = options.find(({ purpose, basis }) => purpose === "claim-handling" && basis === "role-duty");
  const upon = duty?.uponApproval ?? [];
  assert.ok(upon.includes("driving"), upon.join());
  assert.ok(!upon.includes("claims-narrative") && !upon.includes("genetic"), upon.join());
  const fields = ["driving.violations"];
  const { fields: told } = await stage.gate.preview(adjuster, { ...CLAIM_TERMS, ...place, fields });
  assert.equal(told[0]?.form, "denied");
  assert.ok(told[0].permittedBy.some(({ code }) => code.includes("two-person-approval")));
});

test("options cost little processor time once decisions are remembered", async () => {
  const ask = () =>
    file.stage.gate.options(file.adjuster, { customerId: file.known.customerId, unitId: file.known.unitIds[1]! });
  await ask();
  const started = process.cpuUsage();
  for (let nth = 0; nth < 20; nth += 1) await ask();
  const { user, system } = process.cpuUsage(started);
  assert.ok((user + system) / 1000 / 20 < 50, `${(user + system) / 20_000} ms`);
});
