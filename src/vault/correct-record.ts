// Corrects records: what they said stays in their history, sealed as it was, and only what really changed is sealed anew.
import type { Uuid } from "../kernel/bytes.ts";
import type { UnitKeys } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import { encodeChecks } from "./checks.ts";
import { classKeys } from "./class-keys.ts";
import type { Change } from "./correction-change.ts";
import { changeOf } from "./correction-change.ts";
import type { Correction } from "./correction.ts";
import { VaultError } from "./errors.ts";
import { type Held, holdRecords, keysOf } from "./hold-records.ts";
import { openChecksWith } from "./open-checks.ts";
import { encodePack } from "./pack.ts";
import type { VaultParts } from "./parts.ts";
import { classesOf } from "./prepare-record.ts";
import type { RecordRow } from "./record-store.ts";
import { replaceRecords } from "./record-store.ts";
import { CHECKS_CLASS, fieldsToSeal, sealChecks, sealFields, tokensOf } from "./seal-record.ts";
import { contentDigest, sourceRow, sourceToken, writeSources } from "./source-key.ts";
import { sourceWrites } from "./source-mark.ts";
import type { SourceRow } from "./source-store.ts";
import type { Suggestion } from "./suggest-matches.ts";
import { suggestMatches } from "./suggest-matches.ts";
import { deleteTokens, insertTokens } from "./token-store.ts";
import type { Written } from "./written.ts";
import { mergeWritten, recordWrite } from "./written.ts";

export interface Corrected {
  /** In the order given. The record's revision afterwards; `isNothing` when it said so before, or, then `isOlder`, has said something newer. */
  readonly results: readonly { readonly revision: number; readonly isNothing: boolean; readonly isOlder: boolean }[];
  /** For the entry. What a source says of a record may have changed although the record did not. */
  readonly written: Written;
  readonly suggestions: readonly Suggestion[];
}

/**
 * All or nothing, in the order given. Throws VaultError "not-found", "erased", "forged", "stale" (another correction came first), "invalid-field",
 * and "fields-needed": an index combines a changed field with others that were not given, and the vault opens none of them to find out.
 */
export async function correctRecords(
  parts: VaultParts,
  tx: Transaction,
  act: Uuid,
  corrections: readonly Correction[],
): Promise<Corrected> {
  const waves: Corrected[] = [];
  for (const wave of wavesOf(corrections)) waves.push(await correctWave(parts, tx, act, wave));
  return {
    results: waves.flatMap(({ results }) => results),
    written: mergeWritten(waves.map(({ written }) => written)),
    suggestions: waves.flatMap(({ suggestions }) => suggestions),
  };
}

/** A record corrected twice is corrected in turn: each wave has it once at most. */
function wavesOf(corrections: readonly Correction[]): Correction[][] {
  const waves: Correction[][] = [];
  let seen = new Set<Uuid>();
  for (const correction of corrections) {
    if (waves.length === 0 || seen.has(correction.recordId)) {
      waves.push([]);
      seen = new Set();
    }
    seen.add(correction.recordId);
    waves.at(-1)?.push(correction);
  }
  return waves;
}

async function correctWave(
  parts: VaultParts,
  tx: Transaction,
  act: Uuid,
  corrections: readonly Correction[],
): Promise<Corrected> {
  const held = await holdRecords(parts, tx, corrections);
  const keys = await keysOf(parts, tx, held);
  const changes = held.map(({ correction, before }) => {
    const unitKeys = keys(before);
    const change = changeOf(parts, before, correction, openChecksWith(unitKeys, before));
    const after = change.isNothing ? null : sealChange(parts, { before, change, act }, unitKeys);
    return { correction, before, change, after };
  });
  const written = changes.flatMap(({ after, change }) => (after === null ? [] : [{ after, change }]));
  const rows = written.map(({ after }) => after);
  const newer = changes.filter(({ change }) => !change.isOlder);
  const sources = await keepSources(parts, tx, newer);
  if (!(await replaceRecords(tx, rows))) throw new VaultError("stale", "a record was corrected meanwhile");
  await deleteTokens(tx, rows);
  await insertTokens(
    tx,
    written.flatMap(({ after, change }) => tokensOf(parts, after, change.checks.indexes)),
  );
  const customers = [...new Set(rows.map(({ customerId }) => customerId))];
  const classes = changes.flatMap(({ before, correction, change }) =>
    change.isNothing
      ? []
      : classesOf(parts.registry, before.recordType, [...change.changed.keys(), ...correction.remove]),
  );
  return {
    results: changes.map(({ before, after, change: { isNothing, isOlder } }) => ({
      revision: (after ?? before).revision,
      isNothing,
      isOlder,
    })),
    written: {
      writes: rows.map(recordWrite),
      authority: [],
      ...sourceWrites(sources),
      classes: [...new Set(classes)],
      customers: [...new Set([...customers, ...sources.map(({ customerId }) => customerId)])],
    },
    suggestions: await suggestMatches(parts, tx, customers),
  };
}

/** From now on the same content from the same source is nothing new. */
async function keepSources(parts: VaultParts, tx: Transaction, held: readonly Held[]): Promise<SourceRow[]> {
  const rows = held.flatMap(({ correction: { source, record }, before: { customerId, unitId, recordId } }) => {
    if (source === undefined) return [];
    const target = { customerId, unitId, recordId, content: contentDigest(parts.keys, recordId, record.fields) };
    return [sourceRow(parts.keys, sourceToken(parts.keys, source), target)];
  });
  if (rows.length > 0) await writeSources(tx, parts.keys, rows);
  return rows;
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
