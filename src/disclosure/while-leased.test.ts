// A release that comes too late: what was opened before a process stood still is not handed out after it wakes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Authenticated } from "../access/access.ts";
import type { Keys } from "../keys/keys.ts";
import { CLAIM_TERMS, openTestGate, type TestCustomer, type TestGate } from "./test-gate.ts";

const LEASE_SECONDS = 1;
const LATER_THAN_A_LEASE_MS = 1100;

describe("a process that stands still for longer than a lease", () => {
  let world: TestGate;
  let adjuster: Authenticated;
  let customers: TestCustomer[];
  before(async () => {
    world = await openTestGate({ leaseSeconds: LEASE_SECONDS });
    adjuster = await world.client("claims-adjuster", ["claim-handling"]);
    const claim = { kind: "claim", records: { claim: { number: "CL-1", narrative: "slipped on ice" } } } as const;
    customers = [await world.customer([claim]), await world.customer([claim])];
    for (const customer of customers) await world.assign(adjuster, customer, { unit: 0, kind: "claim" });
  });
  after(() => world.close());

  /** Stands still before the keys of the customer at this place are there. */
  const stoppedAt = (place: number): Pick<Keys, "openUnitKeys" | "keyedDigest" | "beginLease"> => ({
    ...world.keys,
    openUnitKeys: async (row) => {
      if (row.customerId === customers[place]?.customerId) await sleep(LATER_THAN_A_LEASE_MS);
      return world.keys.openUnitKeys(row);
    },
  });
  const ask = (keys: Pick<Keys, "openUnitKeys" | "keyedDigest" | "beginLease">) =>
    world.gateWith({ keys }).disclose(adjuster, {
      ...CLAIM_TERMS,
      fields: ["claim.narrative"],
      subjects: customers.map(({ customerId }) => ({ customerId, unitId: null, recordIds: null })),
    });

  test("releases nothing of what it had opened before", async () => {
    const { customers: answered } = await ask(world.keys);
    assert.deepEqual(
      answered.map(({ fields }) => fields[0]?.value),
      ["slipped on ice", "slipped on ice"],
    );
    await assert.rejects(ask(stoppedAt(1)), { code: "busy" });
  });

  test("shows no masked view and no hits of a search either", async () => {
    const gate = world.gateWith({ keys: stoppedAt(0) });
    const customerId = customers[0]!.customerId;
    await assert.rejects(gate.maskedView(adjuster, { customerId, purpose: "claim-handling" }), { code: "busy" });
    const search = { index: "claim-number", values: { number: "CL-1" }, purpose: "claim-handling" } as const;
    await assert.rejects(gate.search(adjuster, search), { code: "busy" });
  });
});
