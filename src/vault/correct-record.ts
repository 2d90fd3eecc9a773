// Corrects a record: what it said stays in its history, sealed as it was, and only what really changed is sealed anew.
import type { Uuid } from "../kernel/bytes.ts";
import type { UnitKeys } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import { holdCustomers } from "./authority.ts";
import { encodeChecks } from "./checks.ts";
import { classKeys } from "./class-keys.ts";
import type { Change } from "./correction-change.ts";
import { changeOf } from "./correction-change.ts";
import { VaultError } from "./errors.ts";
import { openChecksWith } from "./open-checks.ts";
import { encodePack } from "./pack.ts";
import type { VaultParts } from "./parts.ts";
import type { PreparedRecord } from "./prepare-record.ts";
import { classesOf } from "./prepare-record.ts";
import type { RecordRow } from "./record-store.ts";
import { lockRecord, replaceRecord } from "./record-store.ts";
import { CHECKS_CLASS, fieldsToSeal, sealChecks, sealFields, tokensOf } from "./seal-record.ts";
import type { SourceKey } from "./source-key.ts";
import { contentDigest, sourceRow, sourceToken, writeSources } from "./source-key.ts";
import type { Suggestion } from "./suggest-matches.ts";
import { suggestMatches } from "./suggest-matches.ts";
import { deleteTokens, insertTokens } from "./token-store.ts";
import { assertUnitMac } from "./unit-header.ts";
import { readUnitsById } from "./unit-store.ts";
import type { Written } from "./written.ts";
import { recordWrite } from "./written.ts";

export interface Correction {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  /** The revision that the correction was made on; null for a system of record, which overrules. */
  readonly expectedRevision: number | null;
  /** Fields given; those that say nothing new are recognised and left as they are. */
  readonly record: PreparedRecord;
  /**
   * All fields given are written, also those that say what is there already. For people: whether a value is new would tell whoever may not see it that
   * a guess was right.
   */
  readonly evenIfSame?: boolean;
  /** Names of fields to take out. */
  readonly remove: readonly string[];
  /** The source key under which the source said so, when an import did. */
  readonly source?: SourceKey;
}

export interface CorrectionResult {
  readonly revision: number;
  readonly suggestions: readonly Suggestion[];
  /** Null when nothing was new: then nothing was written, and there is no entry to append. */
  readonly written: Written | null;
}

/**
 * Throws VaultError "not-found", "erased", "forged", "stale" (another correction came first), "invalid-field", and "fields-needed": an index combines
 * a changed field with others that were not given, and the vault opens none of them to find out.
 */
export async function correctRecord(
  parts: VaultParts,
  tx: Transaction,
  act: Uuid,
  correction: Correction,
): Promise<CorrectionResult> {
  const before = await holdRecord(parts, tx, correction);
  const given = classesOf(parts.registry, before.recordType, correction.record.fields.keys());
  const place = { customerId: before.customerId, unitId: before.unitId };
  const { keys } = await parts.keys.ensureUnitKeys(tx, place, [CHECKS_CLASS, ...given]);
  const change = changeOf(parts, before, correction, openChecksWith(keys, before));
  await keepSource(parts, tx, before, correction);
  if (change.isNothing) return { revision: before.revision, suggestions: [], written: null };
  const after = sealChange(parts, { before, change, act }, keys);
  if (!(await replaceRecord(tx, after))) throw new VaultError("stale", "the record was corrected meanwhile");
  await deleteTokens(tx, [after]);
  await insertTokens(tx, tokensOf(parts, after, change.checks.indexes));
  const classes = classesOf(parts.registry, after.recordType, [...change.changed.keys(), ...correction.remove]);
  const written = { writes: [recordWrite(after)], authority: [], classes, customers: [after.customerId] };
  return { revision: after.revision, suggestions: await suggestMatches(parts, tx, written.customers), written };
}

/** From now on the same content from the same source is nothing new. */
async function keepSource(
  parts: VaultParts,
  tx: Transaction,
  record: RecordRow,
  correction: Correction,
): Promise<void> {
  if (correction.source === undefined) return;
  const { customerId, unitId, recordId } = record;
  const target = {
    customerId,
    unitId,
    recordId,
    content: contentDigest(parts.keys, recordId, correction.record.fields),
  };
  await writeSources(tx, [sourceRow(parts.keys, sourceToken(parts.keys, correction.source), target)]);
}

async function holdRecord(parts: VaultParts, tx: Transaction, correction: Correction): Promise<RecordRow> {
  const { customerId, recordId, expectedRevision } = correction;
  await holdCustomers(tx, parts.keys, [customerId]);
  const record = await lockRecord(tx, customerId, recordId);
  if (record === null) throw new VaultError("not-found", "no such record");
  const [unit] = await readUnitsById(tx, [record]);
  if (unit === undefined || assertUnitMac(parts.keys, unit).status === "erased") {
    throw new VaultError("erased", "this retention unit has been erased");
  }
  if (expectedRevision !== null && expectedRevision !== record.revision) {
    throw new VaultError("stale", "the record was corrected meanwhile");
  }
  return record;
}

function sealChange(
  parts: VaultParts,
  { before, change, act }: { readonly before: RecordRow; readonly change: Change; readonly act: Uuid },
  unitKeys: UnitKeys,
): RecordRow {
  const { customerId, recordId, unitId, recordType } = before;
  const place = { customerId, recordId, unitId, recordType, schemaVersion: change.schemaVersion };
  const revision = before.revision + 1;
  const classes = classesOf(parts.registry, recordType, change.changed.keys());
  const keys = classKeys(unitKeys, [CHECKS_CLASS, ...classes]);
  const toSeal = fieldsToSeal(parts.registry, recordType, change.changed);
  const pack = encodePack([...change.kept, ...sealFields(place, revision, toSeal, keys)]);
  return { ...place, revision, pack, checks: sealChecks(keys, place, revision, encodeChecks(change.checks)), act };
}
