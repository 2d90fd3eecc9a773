// Past decisions are replayed under changed policies, and what would differ is told: by those entitled, without a value, and as an entry.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { about, NARRATIVE, openTestFile, type TestFile } from "./test-file.ts";

let file: TestFile;
before(async () => {
  file = await openTestFile();
});
after(() => file.stage.close());

const FORBID = `@id("test/no-narratives")
@title("Nobody sees narratives any more")
@citation("a test of the rehearsal")
@confirmed("design")
@reason("no-narratives")
@remedies("none")
forbid (principal, action == Action::"show-clear", resource == DataClass::"claims-narrative");
`;
const question = (text: string) => ({
  files: [{ name: "test.cedar", text }],
  overlay: true,
  from: null,
  to: null,
  cursor: null,
  limit: 100,
});

test("what would be answered otherwise is told by role, class, purpose and form, with the rules and entries", async () => {
  const { stage, adjuster, known } = file;
  const { disclosureId } = await file.ask(adjuster, about(known, 1), {
    fields: ["claim.narrative", "person.last-name"],
  });
  const reviewer = await stage.client("compliance", ["audit"]);
  const found = await stage.gate.rehearse(reviewer, question(FORBID));
  assert.equal(found.entries, 1);
  assert.equal(found.decisions, 2);
  assert.equal(found.unreadable, 0);
  const [difference, ...others] = found.differences;
  assert.deepEqual(others, []);
  assert.deepEqual(
    { ...difference, policies: difference?.policies.includes("test/no-narratives") },
    {
      role: "claims-adjuster",
      dataClass: "claims-narrative",
      purpose: "claim-handling",
      from: "clear",
      to: difference?.to,
      policies: true,
      count: 1,
      examples: [disclosureId],
    },
  );
  assert.notEqual(difference?.to, "clear");
  assert.ok(!JSON.stringify(found).includes(NARRATIVE));
  const same = await stage.gate.rehearse(reviewer, question("// nothing\n"));
  assert.deepEqual(same.differences, []);
  const again = await file.ask(adjuster, about(known, 1), { fields: ["claim.narrative"] });
  assert.equal(again.customer.fields[0]?.form, "clear", "nothing of it is in force");
});

test("faulty policies are refused, and whoever is not entitled, which is an entry", async () => {
  const { stage, adjuster } = file;
  const reviewer = await stage.client("compliance", ["audit"]);
  await assert.rejects(stage.gate.rehearse(reviewer, question("permit (principal")), { code: "bad-policies" });
  await assert.rejects(stage.gate.rehearse(adjuster, question(FORBID)), { code: "not-permitted" });
  const [entry] = (await stage.ledger.list({}, { limit: 1 }, "cleared")).items;
  assert.deepEqual([entry?.kind, entry?.outcome, entry?.actorId], ["ledger-read", "denied", adjuster.principalId]);
});
