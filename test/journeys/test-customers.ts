// For journeys: customers with policies and claims, made up, and put into the hands of whoever is to work on them.
import assert from "node:assert/strict";
import { connect, type Client } from "../../sdk/client.ts";
import type { JourneyStage } from "./test-staff.ts";

export interface JourneyCustomer {
  readonly customerId: string;
  /** The relationship, the policy and the claim. */
  readonly unitIds: readonly string[];
  readonly recordIds: readonly string[];
  /** Values that must stand nowhere but where they are shown. */
  readonly secrets: readonly string[];
}

const PLACE = { entity: "acme", brand: "acme", line: "life" } as const;

const [FIRST_NAME, LAST_NAME] = ["Rosalind", "Quillfeather"] as const;
const phoneOf = (number: number): string => `+1212555${1000 + number}`;
const narrativeOf = (number: number): string => `slipped on ice outside the harbour bakery, case ${number}`;

/** Makes customers as a claims system would. */
export async function customerMaker({ server }: JourneyStage): Promise<Client> {
  const { token } = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  return connect({ url: server.url, token });
}

/** `more` are further records of the claim. */
export async function makeCustomer(
  maker: Client,
  number: number,
  more: Units[number]["records"] = [],
): Promise<JourneyCustomer> {
  const made = await maker.customers.create({ kind: "person", units: unitsOf(number, more) });
  return {
    customerId: made.customerId,
    unitIds: made.units.map(({ unitId }) => unitId),
    recordIds: made.records.map(({ recordId }) => recordId),
    secrets: [
      FIRST_NAME,
      LAST_NAME,
      phoneOf(number).slice(2),
      narrativeOf(number),
      "Lantern Row",
      "rosalind-",
      "1840.50",
      "sprained",
    ],
  };
}

type Units = Parameters<Client["customers"]["create"]>[0]["units"];

function unitsOf(number: number, more: Units[number]["records"]): Units {
  return [
    { kind: "relationship", ...PLACE, records: ownRecords(number) },
    {
      kind: "policy",
      ...PLACE,
      records: [
        {
          type: "policy",
          fields: {
            number: `P-${700_000 + number}`,
            status: "in-force",
            "effective-date": "2024-02-01",
            "sum-assured": "USD 250000",
          },
        },
      ],
    },
    {
      kind: "claim",
      ...PLACE,
      records: [
        {
          type: "claim",
          fields: {
            number: `CL-${800_000 + number}`,
            status: "in-process",
            "loss-date": "2026-01-14",
            cause: "fall",
            narrative: narrativeOf(number),
            "amount-claimed": "USD 1840.50",
          },
        },
        { type: "medical", fields: { "diagnosis-code": "S93.4", diagnosis: "sprained ankle" } },
        ...more,
      ],
    },
  ];
}

function ownRecords(number: number): Units[number]["records"] {
  return [
    {
      type: "person",
      fields: {
        "first-name": FIRST_NAME,
        "last-name": LAST_NAME,
        "birth-date": "1971-03-09",
        "customer-number": `K-${9000 + number}`,
        occupation: "baker",
        "employer-name": "Harbour Bakery",
      },
    },
    { type: "contact", fields: { email: `rosalind-${number}@mailbox.example`, phone: phoneOf(number) } },
    {
      type: "address",
      fields: { line1: "17 Lantern Row", city: "Albany", region: "NY", postcode: "12207", country: "US" },
    },
    { type: "government-id", fields: { ssn: `900-12-${3000 + number}`, "holder-last-name": LAST_NAME } },
    { type: "bank-account", fields: { "bank-name": "Hudson Bank", "account-number": `0412${8000 + number}` } },
  ];
}

export interface Assigned {
  readonly staffId: string;
  readonly customer: JourneyCustomer;
  readonly kind?: "claim" | "policy" | "call";
}

/** The claim or the policy; a call is about the whole customer. */
export async function assign(stage: JourneyStage, { staffId, customer, kind = "claim" }: Assigned): Promise<void> {
  const { customerId, unitIds } = customer;
  const unitId = { claim: unitIds[2], policy: unitIds[1], call: undefined }[kind];
  const draft = { customerId, clientId: staffId, kind, ...(unitId === undefined ? {} : { unitId }) };
  const { status, body } = await stage.ask("POST", "/v1/assignments", draft);
  assert.equal(status, 201, JSON.stringify(body));
}
