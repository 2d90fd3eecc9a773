// Each right under each of the major laws, over HTTP from asking to done: the law that governs, what was done about it, and that it cannot be got around.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openClocks } from "../clocks/clocks.ts";
import type { Client } from "../../sdk/client.ts";
import { customerSession, openTestPortal, type TestPortal } from "../portal/test-portal.ts";
import { EXEMPTIONS, marksOf, RIGHT_CASES, type RightCase, sampleOf } from "./test-right-cases.ts";
import {
  FAREWELL,
  isAnsweredInWords,
  makeAsker,
  OCCUPATIONS,
  proveDone,
  REASON,
  type RightAsker,
} from "./test-right-proofs.ts";
import { proposedAt } from "./test-grant.ts";

let bench: TestPortal;
let dpo: Client;
let second: Client;
before(async () => {
  bench = await openTestPortal({ everyMs: 250 });
  const hire = { role: "dpo", purposes: ["data-subject-request"] } as const;
  dpo = bench.as((await bench.server.createClient(hire)).token);
  second = bench.as((await bench.server.createClient(hire)).token);
});
after(() => bench?.close());

/** In the portal, or by a letter that somebody files, and somebody else checks who wrote it, where the law lets that be asked. */
async function ask({ kind, about = "insurance", place, isFiled }: RightCase, { customerId }: RightAsker) {
  const draft = { kind, about, place };
  if (isFiled !== true) return (await customerSession(bench, customerId)).portal.rights.open(draft);
  const filed = await second.rights.file(customerId, draft);
  if (filed.identity === "not-asked") return filed;
  return dpo.rights.identity(filed.requestId, { method: "documents", passed: true });
}

/** A correction is proposed by somebody else than who decides. */
async function decide(one: RightCase, requestId: string, { personId: recordId }: RightAsker) {
  if (one.kind === "correction")
    await second.rights.step(requestId, { do: "propose", recordId, fields: { occupation: OCCUPATIONS.right } });
  const isReview = one.kind === "automated-decision-review";
  const said = { reason: isAnsweredInWords(one) ? REASON : null, found: isReview ? ("changed" as const) : null };
  return dpo.rights.decide(requestId, { outcome: "fulfilled", proposedAt: await proposedAt(dpo, requestId), ...said });
}

type Exempt = NonNullable<RightCase["exempt"]>;

/** Whoever answers and whoever asks read the same: which law leaves it out, and by what. */
async function seeExemption({ ruleId, by }: Exempt, { customerId }: RightAsker, requestId: string): Promise<void> {
  const { judged } = await dpo.rights.read(requestId, { words: "left" });
  const self = await customerSession(bench, customerId);
  const { exempt } = await self.portal.rights.read(requestId, { words: "left" });
  for (const laws of [judged, exempt]) {
    const found = laws.find(({ rule }) => rule.ruleId === ruleId);
    assert.deepEqual([found?.verdict, found?.rule.exemption?.by], [EXEMPTIONS[by], by]);
    assert.match(found?.rule.exemption?.text ?? "", TEXTS[by]);
  }
}

const TEXTS: Readonly<Record<Exempt["by"], RegExp>> = {
  "glba-entity": /GLBA entity exemption.*15 USC 6809\(3\)/,
  "glba-data": /GLBA data exemption.*1798\.145\(e\)/,
  insurer: /Insurer exemption.*ORS 731\.106/,
};

describe("the cases", () => {
  const clocks = openClocks(join(import.meta.dirname, "../../governance"));
  /** The GDPR and its British sister, CCPA and CPRA, other states, HIPAA, NAIC 670 and 672, FCRA, PIPEDA and Quebec, LGPD. */
  const NAMED = /^(EU-GDPR|UK-|US-|NAIC67[02]|CA-|BR-LGPD)/;

  test("hold every right of every named law that can reach an insurer", () => {
    // Which laws leave insurers out altogether is held in src/clocks/applicable.test.ts.
    const named = clocks.rules.filter(({ id, exemption }) => NAMED.test(id) && exemption?.insurers !== "entity");
    assert.ok(named.length >= 30, "the rules were seen");
    const pairs = named.flatMap(({ id, kinds }) => kinds.map((kind) => `${id} ${kind}`));
    const tried = new Set(
      RIGHT_CASES.flatMap(({ rule, beside, kind }) =>
        [rule, ...(beside === undefined ? [] : [beside])].map((id) => `${id} ${kind}`),
      ),
    );
    assert.deepEqual(
      pairs.filter((pair) => !tried.has(pair)),
      [],
    );
  });

  test("are walked in the browser by a sample of every right, every law and either way", () => {
    const sample = sampleOf(RIGHT_CASES);
    assert.deepEqual(new Set(sample.flatMap(marksOf)), new Set(RIGHT_CASES.flatMap(marksOf)));
    assert.ok(sample.length * 2 < RIGHT_CASES.length, `${sample.length} of ${RIGHT_CASES.length}`);
  });
});

describe("a right is asked for, granted and done:", () => {
  for (const one of RIGHT_CASES)
    test(`${one.kind} under ${one.law}`, async () => {
      const asker = await makeAsker(bench, one);
      const asked = await ask(one, asker);
      const { requestId } = asked;
      assert.equal(asked.ruleId, one.rule);
      if (one.exempt !== undefined) await seeExemption(one.exempt, asker, requestId);
      const decided = await decide(one, requestId, asker);
      const isCopy = one.kind === "access" || one.kind === "portability";
      const { deeds, judged } = await dpo.rights.read(requestId, { words: "left" });
      if (one.beside !== undefined)
        assert.equal(judged.find(({ rule }) => rule.ruleId === one.beside)?.verdict, "applies");
      const isAnswer = deeds.length === 0;
      assert.equal(decided.state, isCopy ? "fulfilling" : isAnswer ? "decided" : "closed", "not done before it is");
      assert.ok(isCopy || deeds.every(({ state }) => state === "done"), JSON.stringify(deeds));
      await proveDone({ bench, dpo }, one, {
        asker,
        requestId,
        fetchCopy: async (copyId) => {
          const self = await customerSession(bench, asker.customerId, "strong");
          return (await self.portal.dataCopies.fetch(copyId, "json")).text();
        },
        lift: async () => void (await dpo.rights.step(requestId, { do: "lift", words: FAREWELL })),
      });
    });
});
