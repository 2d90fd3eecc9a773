// From a question to the fields of records that it is about.
import type { FieldType, Registry, StoredRecord } from "../vault/vault.ts";
import { GateError } from "./errors.ts";
import type { StandardViews, WorkKind } from "./policy/policy.ts";
import type { Question } from "./question.ts";
import type { Role } from "../kernel/vocabulary.ts";

/** More than any schema has of one customer's classes; whoever asks over HTTP is held to fewer. */
const FIELDS_MAX = 500;

/** One field, and the customer's records that may hold it, those in hand first. */
export interface Asked {
  readonly field: FieldType;
  readonly records: readonly StoredRecord[];
}

/** The fields that a question names. Throws GateError "unknown-field"; the path came from outside, so it is not repeated. */
export function fieldsNamed(registry: Registry, paths: readonly string[]): FieldType[] {
  if (paths.length > FIELDS_MAX) throw new GateError("too-many-fields", `at most ${FIELDS_MAX} fields at once`);
  return [...new Set(paths)].map((path, at) => {
    const field = registry.field(path);
    if (field === null)
      throw new GateError("unknown-field", `field ${at + 1} of the list is not in the schema; see GET /v1/schema`);
    return field;
  });
}

/** The fields of the role's standard view. Throws GateError "no-standard-view". */
export function fieldsOfView(registry: Registry, views: StandardViews, role: Role, work: WorkKind): FieldType[] {
  const paths = views.view(role, work);
  if (paths === null) {
    throw new GateError(
      "no-standard-view",
      "this role has no standard view of such a unit: name the fields that are needed",
    );
  }
  return fieldsNamed(registry, paths);
}

/** Which records each field is asked of: those named, or those of the unit in hand (the relationship's own where it has none), or all. */
export function askedOf(
  fields: readonly FieldType[],
  records: readonly StoredRecord[],
  question: Pick<Question, "recordIds" | "unitId">,
): Asked[] {
  const byType = Map.groupBy(records, ({ record }) => record.recordType);
  return fields.map((field) => ({ field, records: narrowed(byType.get(field.record) ?? [], question) }));
}

function narrowed(
  records: readonly StoredRecord[],
  question: Pick<Question, "recordIds" | "unitId">,
): readonly StoredRecord[] {
  const { recordIds, unitId } = question;
  if (recordIds !== null) return records.filter(({ record }) => recordIds.has(record.recordId));
  if (unitId === null) return records;
  const inHand = records.filter(({ record }) => record.unitId === unitId);
  return inHand.length > 0 ? inHand : records.filter(({ unit }) => unit.header.kind === "relationship");
}
