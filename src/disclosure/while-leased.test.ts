// A release that comes too late: what was opened before a process stood still is not handed out after it wakes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Authenticated } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import { CLAIM_TERMS, openTestGate, type TestCustomer, type TestGate } from "./test-gate.ts";

const LEASE_SECONDS = 1;
const LATER_THAN_A_LEASE_MS = 1100;

describe("a process that stands still for longer than a lease", () => {
  let world: TestGate;
  let adjuster: Authenticated;
  let customers: TestCustomer[];
  let people: TestCustomer[];
  before(async () => {
    world = await openTestGate({ leaseSeconds: LEASE_SECONDS });
    adjuster = await world.client("claims-adjuster", ["claim-handling"]);
    const claim = { kind: "claim", records: { claim: { number: "CL-1", narrative: "slipped on ice" } } } as const;
    customers = [await world.customer([claim]), await world.customer([claim])];
    people = [await world.customer([{ kind: "relationship", records: { person: { "last-name": "Quokka" } } }])];
    for (const customer of customers) await world.assign(adjuster, customer, { unit: 0, kind: "claim" });
  });
  after(() => world.close());

  /** Stands still before the keys of the customer at this place are there, so many times; `meanwhile` is done then. */
  const stoppedAt = (
    place: number,
    { times = Infinity, meanwhile = async (): Promise<unknown> => null } = {},
  ): Pick<Keys, "openUnitKeys" | "keyedDigest" | "beginLease"> => {
    let left = times;
    return {
      ...world.keys,
      openUnitKeys: async (row) => {
        if (row.customerId === customers[place]?.customerId && (left -= 1) >= 0) {
          await meanwhile();
          await sleep(LATER_THAN_A_LEASE_MS);
        }
        return world.keys.openUnitKeys(row);
      },
    };
  };
  const disclosures = async (): Promise<number> => {
    const filter = { kinds: ["disclosure"] } as const;
    return (await world.ledger.list(filter, { limit: 100 }, "cleared")).items.length;
  };
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

  test("asks once more by itself where it stood still once: decided, recorded and released anew", async () => {
    const earlier = await disclosures();
    const { customers: answered } = await ask(stoppedAt(1, { times: 1 }));
    assert.deepEqual(
      answered.map(({ fields }) => fields[0]?.value),
      ["slipped on ice", "slipped on ice"],
    );
    assert.equal(await disclosures(), earlier + 2, "what was not shown stands in the ledger as well");
  });

  test("asks once more by the rights of then: nothing is shown to whoever was suspended while it stood still", async () => {
    const leaver = await world.client("claims-adjuster", ["claim-handling"]);
    for (const customer of customers) await world.assign(leaver, customer, { unit: 0, kind: "claim" });
    const leaves = { principalId: leaver.principalId, action: "client.suspend" } as const;
    const meanwhile = () => world.access.setClientStatus(leaves, world.admin);
    const current = (await world.access.reread(leaver.principalId)) ?? assert.fail();
    const asking = world.gateWith({ keys: stoppedAt(1, { times: 1, meanwhile }) }).disclose(current, {
      ...CLAIM_TERMS,
      fields: ["claim.narrative"],
      subjects: customers.map(({ customerId }) => ({ customerId, unitId: null, recordIds: null })),
    });
    await assert.rejects(asking, { code: "no-longer-active" });
  });

  test("does nothing twice that it did with values of its own", async () => {
    const [customerId, serves] = [people[0]!.customerId, newId()];
    let uses = 0;
    const using = world.gate.useValues(
      { customerId, why: "caller-answers", serves, recordTypes: ["person"], choose: (held) => held },
      async () => {
        uses += 1;
        await sleep(LATER_THAN_A_LEASE_MS);
      },
    );
    await assert.rejects(using, { code: "busy" });
    assert.equal(uses, 1);
  });
});
