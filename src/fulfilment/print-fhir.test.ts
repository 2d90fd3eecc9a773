// The FHIR form of copies: valid R4 by the published definitions, whatever the records say and leave out.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import fc from "fast-check";
import { newId } from "../kernel/ids.ts";
import { loadRegistry } from "../vault/vault.ts";
import { type FhirJudge, openFhirJudge } from "./test-fhir.ts";
import { type GivenField, type GivenRecord, printedFhir } from "./test-printed-fhir.ts";
import { anyText } from "../../test/support/test-text.ts";

const registry = loadRegistry(join(import.meta.dirname, "..", "..", "governance", "schema"));
let judge: FhirJudge;
before(() => {
  judge = openFhirJudge();
});

/** Those of which something is printed. */
const TYPES = ["person", "contact", "address", "policy", "medical", "protected-health"] as const;
const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: fc
    .date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  integer: fc.integer({ min: 0, max: 300 }).map(String),
  decimal: fc.integer({ min: 0, max: 30_000 }).map((tenths) => String(tenths / 10)),
};
const words = fc.oneof(anyText({ minLength: 1 }), fc.constantFrom("male", "F", " x ", "a\nb", "  "));

/** Every field in any form, or left out; values as they may have been imported, and worse. */
const record: fc.Arbitrary<GivenRecord> = fc.constantFrom(...TYPES).chain((type) => {
  const fields = registry.recordType(type)?.fields ?? [];
  const topics = [...new Set(fields.map(({ dataClass }) => dataClass))];
  return fc.constantFrom(...topics).chain((topic) => {
    const ofTopic = fields.filter(({ dataClass }) => dataClass === topic);
    const given = ofTopic.map((field) =>
      fc.record({
        name: fc.constant(field.name),
        label: fc.constant(field.label),
        form: fc.constantFrom("clear", "clear", "masked") as fc.Arbitrary<GivenField["form"]>,
        value:
          field.type === "code" ? fc.constantFrom(...Object.keys(field.codes ?? {})) : (VALUES[field.type] ?? words),
      }),
    );
    const some = fc.tuple(...given.map((one) => fc.option(one, { nil: null })));
    return some.map((all): GivenRecord => {
      const shown = all.filter((one) => one !== null);
      return { topic, type, recordId: newId(), unitId: newId(), origin: null, fields: shown };
    });
  });
});

test("every bundle is valid FHIR R4 by its StructureDefinitions, its required codes and its references", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 8 }), async (records) => {
      assert.deepEqual(judge.faultsOf(await printedFhir(records)), []);
    }),
    { numRuns: 300 },
  );
});

test("the judge finds what is wrong: what is missing, empty, of no code, or names nothing", async () => {
  const at = { topic: "health", type: "medical", recordId: newId(), unitId: newId() } as const;
  const field = { name: "diagnosis", label: "Diagnosis", form: "clear", value: "asthma" } as const;
  const good = await printedFhir([{ ...at, fields: [field] }]);
  assert.deepEqual(judge.faultsOf(good), []);
  const [first] = good.entry;
  const claim = first?.resource ?? assert.fail();
  for (const wrong of [
    { status: undefined },
    { status: "activ" },
    { created: "yesterday" },
    { diagnosis: [{}] },
    { patient: { reference: `urn:uuid:${newId()}` } },
    { insurance: [] },
    { colour: "red" },
  ]) {
    const bundle = { ...good, entry: [{ ...first, resource: { ...claim, ...wrong } }, ...good.entry.slice(1)] };
    assert.notDeepEqual(judge.faultsOf(JSON.parse(JSON.stringify(bundle))), [], JSON.stringify(wrong));
  }
});

test("every status of a policy that the schema knows has its code of FHIR, and no other is known", async () => {
  const codes = Object.keys(registry.field("policy.status")?.codes ?? {});
  assert.ok(codes.length > 0);
  const field = (name: string, value: string) => ({ name, label: name, form: "clear", value }) as const;
  const policy = { topic: "identity", type: "policy", unitId: newId() } as const;
  const statusOf = async (status: string | null) => {
    const fields = [field("number", "P-1"), ...(status === null ? [] : [field("status", status)])];
    const { entry } = await printedFhir([{ ...policy, recordId: newId(), fields }]);
    return entry.find(({ resource }) => resource.resourceType === "Coverage")?.resource;
  };
  const found = new Map<string, unknown>();
  for (const code of codes) found.set(code, (await statusOf(code))?.["status"]);
  assert.deepEqual(Object.fromEntries(found), {
    quoted: "draft",
    pending: "draft",
    "in-force": "active",
    lapsed: "cancelled",
    terminated: "cancelled",
    cancelled: "cancelled",
    "death-claim": "cancelled",
    matured: "cancelled",
    expired: "cancelled",
  });
});
