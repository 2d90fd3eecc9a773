// Whoever asked to be erased has the certificate by a code that they kept: in part while they sign in, and in whole once they cannot.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { verifyCertificate } from "../../sdk/verify/verify.ts";
import { asId } from "../kernel/ids.ts";
import { customerSession, openTestPortal, type TestPortal } from "../portal/test-portal.ts";

const GERMANY = { country: "DE", state: null };

let bench: TestPortal;
let dpo: Client;
before(async () => {
  bench = await openTestPortal();
  dpo = bench.as((await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
});
after(() => bench?.close());

async function asked(kind: "erasure" | "access" = "erasure") {
  const unit = (of: "relationship" | "policy", type: string, fields: Record<string, string>) => ({
    kind: of,
    entity: "acme",
    brand: "acme",
    line: "auto" as const,
    records: [{ type, fields }],
  });
  const person = { "first-name": "Iris", "last-name": "Quill", "birth-date": "1980-05-04" };
  const units = [unit("relationship", "person", person), unit("policy", "policy", { number: "P-1" })];
  const written = await bench.maker.customers.create({ kind: "person", units });
  const self = await customerSession(bench, asId(written.customerId));
  const { requestId } = await self.portal.rights.open({ kind, place: GERMANY });
  const { claimCode } = await self.portal.rights.read(requestId, { words: "left" });
  return { customerId: written.customerId, policyId: written.units[1]!.unitId, requestId, claimCode };
}

const claims = () => bench.anybody.portal.erasureClaims;

const TRIES_MAX = 100;

/** The first of a request's erasures, once it is final and its entry published. */
async function certificateOf(code: string) {
  for (let tries = 0; ; tries += 1) {
    const [one] = (await claims().list(code)).items;
    assert.ok(one !== undefined);
    try {
      if (one.finalAt !== null || tries > TRIES_MAX)
        return { one, ...(await claims().certificate(code, one.erasureId)) };
    } catch (error) {
      if (tries > TRIES_MAX) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

test("whoever was erased altogether has the certificate by the code they kept, and its handing out is an entry", async () => {
  const { customerId, requestId, claimCode } = await asked();
  assert.ok(claimCode !== null);
  assert.deepEqual((await claims().list(claimCode)).items, [], "nothing before something was erased");
  await dpo.rights.decide(requestId, { outcome: "fulfilled" });
  const { one, bundle, paper } = await certificateOf(claimCode);
  assert.deepEqual([one.unitId, bundle.certificate["customer"]], [null, customerId]);
  assert.ok(Buffer.from(paper, "base64").subarray(0, 5).equals(Buffer.from("%PDF-")));
  // The log may have grown between the two, and a receipt is of the log as it stands.
  const { logKey } = await dpo.ledger.log();
  const { receipt, ...same } = await dpo.erasures.certificate(one.erasureId);
  assert.deepEqual({ ...bundle, receipt }, { ...same, receipt }, "the very one that the office has");
  for (const each of [bundle, { ...same, receipt }]) verifyCertificate(each, logKey);
  const filter = { kinds: ["opening-read"], customerId: asId(customerId) } as const;
  const { items } = await bench.server.app.domains.ledger.list(filter, { limit: 5 }, "cleared");
  const details = await Promise.all(
    items.map(({ entryId }) => bench.server.app.domains.ledger.opening(entryId, "cleared")),
  );
  assert.ok(details.some((opening) => opening?.detail["claimedBy"] === requestId));
});

test("in part, it is had the same way while the rest stands", async () => {
  const { policyId, requestId, claimCode } = await asked();
  assert.ok(claimCode !== null);
  const partly = {
    outcome: "partly",
    ground: "legal-claims",
    reason: "we keep the rest",
    unitIds: [policyId],
  } as const;
  await dpo.rights.decide(requestId, { ...partly, unitIds: [policyId] });
  const { one, bundle } = await certificateOf(claimCode);
  assert.deepEqual([one.unitId, bundle.certificate["unit"]], [policyId, policyId]);
  const other = await asked();
  await assert.rejects(claims().certificate(other.claimCode ?? "", one.erasureId), { code: "not-found" });
});

test("no other code opens anything: not one that was changed, not of a request for something else, not the request's id", async () => {
  const { requestId, claimCode } = await asked();
  const { claimCode: none, requestId: other } = await asked("access");
  assert.equal(none, null);
  const secret = claimCode?.slice(claimCode.indexOf(".")) ?? "";
  for (const code of [requestId, `${requestId}.`, `${requestId}.${"A".repeat(43)}`, `${other}${secret}`, secret])
    await assert.rejects(claims().list(code), { code: "not-found" }, code);
});
