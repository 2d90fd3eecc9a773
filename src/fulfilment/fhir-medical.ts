// Medical records as resources of FHIR R4: bills (Claim), height and weight (Observation), what the law protects especially (Condition).
import { createHash } from "node:crypto";
import { idFromDigest } from "../kernel/ids.ts";
import { clearOf, concept, dateOf, type Fields, type Resource, without } from "./fhir-parts.ts";
import type { GivenRecord } from "./gather.ts";

export interface Entry {
  readonly id: string;
  readonly resource: Resource;
}

interface Told {
  /** Of the bundle. */
  readonly patient: Resource;
  readonly madeOn: string;
}

export function medicalEntries(record: GivenRecord, told: Told): Entry[] {
  const fields = clearOf(record);
  const id = record.recordId;
  const bill = record.topic === "health" ? claim(fields, told) : null;
  return [...(bill === null ? [] : [{ id, resource: bill }]), ...observations(record, fields, told)];
}

function claim(fields: Fields, { patient, madeOn }: Told): Resource | null {
  const diagnosis = concept(fields.get("diagnosis-code"), fields.get("diagnosis"));
  const procedure = concept(
    fields.get("procedure-code") ?? fields.get("drug-code"),
    fields.get("procedure") ?? fields.get("drug"),
  );
  if (diagnosis === undefined && procedure === undefined) return null;
  const servicedDate = dateOf(fields.get("service-date"));
  return without({
    resourceType: "Claim",
    status: "active",
    type: { text: "medical" },
    use: "claim",
    patient,
    // Of the resource, which a claim must have; when the service was is said of its item.
    created: madeOn,
    provider: { display: fields.get("provider-name") ?? "not stated" },
    priority: { text: "normal" },
    insurance: [{ sequence: 1, focal: true, coverage: { display: "the policy that the record belongs to" } }],
    diagnosis: diagnosis === undefined ? undefined : [{ sequence: 1, diagnosisCodeableConcept: diagnosis }],
    item:
      procedure === undefined && servicedDate === undefined
        ? undefined
        : [without({ sequence: 1, productOrService: procedure ?? { text: "not stated" }, servicedDate })],
  });
}

/** LOINC's codes and UCUM's units, which the schema's own fields mean. */
const MEASURED = [
  { field: "height-cm", loinc: "8302-2", text: "Body height", unit: "cm" },
  { field: "weight-kg", loinc: "29463-7", text: "Body weight", unit: "kg" },
] as const;

function observations({ recordId }: GivenRecord, fields: Fields, { patient }: Told): Entry[] {
  return MEASURED.flatMap(({ field, loinc, text, unit }) => {
    const given = fields.get(field);
    if (given === undefined || !/^\d+(?:\.\d+)?$/.test(given)) return [];
    const resource = without({
      resourceType: "Observation",
      // Whether it was checked is not said.
      status: "unknown",
      code: { coding: [{ system: "http://loinc.org", code: loinc }], text },
      subject: patient,
      effectiveDateTime: dateOf(fields.get("service-date")),
      valueQuantity: { value: Number(given), unit, system: "http://unitsofmeasure.org", code: unit },
    });
    return [{ id: idFromDigest(createHash("sha256").update(`${recordId} ${field}`).digest()), resource }];
  });
}

const RESTRICTED = { system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", code: "R" };
/** What says no more of a condition than when it was and who said so. */
const AROUND = new Set(["diagnosis-code", "service-date", "provider-name", "consent-reference"]);

export function protectedEntries(record: GivenRecord, { patient }: Told): Entry[] {
  const fields = clearOf(record);
  const notes = record.fields.flatMap(({ name, label }) =>
    AROUND.has(name) || !fields.has(name) ? [] : [{ text: `${label}: ${fields.get(name) ?? ""}` }],
  );
  const code = concept(fields.get("diagnosis-code"), undefined);
  if (code === undefined && notes.length === 0) return [];
  const provider = fields.get("provider-name");
  const resource = without({
    resourceType: "Condition",
    meta: { security: [RESTRICTED] },
    code,
    subject: patient,
    recordedDate: dateOf(fields.get("service-date")),
    asserter: provider === undefined ? undefined : { display: provider },
    note: notes,
  });
  return [{ id: record.recordId, resource }];
}
