// FHIR feeds: what we print comes back as it was, real bundles come in, and what nobody has classified is no row.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { type GivenField, type GivenRecord, printedFhir, type Resource } from "../fulfilment/test-printed-fhir.ts";
import { newId } from "../kernel/ids.ts";
import { loadRegistry, normaliseField } from "../vault/vault.ts";
import { fhirLimits, parseFhirRow } from "./parse-fhir.ts";
import { parseFhirPath } from "./fhir-path.ts";
import { loadMappings } from "./import.ts";
import { draftRow } from "./mapping-row.ts";
import { type FeedItem, readFeedHeader, readFeedRows } from "./parse.ts";
import type { RowDraft } from "./row-draft.ts";

const GOVERNANCE = join(import.meta.dirname, "..", "..", "governance");
const registry = loadRegistry(join(GOVERNANCE, "schema"));
const mappings = loadMappings(join(GOVERNANCE, "mappings"), registry);
const FEEDS = [
  ["Patient", "sample-fhir-patients"],
  ["Coverage", "sample-fhir-coverage"],
  ["Claim", "sample-fhir-claims"],
] as const;

async function read(feed: string, lines: readonly string[]): Promise<FeedItem[]> {
  const mapping = mappings.get(feed) ?? assert.fail(feed);
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const stream = async function* (from: number) {
    yield bytes.subarray(from);
  };
  const header = await readFeedHeader(stream(0), mapping);
  return Array.fromAsync(readFeedRows(stream(header.rows.byte), mapping, header));
}

async function drafts(feed: string, lines: readonly string[]): Promise<RowDraft[]> {
  const mapping = mappings.get(feed) ?? assert.fail(feed);
  return (await read(feed, lines)).map((item) => {
    if (item.kind === "reject") assert.fail(`${item.line}: ${item.code}`);
    const drafted = draftRow(mapping, item);
    return drafted.ok ? drafted.draft : assert.fail(JSON.stringify(drafted.rejects));
  });
}

/** As the vault would hold it; null where it would not. */
function held(path: string, given: string): string | null {
  const field = registry.field(path) ?? assert.fail(path);
  const normalised = normaliseField(field, given, path.startsWith("address.") ? { country: "US" } : {});
  return normalised.ok && normalised.value.trim() !== "" ? normalised.value : null;
}

const DAY = fc
  .date({ min: new Date("1901-01-01"), max: new Date("2029-01-01"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const WORDS = fc.stringMatching(/^[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ' .,0-9-]{0,30}$/);
const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "person.sex": fc.constantFrom("female", "male", "unknown"),
  "person.birth-date": DAY,
  "person.death-date": DAY,
  "policy.effective-date": DAY,
  "policy.expiry-date": DAY,
  // FHIR has fewer of them than we.
  "policy.status": fc.constantFrom("in-force", "pending", "terminated"),
  "medical.service-date": DAY,
  "contact.email": fc.emailAddress(),
  "contact.phone": fc.integer({ min: 2_120_000, max: 9_899_999 }).map((number) => `+1 212 ${number}`),
  "contact.mobile-phone": fc.integer({ min: 2_120_000, max: 9_899_999 }).map((number) => `+1 917 ${number}`),
  "address.country": fc.constant("US"),
  "address.region": fc.constantFrom("NY", "CA"),
  "address.postcode": fc.constantFrom("10001", "94110-1234"),
};

/** `must`: without which the others have no place of their own. */
const record = (
  topic: GivenRecord["topic"],
  type: string,
  names: readonly string[],
  must: readonly string[],
): fc.Arbitrary<GivenRecord> => {
  const field = (name: string): fc.Arbitrary<GivenField> =>
    (VALUES[`${type}.${name}`] ?? WORDS)
      .map((given) => held(`${type}.${name}`, given))
      .filter((value) => value !== null)
      .map((value) => ({ name, label: name, form: "clear", value }));
  const all = names.map((name) => (must.includes(name) ? field(name) : fc.option(field(name), { nil: null })));
  return fc.tuple(...all).map((fields) => ({
    topic,
    type,
    recordId: newId(),
    unitId: newId(),
    fields: fields.filter((one) => one !== null),
  }));
};

const file = fc.record({
  person: record(
    "identity",
    "person",
    ["name-prefix", "first-name", "middle-name", "last-name", "birth-date", "death-date", "sex"],
    ["first-name", "last-name"],
  ),
  contact: record("contact", "contact", ["email", "phone", "mobile-phone"], []),
  address: record("contact", "address", ["line1", "city", "region", "postcode", "country"], ["line1", "country"]),
  policy: record("identity", "policy", ["number", "status", "effective-date"], ["number"]),
  medical: record(
    "health",
    "medical",
    ["diagnosis-code", "diagnosis", "procedure-code", "procedure", "service-date", "provider-name"],
    ["diagnosis", "procedure"],
  ),
});

test("what we print of a customer as FHIR comes in again as it was: values, whose it is, and under the same keys", async () => {
  await fc.assert(
    fc.asyncProperty(file, async (given) => {
      const records = Object.values(given);
      const customerId = newId();
      const { entry } = await printedFhir(records, customerId);
      const resources = entry.map(({ resource }) => resource);
      const found = new Map<string, Readonly<Record<string, string>>>();
      for (const [type, feed] of FEEDS) {
        const lines = resources.filter(({ resourceType }) => resourceType === type).map((one) => JSON.stringify(one));
        for (const { customer, records: drafted } of await drafts(feed, lines)) {
          assert.equal(customer.by === "key" ? customer.key.key : null, customerId);
          for (const { type: name, fields } of drafted)
            found.set(
              name,
              Object.fromEntries(Object.entries(fields).map(([field, { normalised }]) => [field, normalised])),
            );
        }
      }
      for (const { type, fields } of records)
        assert.deepEqual(
          found.get(type) ?? {},
          Object.fromEntries(fields.map(({ name, value }) => [name, value])),
          type,
        );
    }),
    { numRuns: 150 },
  );
});

test("a resource that is broken, of another type, or says what nobody has classified is refused by itself", async () => {
  const good = { resourceType: "Patient", id: "p1", name: [{ family: "Quokka", given: ["Zoë"] }] };
  const lines: readonly (readonly [line: string, code: string | null])[] = [
    [JSON.stringify(good), null],
    ["{", "malformed-json"],
    ["[]", "not-a-resource"],
    ['{"id":"p1"}', "not-a-resource"],
    [JSON.stringify({ ...good, resourceType: "Person" }), "other-resource"],
    [JSON.stringify({ ...good, contact: [{ name: { family: "Somebody" } }] }), "unknown-element"],
    [
      JSON.stringify({ ...good, telecom: [1, 2].map((at) => ({ system: "email", value: `${at}@a.example` })) }),
      "repeated-element",
    ],
    ['{"resourceType":"Patient","id":"p1","id":"p2"}', "repeated-member"],
    [`{"resourceType":"Patient","text":${'{"a":'.repeat(40)}1${"}".repeat(41)}`, "nested-too-deep"],
    [JSON.stringify({ ...good, id: "p2" }), null],
  ];
  const items = await read(
    "sample-fhir-patients",
    lines.map(([line]) => line),
  );
  assert.deepEqual(
    items.map((item) => (item.kind === "row" ? null : item.code)),
    lines.map(([, code]) => code),
  );
});

test("no line throws, whatever stands in it, and numbers keep their digits", () => {
  const limits = fhirLimits("Claim", ["id", "total.value", "item"], new Set(["item"]), 100);
  const claim = fc.object({
    maxDepth: 4,
    key: fc.constantFrom("resourceType", "id", "total", "value", "item", "__proto__"),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        claim.map((one) => JSON.stringify({ ...one, resourceType: "Claim" })),
      ),
      (line) => {
        const parsed = parseFhirRow(line, limits);
        assert.ok(typeof parsed === "string" || [...parsed.keys()].every((name) => limits.used.has(name)));
      },
    ),
    { numRuns: 500 },
  );
  const line = '{"resourceType":"Claim","id":"c1","total":{"value":12345678901234567890.10}}';
  const parsed = parseFhirRow(line, limits);
  assert.equal(typeof parsed === "string" ? parsed : parsed.get("total.value"), "12345678901234567890.10");
});

test("a path is one, or none", () => {
  for (const good of ["id", "name[0].family", "identifier[system=http://hl7.org/fhir/sid/us-ssn].value", "_status"])
    assert.ok(parseFhirPath(good) !== null, good);
  for (const bad of ["", ".", "name.", "name[", "name[-1]", "name[a]", "name[0]family", "na me", "name..family"])
    assert.equal(parseFhirPath(bad), null, bad);
});

const FOLDER = join(import.meta.dirname, "../../../shared/data/fhir-synthea");
const skip = existsSync(FOLDER) ? false : "the sample bundles are not at hand";

test("the people of real bundles come in, each with name, birth and social security number", { skip }, async () => {
  const bundles = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  const patients = bundles.flatMap((name) =>
    (JSON.parse(readFileSync(join(FOLDER, name), "utf8")).entry as { readonly resource: Resource }[])
      .map(({ resource }) => resource)
      .filter(({ resourceType }) => resourceType === "Patient"),
  );
  const found = await drafts(
    "sample-fhir-patients",
    patients.map((patient) => JSON.stringify(patient)),
  );
  assert.equal(found.length, 12);
  for (const { records } of found) {
    const of = (type: string) => records.find((one) => one.type === type)?.fields ?? {};
    assert.match(of("government-id")["ssn"]?.normalised ?? "", /^\d{9}$/);
    assert.match(of("person")["birth-date"]?.normalised ?? "", /^\d{4}-\d{2}-\d{2}$/);
    assert.ok(of("person")["last-name"] !== undefined && of("address")["city"] !== undefined);
  }
});
