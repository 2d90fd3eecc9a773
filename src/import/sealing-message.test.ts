// What is said between the importing thread and the one that seals: nothing is lost or mixed up on the way.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { asSealed, asToken } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { AeadKey } from "../keys/keys.ts";
import type { SealedRecord, SealJob } from "../vault/vault.ts";
import { decodeJobs, decodeSealed, encodeJobs, encodeSealed } from "./sealing-message.ts";

const key = (algorithm?: AeadKey["algorithm"]): AeadKey => ({
  version: 3,
  key: new Uint8Array(randomBytes(32)),
  ...(algorithm === undefined ? {} : { algorithm }),
});

function job(keys: SealJob["keys"], asOf?: string): SealJob {
  const place = { customerId: newId(), recordId: newId(), unitId: newId(), recordType: "person", schemaVersion: 2 };
  const fields = new Map([
    ["first-name", { normalised: "Zoë \u{1f600}", given: " Zoë \u{1f600} " }],
    ["last-name", { normalised: "", given: "" }],
  ]);
  return { place, fields, keys, ...(asOf === undefined ? {} : { asOf }) };
}

test("jobs arrive as they were sent, and those of one unit go on sharing their keys", () => {
  const shared = key("aes-256-gcm");
  const jobs = [
    job(new Map([["identity", shared]]), "2023-02-14T10:19:05"),
    job(
      new Map([
        ["identity", shared],
        ["contact", key()],
      ]),
    ),
  ];
  const arrived = decodeJobs(structuredClone(encodeJobs(jobs)));
  assert.deepEqual(arrived, jobs);
  assert.equal(arrived[0]?.keys.get("identity"), arrived[1]?.keys.get("identity"));
});

test("sealed records come back each to its job, tokens with their index and version", () => {
  const jobs = [job(new Map()), job(new Map()), job(new Map())];
  const records = jobs.map(({ place: { customerId, recordId } }, at): SealedRecord => {
    const tokens = Array.from({ length: at * 2 }, (_, nth) => ({
      token: asToken(new Uint8Array(randomBytes(1 + nth))),
      customerId,
      recordId,
      indexName: nth % 2 === 0 ? "email" : "phone",
      keyVersion: 1 + nth,
    }));
    const bytes = (size: number) => asSealed(new Uint8Array(randomBytes(size)));
    return { pack: bytes(40 + at), checks: bytes(10 + at), tokens };
  });
  assert.deepEqual(decodeSealed(structuredClone(encodeSealed(records)), jobs), records);
});
