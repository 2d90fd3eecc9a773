// The paper of a legal demand: nothing that its subject asks shows it, nor that there is one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { customerSession } from "../portal/test-portal.ts";
import { type DemandsBench, openDemandsBench } from "./test-demands.ts";

let bench: DemandsBench;
before(async () => (bench = await openDemandsBench()));
after(() => bench.close());

test("the subject of a demand is not shown its paper, from the moment that it is taken in", async () => {
  const at = await bench.scene();
  const { customerId } = at;
  const recordId = at.recordIds.get("document")!;
  const self = await customerSession(bench, customerId, "strong");
  const isThere = async (): Promise<boolean> => JSON.stringify(await self.portal.file({})).includes(recordId);
  assert.equal(await isThere(), true, "a paper like any other");
  await bench.clerk.client.demands.takeIn(at.draft());
  assert.equal(await isThere(), false);
  const asked = { purpose: "data-subject-request", basis: "rights-request" } as const;
  const answer = await self.disclose({ customerId, ...asked, fields: ["document.title"] });
  assert.deepEqual(
    answer.fields.map((field) => [field.recordId, field.value]),
    [[null, undefined]],
  );
  await assert.rejects(self.documents.read({ customerId, recordId }, asked));
  const staff = await at.ask(["document.title"], bench.dpo.client);
  assert.ok(
    staff.fields.every((field) => field.recordId === recordId),
    "it is there for those who work on it",
  );
});
