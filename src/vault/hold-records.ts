// Keeps the records that are to be corrected, and their units, from changing until the transaction ends, and has their keys at hand.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { UnitKeys } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import { holdCustomers } from "./authority.ts";
import type { Correction } from "./correction.ts";
import { VaultError } from "./errors.ts";
import type { VaultParts } from "./parts.ts";
import { classesOf } from "./prepare-record.ts";
import { lockRecords, type RecordRow } from "./record-store.ts";
import { CHECKS_CLASS } from "./seal-record.ts";
import { assertReached, assertUnitMac } from "./unit-header.ts";
import { readUnitsById } from "./unit-store.ts";

/** A correction and the record as it stands. */
export interface Held {
  readonly correction: Correction;
  readonly before: RecordRow;
}

/** In the order given. Throws VaultError "not-found", "erased", "forged", "stale". */
export async function holdRecords(
  parts: VaultParts,
  tx: Transaction,
  corrections: readonly Correction[],
): Promise<Held[]> {
  const customerIds = corrections.map(({ customerId }) => customerId);
  await holdCustomers(tx, parts.keys, customerIds);
  const rows = new Map((await lockRecords(tx, corrections)).map((row) => [row.recordId, row]));
  const held = corrections.map((correction) => {
    const before = rows.get(correction.recordId);
    if (before?.customerId !== correction.customerId) throw new VaultError("not-found", "no such record");
    return { correction, before };
  });
  const units = await readUnitsById(tx, unitsOf(held));
  const open = new Map(
    units.flatMap((unit) =>
      assertUnitMac(parts.keys, unit).status === "erased" ? [] : [[unit.unitId, unit] as const],
    ),
  );
  for (const { correction, before } of held) {
    const unit = open.get(before.unitId);
    if (unit === undefined) throw new VaultError("erased", "this retention unit has been erased");
    assertReached(unit, correction.within);
    const { expectedRevision } = correction;
    if (expectedRevision !== null && expectedRevision !== before.revision)
      throw new VaultError("stale", "the record was corrected meanwhile");
  }
  return held;
}

/** Each once. */
function unitsOf(held: readonly Held[]): { customerId: Uuid; unitId: Uuid }[] {
  const units = new Map(held.map(({ before: { customerId, unitId } }) => [unitId, { customerId, unitId }]));
  return [...units.values()];
}

/** The keys of every unit, with those that the fields given need. */
export async function keysOf(
  parts: VaultParts,
  tx: Transaction,
  held: readonly Held[],
): Promise<(record: RecordRow) => UnitKeys> {
  const classes = new Map<Uuid, Set<DataClass>>();
  for (const { correction, before } of held) {
    const ofUnit = classes.get(before.unitId) ?? new Set([CHECKS_CLASS]);
    for (const dataClass of classesOf(parts.registry, before.recordType, correction.record.fields.keys()))
      ofUnit.add(dataClass);
    classes.set(before.unitId, ofUnit);
  }
  const wanted = unitsOf(held).map((place) => ({ place, classes: [...(classes.get(place.unitId) ?? [])] }));
  const ensured = await parts.keys.ensureManyUnitKeys(tx, wanted);
  const keys = new Map(wanted.map(({ place }, at) => [place.unitId, ensured[at]?.keys]));
  return ({ unitId }) => {
    const found = keys.get(unitId);
    if (found === undefined) throw new TypeError("a unit without keys");
    return found;
  };
}
