// The feed of the import bench: made-up customers of 30 fields, the same for the same seed, none of them anybody.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { base, en, en_US, Faker } from "@faker-js/faker";

const AREA_CODES = ["201", "205", "212", "303", "404", "415", "503", "602", "702", "801"];

type Row = Readonly<Record<string, string>>;

/** Writes NDJSON for the mapping of `customers-30.yaml`. No field is empty. */
export async function writeFeed(path: string, size: { readonly customers: number; readonly seed: number }) {
  const faker = new Faker({ locale: [en_US, en, base], seed: size.seed });
  faker.setDefaultRefDate("2026-01-01T00:00:00Z");
  const out = createWriteStream(path, { mode: 0o600 });
  for (let at = 0; at < size.customers; at++) {
    const row = { customer_number: `B${size.seed}-${at}`, ...person(faker), ...address(faker), ...contact(faker, at) };
    if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

function person(faker: Faker): Row {
  const sex = faker.person.sexType();
  return {
    title: sex === "female" ? "Ms." : "Mr.",
    first_name: faker.person.firstName(sex),
    middle_name: faker.person.middleName(sex),
    last_name: faker.person.lastName(),
    name_suffix: faker.person.suffix(),
    former_name: faker.person.lastName(),
    preferred_name: faker.person.firstName(sex),
    birth_date: day(faker.date.birthdate({ mode: "age", min: 19, max: 84 })),
    sex: sex === "female" ? "F" : "M",
    marital_status: faker.helpers.arrayElement(["single", "married", "divorced", "widowed"]),
    occupation: faker.person.jobTitle(),
    employer: faker.company.name(),
    annual_income: String(faker.number.int({ min: 18, max: 240 }) * 1000),
    net_worth: faker.number.float({ min: 1000, max: 900_000, fractionDigits: 2 }).toFixed(2),
    account_holder: faker.person.fullName(),
    bank: `${faker.location.city()} Savings Bank`,
    account_kind: faker.helpers.arrayElement(["checking", "savings"]),
  };
}

function address(faker: Faker): Row {
  return {
    address_kind: faker.helpers.arrayElement(["H", "W"]),
    street: faker.location.streetAddress(),
    floor: faker.location.secondaryAddress(),
    city: faker.location.city(),
    state: faker.location.state({ abbreviated: true }),
    country: "US",
    latitude: faker.location.latitude().toFixed(4),
    longitude: faker.location.longitude().toFixed(4),
    resident_since: day(faker.date.past({ years: 20 })),
  };
}

function contact(faker: Faker, at: number): Row {
  return {
    // Reserved by RFC 2606, and an exchange without subscribers: nothing sent there reaches anyone.
    email: `${faker.internet.username().toLowerCase()}.${at}@example.com`,
    phone: `+1 ${faker.helpers.arrayElement(AREA_CODES)} 555 ${faker.string.numeric(4)}`,
    channel: faker.helpers.arrayElement(["post", "email", "phone"]),
    handle: faker.internet.username(),
  };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
