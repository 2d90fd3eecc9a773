// For tests: one customer with two claims, one of them assigned to an adjuster, and a stranger who is like that customer.
import assert from "node:assert/strict";
import type { Authenticated } from "../access/access.ts";
import type { BatchQuestion, CustomerAnswer, FieldAnswer } from "./disclosure.ts";
import { CLAIM_TERMS, openTestGate, type TestCustomer, type TestGate } from "./test-gate.ts";

export const NARRATIVE = "Insured slipped on the ice in front of the town hall";
export const STREET = "12 Quarry Lane";
const SSN = "900-12-3456";

export interface TestFile {
  readonly stage: TestGate;
  readonly adjuster: Authenticated;
  readonly known: TestCustomer;
  readonly stranger: TestCustomer;
  newCustomer(): Promise<TestCustomer>;
  ask(
    asker: Authenticated,
    subject: BatchQuestion["subjects"][number],
    terms?: Partial<BatchQuestion>,
  ): Promise<TestAnswer>;
}

export type TestAnswer = Awaited<ReturnType<TestGate["gate"]["disclose"]>> & { readonly customer: CustomerAnswer };

export async function openTestFile(): Promise<TestFile> {
  const stage = await openTestGate();
  const adjuster = await stage.client("claims-adjuster", ["claim-handling"]);
  const newCustomer = (): Promise<TestCustomer> => makeCustomer(stage);
  const [known, stranger] = [await newCustomer(), await newCustomer()];
  await stage.assign(adjuster, known, { unit: 1, kind: "claim" });
  return {
    stage,
    adjuster,
    known,
    stranger,
    newCustomer,
    ask: async (asker, subject, terms = {}) => {
      const answer = await stage.gate.disclose(asker, { ...CLAIM_TERMS, ...terms, subjects: [subject] });
      return { ...answer, customer: answer.customers[0] as CustomerAnswer };
    },
  };
}

async function makeCustomer(stage: TestGate): Promise<TestCustomer> {
  return stage.customer([
    {
      kind: "relationship",
      records: {
        person: { "first-name": "Mara", "last-name": "Holloway", "birth-date": "1971-03-09" },
        address: { line1: STREET, city: "Fargo", region: "ND", postcode: "58102", country: "US" },
        "government-id": { ssn: SSN },
      },
    },
    { kind: "claim", records: { claim: { number: "CL-1", narrative: NARRATIVE, status: "in-process" } } },
    {
      kind: "claim",
      records: { claim: { number: "CL-2", narrative: "another matter" }, medical: { diagnosis: "I10" } },
    },
  ]);
}

export const about = ({ customerId, unitIds }: TestCustomer, unit: number | null = null) => ({
  customerId,
  unitId: unit === null ? null : (unitIds[unit] ?? null),
  recordIds: null,
});

export const field = (answer: { customer: CustomerAnswer }, path: string): FieldAnswer => {
  const found = answer.customer.fields.find((one) => one.field === path);
  assert.ok(found, `the answer has no ${path}`);
  return found;
};
