// FHIR R4 (4.0.1), a Bundle of type collection: only what maps honestly. Who the person is (Patient), their policies (Coverage), medical bills (Claim).
import type { GivenRecord } from "./gather.ts";
import type { Fetched } from "./packages.ts";

type Fields = ReadonlyMap<string, string>;
type Resource = Readonly<Record<string, unknown>>;

/** Of a customer's own names, contacts and addresses; more are in the machine form. */
const IDENTITIES_MAX = 200;
const GENDERS: Readonly<Record<string, string>> = {
  m: "male",
  f: "female",
  male: "male",
  female: "female",
  x: "other",
};
/** A policy's status by FHIR's financial resource status codes. */
const STATUSES: Readonly<Record<string, string>> = {
  "in-force": "active",
  active: "active",
  lapsed: "cancelled",
  cancelled: "cancelled",
  terminated: "cancelled",
  expired: "cancelled",
};

export async function* printFhir({ face, records }: Fetched): AsyncGenerator<string, void, undefined> {
  const head = { resourceType: "Bundle", id: face.copyId, type: "collection", timestamp: face.madeAt };
  yield `${JSON.stringify(head).slice(0, -1)},"entry":[`;
  let separator = "\n";
  const person: GivenRecord[] = [];
  for await (const record of records) {
    if (["person", "contact", "address"].includes(record.type) && person.length < IDENTITIES_MAX) person.push(record);
    const resource = resourceOf(record, face.customerId);
    if (resource === null) continue;
    yield `${separator}${entry(record.recordId, resource)}`;
    separator = ",\n";
  }
  yield `${separator}${entry(face.customerId, patient(face.customerId, person))}\n]}\n`;
}

function entry(id: string, resource: Resource): string {
  return JSON.stringify({ fullUrl: `urn:uuid:${id}`, resource: { ...resource, id } });
}

/** A masked value is not the value: it is left out. */
function clearOf({ fields }: GivenRecord): Fields {
  return new Map(fields.filter(({ form }) => form === "clear").map(({ name, value }) => [name, value]));
}

function resourceOf(record: GivenRecord, customerId: string): Resource | null {
  const fields = clearOf(record);
  if (record.type === "policy" && record.topic === "identity") return coverage(fields, customerId);
  return record.type === "medical" && record.topic === "health" ? claim(fields, customerId) : null;
}

function coverage(fields: Fields, customerId: string): Resource | null {
  const number = fields.get("number");
  if (number === undefined) return null;
  const who = { reference: `urn:uuid:${customerId}` };
  return without({
    resourceType: "Coverage",
    status: STATUSES[fields.get("status") ?? ""] ?? "draft",
    subscriberId: number,
    beneficiary: who,
    // The insurer itself, which is known by name to whoever holds this document.
    payor: [{ display: "the insurer" }],
    period: period(fields.get("effective-date"), fields.get("expiry-date")),
  });
}

function claim(fields: Fields, customerId: string): Resource | null {
  const diagnosis = concept(fields.get("diagnosis-code"), fields.get("diagnosis"));
  const procedure = concept(
    fields.get("procedure-code") ?? fields.get("drug-code"),
    fields.get("procedure") ?? fields.get("drug"),
  );
  if (diagnosis === undefined && procedure === undefined) return null;
  const on = dateOf(fields.get("service-date"));
  return without({
    resourceType: "Claim",
    status: "active",
    type: { text: "medical" },
    use: "claim",
    patient: { reference: `urn:uuid:${customerId}` },
    created: on,
    provider: { display: fields.get("provider-name") ?? "not stated" },
    priority: { text: "normal" },
    insurance: [{ sequence: 1, focal: true, coverage: { display: "the policy that the record belongs to" } }],
    diagnosis: diagnosis === undefined ? undefined : [{ sequence: 1, diagnosisCodeableConcept: diagnosis }],
    item:
      procedure === undefined ? undefined : [without({ sequence: 1, productOrService: procedure, servicedDate: on })],
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
    address: of("address").map(address),
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

function concept(code: string | undefined, text: string | undefined): Resource | undefined {
  // No system is claimed for a code: feeds do not say which code book theirs is of.
  if (code === undefined && text === undefined) return undefined;
  return without({ coding: code === undefined ? undefined : [{ code }], text });
}

function period(start: string | undefined, end: string | undefined): Resource | undefined {
  const [from, to] = [dateOf(start), dateOf(end)];
  return from === undefined && to === undefined ? undefined : without({ start: from, end: to });
}

function dateOf(value: string | undefined): string | undefined {
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

function listed(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}

function without(resource: Readonly<Record<string, unknown>>): Resource {
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
