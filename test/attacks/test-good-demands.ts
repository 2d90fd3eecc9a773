// For fuzz tests: good requests about legal demands.
import assert from "node:assert/strict";
import { filedPaper, newCustomer, type PortalHands } from "./test-good-portal.ts";
import type { GoodRequests, Who } from "./test-good-requests.ts";
import type { Person } from "./test-stage.ts";

export type DemandHands = PortalHands & { readonly people: Readonly<Record<"dpo", Person>> };

const OPERATIONS = [
  "listDemandRules",
  "takeInDemand",
  "listDemands",
  "readDemand",
  "checkDemand",
  "narrowDemand",
  "settleDemandNotice",
  "tellDemandCustomers",
  "noteDemandCustomerTold",
  "reviewDemandPrivilege",
  "approveDemand",
  "objectToDemand",
  "settleDemandObjection",
  "closeDemand",
  "listDemandProductions",
] as const;
export const DEMANDS_ENTITLED: Readonly<Record<string, Who>> = Object.fromEntries(
  OPERATIONS.map((id) => [id, "compliance" as const]),
);

const CHECKS = ["authentic", "authority-of-examiner", "scope-named"];

/** Demands in the states that operations ask for. */
function demandsOf(hands: DemandHands) {
  const { compliance, dpo } = hands.people;
  const draft = async () => {
    const made = await newCustomer(hands, []);
    const customerId = String(made["customerId"]);
    const recordId = await filedPaper(compliance, customerId);
    return {
      kind: "regulator-exam",
      issuer: "Department of Financial Services",
      reference: "EX-2026-1",
      jurisdiction: "US-NY",
      recipient: { type: "regulator" },
      receivedAt: "2026-01-05T09:00:00Z",
      document: { customerId, recordId },
      named: [{ customerId, classes: ["identity", "contact"] }],
    };
  };
  const put = async (by: Person, path: string, body?: object) => {
    const answer = await by.ask("POST", `/v1/demands${path}`, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  };
  const taken = async (by: Person = compliance) => {
    const body = await draft();
    const demandId = String((await put(by, "", body))["demandId"]);
    return { params: { demandId }, named: body.named };
  };
  const checked = async () => {
    const { params } = await taken(dpo);
    for (const id of CHECKS) await put(dpo, `/${params.demandId}/checks`, { id, answer: "met" });
    await put(dpo, `/${params.demandId}/notice`, { mode: "none" });
    return { params };
  };
  const told = async () => {
    const { params, named } = await taken();
    await put(compliance, `/${params.demandId}/notice`, { mode: "after" });
    return { params, customerId: named[0]!.customerId };
  };
  const objected = async () => {
    const { params } = await taken();
    await put(compliance, `/${params.demandId}/objections`, { ground: "overbroad" });
    return { params, body: { outcome: "overruled" } };
  };
  return { draft, taken, checked, told, objected };
}

export function onDemands(hands: DemandHands): GoodRequests {
  const { dpo } = hands.people;
  const { draft, taken, checked, told, objected } = demandsOf(hands);
  const at = async (body: object) => ({ params: (await taken()).params, body });
  return {
    listDemandRules: async () => ({}),
    takeInDemand: async () => ({ body: await draft() }),
    listDemands: async () => ({ query: [["limit", "2"]] }),
    readDemand: async () => ({ params: (await taken()).params }),
    checkDemand: () => at({ id: "authentic", answer: "met" }),
    narrowDemand: async () => {
      const { params, named } = await taken();
      return { params, body: { produced: named.map((part) => ({ ...part, classes: ["identity"] })) } };
    },
    settleDemandNotice: () => at({ mode: "none" }),
    tellDemandCustomers: async () => ({ params: (await told()).params }),
    noteDemandCustomerTold: async () => {
      const { params, customerId } = await told();
      return { params, body: { customerId, reference: "served in person" } };
    },
    reviewDemandPrivilege: async () => ({ params: (await taken(dpo)).params }),
    approveDemand: checked,
    objectToDemand: () => at({ ground: "overbroad" }),
    settleDemandObjection: objected,
    closeDemand: () => at({ how: "withdrawn" }),
    listDemandProductions: async () => ({ params: (await taken()).params }),
  };
}
