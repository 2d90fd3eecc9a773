// One person who approves many times at once: the second approval is somebody else's, whenever the first is read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type DemandsBench, openDemandsBench } from "./test-demands.ts";

let bench: DemandsBench;
before(async () => (bench = await openDemandsBench()));
after(() => bench?.close());

const AT_ONCE = 12;
const ROUNDS = 4;

test("one person who approves a demand many times at once has approved it once", async () => {
  const { clerk, compliance } = bench;
  for (let round = 0; round < ROUNDS; round += 1) {
    const at = await bench.scene();
    const { demandId } = await clerk.client.demands.takeIn(at.draft());
    await bench.settle(demandId);
    await Promise.allSettled(Array.from({ length: AT_ONCE }, () => compliance.client.demands.approve(demandId)));
    const { state, approvals } = await clerk.client.demands.read(demandId);
    assert.deepEqual([state, approvals.length], ["open", 1]);
    assert.equal(await at.form("person.last-name"), "denied");
  }
});
