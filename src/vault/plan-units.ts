// Which units a batch writes to: new ones with their headers, existing ones read and verified, all with the keys that their records need.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { MadeUnitKeys } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import { holdCustomers, openAuthority } from "./authority.ts";
import { sealingKeys } from "./class-keys.ts";
import type { CustomerDraft, RecordDraft, UnitDraft } from "./drafts.ts";
import { VaultError } from "./errors.ts";
import type { VaultParts } from "./parts.ts";
import { classesOf, recordType } from "./prepare-record.ts";
import type { Registry } from "./schema/registry.ts";
import type { SubjectKind } from "./schema/vocabulary.ts";
import type { ClassKeys } from "./seal-record.ts";
import { CHECKS_CLASS } from "./seal-record.ts";
import type { UnitHeader, UnitRow } from "./unit-header.ts";
import { assertUnitMac, withUnitMac } from "./unit-header.ts";
import { readUnitsById } from "./unit-store.ts";

export interface PlannedUnit {
  readonly header: UnitHeader;
  /** With its MAC, when it is new. */
  readonly create: UnitRow | null;
  /** Every class of its records, and the one its checks are sealed under. */
  readonly classes: readonly DataClass[];
  readonly records: readonly RecordDraft[];
}

/** Throws VaultError "not-found", "erased", "forged", "unit-kind". */
export async function planUnits(
  parts: VaultParts,
  tx: Transaction,
  act: Uuid,
  drafts: readonly CustomerDraft[],
): Promise<PlannedUnit[]> {
  const existing = drafts.filter((draft) => draft.create === null).map((draft) => draft.customerId);
  const held = existing.length === 0 ? [] : await holdCustomers(tx, parts.keys, existing);
  const kinds = new Map<string, SubjectKind>(held.map((row) => [row.customerId, openAuthority(parts.keys, row).kind]));
  const headers = await existingHeaders(parts, tx, drafts);
  return drafts.flatMap((draft) =>
    draft.units.map((unit) => {
      const kind = draft.create?.kind ?? kinds.get(draft.customerId) ?? "person";
      const create =
        unit.create === null ? null : withUnitMac(parts.keys, newHeader(draft.customerId, unit, unit.create, act));
      const header = create ?? headers.get(unit.unitId);
      if (header?.customerId !== draft.customerId) throw new VaultError("not-found", "no such retention unit");
      return planned(parts.registry, kind, { header, create, records: unit.records });
    }),
  );
}

/** Of hundreds of bucket keys asked for together the last would come when its lease is over. */
const AT_ONCE_MAX = 32;

/** The sealing keys of every unit, stored in the transaction: made for new ones, extended where an existing one lacks a class. */
export async function writeKeysOf(
  parts: VaultParts,
  tx: Transaction,
  units: readonly PlannedUnit[],
): Promise<Map<Uuid, ClassKeys>> {
  const keys = new Map<Uuid, ClassKeys>();
  const fresh = units.filter((unit) => unit.create !== null);
  const made: MadeUnitKeys[] = [];
  for (let at = 0; at < fresh.length; at += AT_ONCE_MAX) {
    const some = fresh.slice(at, at + AT_ONCE_MAX).map(async (unit) => {
      const one = await parts.keys.newUnitKeys(placeOf(unit), unit.classes);
      // Copied at once: by the end of the batch the lease may be over.
      keys.set(unit.header.unitId, sealingKeys(one.keys, unit.classes));
      return one;
    });
    made.push(...(await Promise.all(some)));
  }
  await parts.keys.writeUnitKeys(tx, made);
  const existing = units.filter((unit) => unit.create === null && unit.records.length > 0);
  const wanted = existing.map((unit) => ({ place: placeOf(unit), classes: unit.classes }));
  const ensured = await parts.keys.ensureManyUnitKeys(tx, wanted);
  existing.forEach(({ header, classes }, at) => {
    const one = ensured[at];
    if (one !== undefined) keys.set(header.unitId, sealingKeys(one.keys, classes));
  });
  return keys;
}

async function existingHeaders(
  parts: VaultParts,
  tx: Transaction,
  drafts: readonly CustomerDraft[],
): Promise<Map<Uuid, UnitHeader>> {
  const places = drafts.flatMap(({ customerId, units }) =>
    units.filter((unit) => unit.create === null).map((unit) => ({ customerId, unitId: unit.unitId })),
  );
  const rows = places.length === 0 ? [] : await readUnitsById(tx, places);
  return new Map(
    rows.map((row) => {
      const header = assertUnitMac(parts.keys, row);
      if (header.status === "erased") throw new VaultError("erased", "this retention unit has been erased");
      return [header.unitId, header];
    }),
  );
}

function newHeader(
  customerId: Uuid,
  { unitId }: UnitDraft,
  unit: NonNullable<UnitDraft["create"]>,
  act: Uuid,
): UnitHeader {
  const { kind, entity, brand, line, book, status = "open" } = unit;
  return { customerId, unitId, kind, entity, brand, line, book, status, revision: 1, act };
}

function planned(registry: Registry, kind: SubjectKind, unit: Omit<PlannedUnit, "classes">): PlannedUnit {
  const classes = new Set<DataClass>([CHECKS_CLASS]);
  for (const { record } of unit.records) {
    const type = recordType(registry, record.recordType);
    if (!type.unitKinds.includes(unit.header.kind) || !type.subjects.includes(kind)) {
      throw new VaultError(
        "unit-kind",
        "records of this type do not belong in such a retention unit, or to such a customer",
      );
    }
    for (const dataClass of classesOf(registry, type.name, record.fields.keys())) classes.add(dataClass);
  }
  return { ...unit, classes: [...classes] };
}

function placeOf({ header }: PlannedUnit): { customerId: Uuid; unitId: Uuid } {
  return { customerId: header.customerId, unitId: header.unitId };
}
