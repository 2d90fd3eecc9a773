// Who signs for a customer signs what their authority is of: no class and no unit beyond it, and nobody for whom they may not act any more.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { type ConsentBench, type ConsentScene, openConsentBench } from "./test-authorizations.ts";

let bench: ConsentBench;
let approver: Client;
before(async () => {
  bench = await openConsentBench();
  const compliance = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  approver = bench.as((await bench.server.createClient(compliance)).token);
});
after(() => bench?.close());

type Draft = Parameters<Client["representatives"]["request"]>[1];
type Reach = Pick<Draft, "kind"> & Partial<Pick<Draft, "unitIds" | "classes">>;

/** The authority of somebody else, granted by two. */
async function granted({ customerId, recordIds }: ConsentScene, reach: Reach): Promise<string> {
  const representativeId = (await bench.customer()).customerId;
  const draft = { representativeId, documentId: recordIds.get("document")!, ...reach };
  const { representationId } = await bench.dpo.representatives.request(customerId, draft);
  if (reach.kind !== "guardian") await approver.representatives.approve(customerId, representationId);
  return representationId;
}

const signedBy = (at: ConsentScene, representationId: string, changed: Partial<ConsentScene["terms"]> = {}) =>
  bench.dpo.authorizations.record(at.customerId, {
    ...at.terms,
    ...changed,
    signed: { ...at.signed(), representationId },
  });

const beyond = { code: "unknown-representative" };

test("a representative signs for the classes and units of their authority, and for no other", async () => {
  const at = await bench.scene();
  const ofNames = await granted(at, { kind: "power-of-attorney", classes: ["identity"] });
  await assert.rejects(signedBy(at, ofNames, { classes: ["identity", "contact"] }), beyond);
  await signedBy(at, ofNames);
  const other = await bench.scene();
  const ofClaim = await granted(other, { kind: "power-of-attorney", unitIds: [other.claimId] });
  await assert.rejects(signedBy(other, ofClaim), beyond, "of everything");
  await signedBy(other, ofClaim, { unitIds: [other.claimId] });
});

test("what was asked for is answered, and what was given is renewed, within the authority of whoever signs", async () => {
  const at = await bench.scene();
  const signed = {
    ...at.signed(),
    representationId: await granted(at, { kind: "power-of-attorney", classes: ["contact"] }),
  };
  const asked = await bench.dpo.authorizations.ask(at.customerId, at.terms);
  const place = [at.customerId, asked.authorizationId] as const;
  await assert.rejects(bench.dpo.authorizations.answer(...place, { signed }), beyond);
  await bench.dpo.authorizations.answer(...place, { signed: at.signed() });
  await assert.rejects(bench.dpo.authorizations.renew(...place, { expiresAt: bench.day(300), signed }), beyond);
});

test("a guardian signs for a minor only, and nobody with a power of attorney for the dead", async () => {
  const [grown, dead] = [await bench.scene(), await bench.scene()];
  await assert.rejects(signedBy(grown, await granted(grown, { kind: "guardian" })), beyond);
  const attorney = await granted(dead, { kind: "power-of-attorney" });
  await bench.flag(dead.customerId, "deceased");
  await assert.rejects(signedBy(dead, attorney), beyond);
  await signedBy(dead, await granted(dead, { kind: "executor" }));
});
