// However many policies and claims a customer has: what is decided rests on all of them, not on the first two hundred.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { openTestGate, type TestGate } from "./test-gate.ts";

let bench: TestGate;
before(async () => {
  bench = await openTestGate();
});
after(() => bench.close());

const OLDER = 230;
const person = { person: { "first-name": "Ada", "last-name": "Marlowe" } };
const policy = (number: string) => ({ policy: { number } });

test("a customer's newest policy is found, and its relationship served, behind hundreds of older ones", async () => {
  const book = newId();
  const producer = await bench.client("agent", ["policy-servicing"], [book]);
  const stranger = await bench.client("agent", ["policy-servicing"], [newId()]);
  const older = Array.from({ length: OLDER }, (_, at) => ({ kind: "policy" as const, records: policy(`P-${at}`) }));
  const customer = await bench.customer([
    { kind: "relationship", records: person },
    ...older,
    { kind: "policy", book, records: policy("P-NEWEST") },
  ]);
  const ask = {
    purpose: "policy-servicing",
    basis: "role-duty",
    fields: ["person.last-name"],
    form: "clear",
    recipient: null,
    justification: null,
    subjects: [{ customerId: customer.customerId, unitId: null, recordIds: null }],
  } as const;
  const { customers } = await bench.gate.disclose(producer, ask);
  assert.equal(customers[0]?.fields[0]?.value, "Marlowe");
  assert.ok(await bench.gate.reaches(producer, customer.customerId));
  assert.ok(!(await bench.gate.reaches(stranger, customer.customerId)));
});
