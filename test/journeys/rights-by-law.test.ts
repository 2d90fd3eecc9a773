// Each right and each of the major laws in the browser, from the customer's asking to what is so in the world once it is done: a sample
// that has every right and every law, all cases with UBERRIMA_FULL=1. Every case goes over HTTP in src/requests/right-by-law.test.ts.
// At full length: beside rights.test.ts; every case over HTTP in src/requests/right-by-law.test.ts.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { RIGHT_CASES, sampleOf } from "../../src/requests/test-right-cases.ts";
import { proveDone } from "../../src/requests/test-right-proofs.ts";
import { fetchCopy, lift, type RightsStage, seeAnswer, setRightsStage, walkRight } from "./test-right-walk.ts";

const CASES = process.env["UBERRIMA_FULL"] === "1" ? RIGHT_CASES : sampleOf(RIGHT_CASES);

let rights: RightsStage;
before(async () => {
  rights = await setRightsStage();
});
after(() => rights?.close());

describe("in the browser a right is asked for, granted and done:", () => {
  for (const one of CASES)
    test(`${one.kind} under ${one.law}`, async () => {
      const walked = await walkRight(rights, one);
      const { asker, requestId } = walked;
      // Whoever was erased signs in no more.
      if (one.kind !== "erasure") await seeAnswer(rights, one, walked);
      await proveDone({ bench: rights.stage.bench, dpo: rights.dpo }, one, {
        asker,
        requestId,
        fetchCopy: () => fetchCopy(rights, asker),
        lift: () => lift(rights, requestId),
      });
      for (const { complaints } of [rights.customer, rights.officer, rights.second]) assert.deepEqual(complaints, []);
    });
});
