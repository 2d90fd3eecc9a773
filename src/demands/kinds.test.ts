// What the kinds of demand come to: who may go untold, what a period asks, what each asks to be checked, reaches and opens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type DemandsBench, openDemandsBench } from "./test-demands.ts";

let bench: DemandsBench;
before(async () => (bench = await openDemandsBench()));
after(() => bench.close());

test("nobody goes untold but where the kind's rule says so, or on a ground that the rules know for it", async () => {
  const at = await bench.scene();
  const { client } = bench.clerk;
  const { kinds, untold } = await client.demands.rules();
  for (const { kind, recipients, notice } of kinds) {
    const recipient = { type: recipients[0] as "court" };
    const { demandId } = await client.demands.takeIn(at.draft({ kind, recipient }));
    const settling = client.demands.notice(demandId, { mode: "none" });
    if (notice === "none") await settling;
    else await assert.rejects(settling, { code: "unknown-ground" }, kind);
    for (const { ground, kinds: within } of untold) {
      const grounded = client.demands.notice(demandId, { mode: "none", ground });
      if (within.includes(kind)) await grounded;
      else await assert.rejects(grounded, { code: "unknown-ground" }, `${kind}, ${ground}`);
    }
  }
  const subpoena = await client.demands.takeIn(at.draft({ kind: "subpoena" }));
  await bench.settle(subpoena.demandId);
  await client.demands.notice(subpoena.demandId, { mode: "none", ground: "told-by-requester" });
  await bench.approve(subpoena.demandId);
  const { notice, state } = await client.demands.read(subpoena.demandId);
  assert.deepEqual([notice?.ground, state], ["told-by-requester", "approved"]);
});

test("with a period only what is named record by record is approved and leaves", async () => {
  const at = await bench.scene();
  const { client } = bench.clerk;
  const { customerId } = at;
  const period = { from: "2024-01-01", to: "2024-12-31" };
  const { demandId } = await client.demands.takeIn(at.draft({ period }));
  await bench.settle(demandId);
  await assert.rejects(bench.compliance.client.demands.approve(demandId), { code: "not-narrowed" });
  const recordIds = [at.recordIds.get("person")!];
  await client.demands.narrow(demandId, { produced: [{ customerId, classes: ["identity", "contact"], recordIds }] });
  await bench.approve(demandId);
  assert.equal(await at.form("person.last-name"), "clear");
  assert.equal(await at.form("contact.email"), "denied", "another record, of a class that is produced");
  assert.equal(await at.form("underwriting.risk-class"), "denied");
});
