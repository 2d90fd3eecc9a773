// From the body of a write to the vault's drafts. Ids are made here, so that a repeated request can be answered with the same ones.
import type { z } from "zod";
import type { recordDraft, unitDraft } from "../../../contract/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { newId } from "../../kernel/ids.ts";
import { type CustomerDraft, type RecordDraft, type UnitDraft, type UnitKind, VaultError } from "../../vault/vault.ts";
import { groupId, type Shell } from "../shell.ts";
import { originGiven, withOrigin } from "./origins.ts";

type Parts = Pick<Shell, "vault" | "keys">;
type GivenUnit = z.output<typeof unitDraft> & { readonly records: readonly GivenRecord[] };
type GivenRecord = z.output<typeof recordDraft>;

/** Throws VaultError `invalid-field` with every field that was refused. */
export function newUnitDraft({ vault, keys }: Parts, given: GivenUnit): UnitDraft {
  const { kind, entity, brand, line, book, records } = given;
  const create = { kind, entity, brand, line, book: book === undefined ? null : groupId(keys, book) };
  return { unitId: newId(), create, sources: [], records: newRecordDrafts({ vault }, kind, records) };
}

export function newRecordDrafts(
  { vault }: Pick<Parts, "vault">,
  unit: UnitKind,
  given: readonly GivenRecord[],
): RecordDraft[] {
  const origins = given.map(({ origin }) => originGiven(vault, origin, unit));
  const prepared = given.map(({ type, fields }) => vault.prepare({ recordType: type, fields }));
  const issues = prepared.flatMap((each) => (each.ok ? [] : each.issues));
  if (issues.length > 0) throw new VaultError("invalid-field", "some values were refused", issues);
  return prepared.flatMap((each, at) =>
    each.ok ? [{ recordId: newId(), record: withOrigin(each.record, origins[at]), source: null }] : [],
  );
}

/** The paths of what a record is given. */
export function pathsOf({ type, fields }: GivenRecord): string[] {
  return Object.keys(fields).map((name) => `${type}.${name}`);
}

/** Every id of a draft, in the order in which `writtenAnswer` reads them back. */
export function idsOf({ customerId, units }: CustomerDraft): Uuid[] {
  return [customerId, ...units.flatMap(({ unitId, records }) => [unitId, ...records.map(({ recordId }) => recordId)])];
}
