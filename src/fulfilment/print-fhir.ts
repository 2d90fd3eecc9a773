// FHIR R4 (4.0.1), a Bundle of type collection: only what maps honestly. Who the person is (Patient), their policies (Coverage), and what is medical.
import { type Entry, medicalEntries, protectedEntries } from "./fhir-medical.ts";
import { clearOf, dateOf, type Fields, isEmpty, listed, period, type Resource, without } from "./fhir-parts.ts";
import type { GivenRecord } from "./gather.ts";
import type { Fetched } from "./packages.ts";

const DAY_LENGTH = "2026-01-01".length;
/** Of a customer's own names, contacts and addresses; more are in the machine form. */
const IDENTITIES_MAX = 200;
const GENDERS: Readonly<Record<string, string>> = {
  m: "male",
  f: "female",
  male: "male",
  female: "female",
  x: "other",
  unknown: "unknown",
};
/** A policy's status by FHIR's financial resource status codes. */
const STATUSES: Readonly<Record<string, string>> = {
  quoted: "draft",
  pending: "draft",
  "in-force": "active",
  lapsed: "cancelled",
  terminated: "cancelled",
  cancelled: "cancelled",
  "death-claim": "cancelled",
  matured: "cancelled",
  expired: "cancelled",
};
/** The element must be there, and may say that nothing is known. */
const UNKNOWN = {
  extension: [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "unknown" }],
};

export async function* printFhir({ face, records }: Fetched): AsyncGenerator<string, void, undefined> {
  const head = { resourceType: "Bundle", id: face.copyId, type: "collection", timestamp: face.madeAt };
  yield `${JSON.stringify(head).slice(0, -1)},"entry":[`;
  let separator = "\n";
  const person: GivenRecord[] = [];
  for await (const record of records()) {
    if (["person", "contact", "address"].includes(record.type) && person.length < IDENTITIES_MAX) person.push(record);
    for (const { id, resource } of entriesOf(record, face)) {
      yield `${separator}${entry(id, resource)}`;
      separator = ",\n";
    }
  }
  yield `${separator}${entry(face.customerId, patient(face.customerId, person))}\n]}\n`;
}

function entry(id: string, resource: Resource): string {
  return JSON.stringify({ fullUrl: `urn:uuid:${id}`, resource: { ...resource, id } });
}

function entriesOf(record: GivenRecord, { customerId, madeAt }: Fetched["face"]): Entry[] {
  const told = { patient: referenceTo(customerId), madeOn: madeAt.slice(0, DAY_LENGTH) };
  if (record.type === "medical") return medicalEntries(record, told);
  if (record.type === "protected-health") return protectedEntries(record, told);
  if (record.type !== "policy" || record.topic !== "identity") return [];
  const resource = coverage(clearOf(record), customerId);
  return resource === null ? [] : [{ id: record.recordId, resource }];
}

function referenceTo(customerId: string): Resource {
  return { reference: `urn:uuid:${customerId}` };
}

function coverage(fields: Fields, customerId: string): Resource | null {
  const number = fields.get("number");
  if (number === undefined) return null;
  const status = STATUSES[fields.get("status") ?? ""];
  return without({
    resourceType: "Coverage",
    ...(status === undefined ? { _status: UNKNOWN } : { status }),
    subscriberId: number,
    beneficiary: referenceTo(customerId),
    // The insurer itself, which is known by name to whoever holds this document.
    payor: [{ display: "the insurer" }],
    period: period(fields.get("effective-date"), fields.get("expiry-date")),
  });
}

function patient(customerId: string, records: readonly GivenRecord[]): Resource {
  const all = records.map((record) => ({ type: record.type, fields: clearOf(record) }));
  const of = (type: string): Fields[] => all.filter((one) => one.type === type).map(({ fields }) => fields);
  const one = (name: string): string | undefined =>
    of("person")
      .map((fields) => fields.get(name))
      .find((value) => value !== undefined);
  return without({
    resourceType: "Patient",
    identifier: [{ system: "urn:ietf:rfc:3986", value: `urn:uuid:${customerId}` }],
    name: of("person").flatMap(nameOf),
    telecom: of("contact").flatMap(telecom),
    gender: GENDERS[(one("sex") ?? "").toLowerCase()],
    birthDate: dateOf(one("birth-date")),
    deceasedDateTime: dateOf(one("death-date")),
    address: of("address")
      .map(address)
      .filter((found) => !isEmpty(found)),
  });
}

function nameOf(fields: Fields): Resource[] {
  const given = ["first-name", "middle-name"].flatMap((part) => fields.get(part) ?? []);
  const family = fields.get("last-name");
  if (family === undefined && given.length === 0) return [];
  return [
    without({ family, given: given.length === 0 ? undefined : given, prefix: listed(fields.get("name-prefix")) }),
  ];
}

function telecom(fields: Fields): Resource[] {
  const ways = [
    ["email", "email", undefined],
    ["phone", "phone", "home"],
    ["mobile-phone", "phone", "mobile"],
    ["work-phone", "phone", "work"],
  ] as const;
  return ways.flatMap(([field, system, use]) => {
    const value = fields.get(field);
    return value === undefined ? [] : [without({ system, value, use })];
  });
}

function address(fields: Fields): Resource {
  const line = ["line1", "line2"].flatMap((part) => fields.get(part) ?? []);
  return without({
    line: line.length === 0 ? undefined : line,
    city: fields.get("city"),
    state: fields.get("region"),
    postalCode: fields.get("postcode"),
    country: fields.get("country"),
  });
}
