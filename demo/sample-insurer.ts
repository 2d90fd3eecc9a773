// A made-up insurer: customers with policies, claims, medical and bank data, the same for the same seed. Nobody in it exists.
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { base, en, en_US, Faker } from "@faker-js/faker";

const LINES = ["life", "health", "auto", "property"] as const;
type Line = (typeof LINES)[number];
const CLAIM_CAUSES: Record<Line, readonly string[]> = {
  life: ["death of the insured", "terminal illness benefit"],
  health: ["hospital stay", "out-patient surgery", "prescription"],
  auto: ["rear-end collision", "hail", "theft of vehicle"],
  property: ["water damage", "kitchen fire", "burglary"],
};
const DIAGNOSES = [
  ["S13.4", "sprain of cervical spine"],
  ["I10", "essential hypertension"],
  ["E11.9", "type 2 diabetes without complications"],
  ["M54.5", "low back pain"],
] as const;

const AREA_CODES = [
  "201",
  "202",
  "203",
  "205",
  "206",
  "207",
  "208",
  "212",
  "213",
  "214",
  "215",
  "216",
  "303",
  "305",
  "312",
  "404",
] as const;

type Row = Readonly<Record<string, string>>;

export interface SampleFiles {
  readonly customers: string;
  readonly policies: string;
  readonly claims: string;
}

export interface SampleCounts {
  readonly customers: number;
  readonly policies: number;
  readonly claims: number;
}

export interface SampleSize {
  readonly customers: number;
  readonly seed: number;
  /** Customer numbers begin after this; 100,000 when left out. */
  readonly numbersAfter?: number;
}

/** Writes three NDJSON feeds into `folder` and tells how many rows each has. */
export async function writeSampleInsurer(
  folder: string,
  { customers, seed, numbersAfter = 100_000 }: SampleSize,
): Promise<[SampleFiles, SampleCounts]> {
  const faker = new Faker({ locale: [en_US, en, base], seed });
  // A fixed day, so that the same seed gives the same people on any day.
  faker.setDefaultRefDate("2026-01-01T00:00:00Z");
  const files = {
    customers: join(folder, "customers.ndjson"),
    policies: join(folder, "policies.ndjson"),
    claims: join(folder, "claims.ndjson"),
  };
  const counts = { customers, policies: 0, claims: 0 };
  const out = {
    customers: openLines(files.customers),
    policies: openLines(files.policies),
    claims: openLines(files.claims),
  };
  for (let at = 0; at < customers; at++) {
    const customer = sampleCustomer(faker, numbersAfter + at);
    await out.customers.write(customer);
    const policies = faker.number.int({ min: 1, max: 2 });
    for (let nth = 0; nth < policies; nth++) {
      const policy = samplePolicy(faker, customer, counts.policies++);
      await out.policies.write(policy);
      if (at === 0 || faker.number.float() < 0.3) await out.claims.write(sampleClaim(faker, policy, counts.claims++));
    }
  }
  await Promise.all([out.customers.end(), out.policies.end(), out.claims.end()]);
  return [files, counts];
}

function sampleCustomer(faker: Faker, at: number): Row {
  const sex = faker.person.sexType();
  const firstName = faker.person.firstName(sex);
  const lastName = faker.person.lastName();
  return {
    customer_number: `C${String(at)}`,
    first_name: firstName,
    last_name: lastName,
    sex: sex === "female" ? "F" : "M",
    birth_date: day(faker.date.birthdate({ mode: "age", min: 19, max: 84 })),
    // 900 to 999 is never issued as a Social Security number, so none of these can be anybody's.
    ssn: `${faker.number.int({ min: 900, max: 999 })}-${faker.string.numeric(2)}-${faker.string.numeric(4)}`,
    driver_licence: `${faker.string.alpha({ length: 1, casing: "upper" })}${faker.string.numeric(8)}`,
    street: faker.location.streetAddress(),
    city: faker.location.city(),
    state: faker.location.state({ abbreviated: true }),
    zip: faker.location.zipCode("#####"),
    country: "US",
    // Reserved by RFC 2606 and by the numbering plan (555-01xx): nothing sent there reaches anyone.
    email: `${firstName}.${lastName}.${at}`.toLowerCase().replaceAll(/[^a-z0-9.]/g, "") + "@example.com",
    phone: `+1 ${faker.helpers.arrayElement(AREA_CODES)} 555 01${faker.string.numeric(2)}`,
    account_number: faker.string.numeric(10),
    routing_number: "021000021",
    occupation: faker.person.jobTitle(),
    annual_income: String(faker.number.int({ min: 18, max: 240 }) * 1000),
    marital_status: faker.helpers.arrayElement(["single", "married", "divorced", "widowed"]),
  };
}

function samplePolicy(faker: Faker, customer: Row, at: number): Row {
  const line = faker.helpers.arrayElement(LINES);
  const from = faker.date.past({ years: 4 });
  return {
    policy_number: `P${String(7_000_000 + at)}`,
    customer_number: customer["customer_number"] ?? "",
    line,
    product: `${line}-standard`,
    status: faker.helpers.arrayElement(["active", "active", "active", "lapsed"]),
    effective_date: day(from),
    annual_premium: faker.number.float({ min: 120, max: 2600, fractionDigits: 2 }).toFixed(2),
    sum_insured: String(faker.number.int({ min: 20, max: 600 }) * 1000),
    producer: `PR${faker.number.int({ min: 1, max: 25 })}`,
    beneficiary_name: faker.person.fullName(),
    beneficiary_relationship: faker.helpers.arrayElement(["spouse", "son", "daughter"]),
    underwriting_class: faker.helpers.arrayElement(["preferred", "standard", "substandard"]),
    smoker: faker.helpers.arrayElement(["no", "no", "yes"]),
    vin: line === "auto" ? faker.vehicle.vin() : "",
    plate: line === "auto" ? faker.vehicle.vrm() : "",
    plate_state: line === "auto" ? (customer["state"] ?? "") : "",
  };
}

function sampleClaim(faker: Faker, policy: Row, at: number): Row {
  const line = LINES.find((candidate) => candidate === policy["line"]) ?? "life";
  const cause = faker.helpers.arrayElement(CLAIM_CAUSES[line]);
  const [code, diagnosis] = line === "property" ? ["", ""] : faker.helpers.arrayElement(DIAGNOSES);
  const lossDate = faker.date.recent({ days: 300 });
  const place = faker.location.city();
  return {
    claim_number: `CL${String(300_000 + at)}`,
    policy_number: policy["policy_number"] ?? "",
    line,
    loss_date: day(lossDate),
    loss_place: place,
    cause,
    status: faker.helpers.arrayElement(["open", "open", "paid", "denied"]),
    amount: faker.number.float({ min: 300, max: 48_000, fractionDigits: 2 }).toFixed(2),
    narrative: `Insured reports ${cause} in ${place}. ${faker.lorem.sentence()}`,
    diagnosis_code: code,
    diagnosis,
    treatment: line === "property" ? "" : faker.helpers.arrayElement(["physiotherapy", "medication", "observation"]),
    reserve: String(faker.number.int({ min: 1, max: 60 }) * 500),
    fraud_indicator: faker.helpers.arrayElement(["none", "none", "none", "late report"]),
  };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function openLines(path: string): { write(row: Row): Promise<void>; end(): Promise<void> } {
  const stream = createWriteStream(path, { mode: 0o600 });
  return {
    async write(row) {
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, "drain");
    },
    async end() {
      stream.end();
      await once(stream, "finish");
    },
  };
}
