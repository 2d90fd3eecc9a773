// Compares stored records with what the ledger says was last written about them, and with each other: keys, checks, tokens, history.
import type { Uuid } from "../kernel/bytes.ts";
import { equalConstantTime } from "../kernel/bytes.ts";
import { KeysError } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import type { Checks } from "./checks.ts";
import { readCustomers } from "./customer-store.ts";
import { openAuthority } from "./authority.ts";
import { VaultError } from "./errors.ts";
import { liveTokensOf } from "./index-tokens.ts";
import type { CustomerRange, LedgerFacts, RecordFact } from "./ledger-facts.ts";
import { saysWritten } from "./ledger-facts.ts";
import { unitKeyOf } from "./stored-record.ts";
import { openChecksWith } from "./open-checks.ts";
import { packedNames } from "./pack.ts";
import type { VaultParts } from "./parts.ts";
import { classesOf } from "./prepare-record.ts";
import { recordDigest } from "./record-place.ts";
import type { RecordRow } from "./record-store.ts";
import { CHECKS_CLASS } from "./seal-record.ts";
import type { TokenRow } from "./token-store.ts";
import { keyOfClass, unitKeysFor } from "./unit-keys.ts";
import type { Finding, FindingCode } from "./verify-authority.ts";
import { verifyCustomers, verifyUnits } from "./verify-authority.ts";
import type { After, StoredRow } from "./verify-store.ts";
import { verifyErasures } from "./verify-erasures.ts";
import { verifyLinks } from "./verify-links.ts";
import { verifyMatches } from "./verify-matches.ts";
import { verifySources } from "./verify-sources.ts";
import {
  readHistoryOf,
  readRanges,
  readRecord,
  readRecordPage,
  readStrayTokens,
  readTokensOf,
} from "./verify-store.ts";

export type { Finding };

export interface VerifyParts extends Pick<VaultParts, "keys" | "registry"> {
  readonly database: Querier;
  /** The committed detail of one entry, for rows written after the facts were gathered; null when there is none. */
  openDetail(entryId: Uuid): Promise<{ readonly [key: string]: unknown } | null>;
  /** The same of the newest entries of writes that concern the customer, the newest first. */
  newestDetails(customerId: Uuid): Promise<readonly { readonly [key: string]: unknown }[]>;
}

const PAGE_RECORDS = 200;
const STRAY_TOKENS_MAX = 1000;
const RECORDS_EACH = 200_000;

/** Ranges to verify one after the other, each small enough for its facts to be held in memory. */
export function verificationRanges(on: Querier, recordsEach: number = RECORDS_EACH): Promise<CustomerRange[]> {
  return readRanges(on, recordsEach);
}

/**
 * Yields what is wrong with the stored rows of a range. `facts` have taken in the whole log up to some entry; what was written since is recognised by
 * its own entry, so that verification can run while everything else does.
 */
export async function* verifyRange(parts: VerifyParts, facts: LedgerFacts): AsyncGenerator<Finding, void, undefined> {
  yield* verifyCustomers(parts, facts);
  yield* verifyUnits(parts, facts);
  yield* verifyLinks(parts, facts);
  yield* verifySources(parts, facts);
  yield* verifyMatches(parts, facts);
  yield* verifyErasures(parts, facts);
  const seen = new Set<Uuid>();
  yield* verifyRecords(parts, facts, seen);
  yield* verifyMissing(parts, facts, seen);
  for (const stray of await readStrayTokens(parts.database, facts.range, STRAY_TOKENS_MAX)) {
    if (!facts.isErased(stray.customerId, null)) yield finding("token-extra", stray);
  }
}

interface Bundle {
  readonly row: StoredRow;
  readonly history: readonly RecordRow[];
  readonly tokens: readonly TokenRow[];
}

async function* verifyRecords(
  parts: VerifyParts,
  facts: LedgerFacts,
  seen: Set<Uuid>,
): AsyncGenerator<Finding, void, undefined> {
  let after: After | null = null;
  for (;;) {
    const rows: StoredRow[] = await readRecordPage(parts.database, facts.range, after, PAGE_RECORDS);
    for (const bundle of await bundles(parts, rows)) {
      seen.add(bundle.row.recordId);
      const codes = await faultsOf(parts, facts, bundle);
      // Read once more before saying so: a correction may have committed between the reads of row, history and tokens.
      const again =
        codes.length === 0 ? null : await readRecord(parts.database, bundle.row.customerId, bundle.row.recordId);
      if (again !== null) yield* findings(again, await faultsOf(parts, facts, (await bundles(parts, [again]))[0]!));
      else if (codes.length > 0) seen.delete(bundle.row.recordId);
    }
    const last: StoredRow | undefined = rows.at(-1);
    if (rows.length < PAGE_RECORDS || last === undefined) return;
    after = { customerId: last.customerId, rowId: last.recordId };
  }
}

async function bundles(parts: VerifyParts, rows: readonly StoredRow[]): Promise<Bundle[]> {
  if (rows.length === 0) return [];
  const history = Map.groupBy(await readHistoryOf(parts.database, rows), placeOf);
  const tokens = Map.groupBy(await readTokensOf(parts.database, rows), placeOf);
  return rows.map((row) => ({ row, history: history.get(placeOf(row)) ?? [], tokens: tokens.get(placeOf(row)) ?? [] }));
}

async function faultsOf(parts: VerifyParts, facts: LedgerFacts, bundle: Bundle): Promise<FindingCode[]> {
  const { row } = bundle;
  if (facts.isErased(row.customerId, row.unitId)) return [];
  const against = await againstFacts(parts, facts.record(row.recordId), row);
  if (against !== null) return [against];
  const history = historyFaults(facts.record(row.recordId), bundle);
  if (!row.hasUnit) return [...history, "unit-missing"];
  const opened = await openedChecks(parts, row);
  if (typeof opened !== "string")
    return [...history, ...tokenFaults(parts, bundle.row.recordId, opened, bundle.tokens)];
  return (await wasErased(parts, row.customerId, row.unitId)) ? [] : [...history, opened];
}

async function againstFacts(
  parts: VerifyParts,
  fact: RecordFact | undefined,
  row: RecordRow,
): Promise<FindingCode | null> {
  const digest = recordDigest(row, row);
  const written = fact?.revision === row.revision ? fact.written.get(row.revision) : undefined;
  if (written?.digest === digest) return written.act === row.act ? null : "act-differs";
  if (fact === undefined || row.revision > fact.revision) {
    const detail = await parts.openDetail(row.act);
    if (detail !== null && saysWritten(detail, row)) return null;
  }
  if (fact === undefined) return "extra";
  return row.revision < fact.revision ? "aged" : "altered";
}

/** Every earlier revision must lie in the history as it was written. */
function historyFaults(fact: RecordFact | undefined, { row, history }: Bundle): FindingCode[] {
  const kept = new Map(history.map((earlier) => [earlier.revision, earlier]));
  const faults = new Set<FindingCode>();
  for (let revision = 1; revision < row.revision; revision += 1) {
    const earlier = kept.get(revision);
    const written = fact?.written.get(revision);
    if (earlier === undefined) faults.add("history-missing");
    else if (written !== undefined && written.digest !== recordDigest(earlier, earlier)) faults.add("history-altered");
    // Neither digest nor seal holds who wrote it.
    else if (written !== undefined && written.act !== earlier.act) faults.add("act-differs");
  }
  if (history.some((earlier) => earlier.revision >= row.revision)) faults.add("history-extra");
  return [...faults];
}

async function openedChecks(parts: VerifyParts, row: StoredRow): Promise<Checks | FindingCode> {
  const unitKey = unitKeyOf(row, row);
  if (unitKey === null) return "key-missing";
  try {
    const unitKeys = await unitKeysFor(parts.keys, row, unitKey);
    // Wrapped keys put back to before a class was added open as ever, and leave that class's fields closed for good.
    for (const dataClass of [CHECKS_CLASS, ...classesOf(parts.registry, row.recordType, packedNames(row.pack))])
      keyOfClass(unitKeys, dataClass);
    return checksOr("checks-do-not-open", () => openChecksWith(unitKeys, row));
  } catch (error) {
    if (error instanceof VaultError) return "key-does-not-open";
    if (error instanceof KeysError && ["erased", "does-not-open", "bucket-key-missing"].includes(error.code))
      return "key-does-not-open";
    throw error;
  }
}

function checksOr(fault: FindingCode, open: () => Checks): Checks | FindingCode {
  try {
    return open();
  } catch (error) {
    if (error instanceof VaultError) return fault;
    throw error;
  }
}

/** Each hash must have a token under a live key, and each token a hash. */
function tokenFaults(parts: VerifyParts, recordId: Uuid, checks: Checks, tokens: readonly TokenRow[]): FindingCode[] {
  const left = new Set(tokens);
  let missing = false;
  for (const { name, inners } of checks.indexes) {
    const index = parts.registry.index(name);
    if (index === null) continue;
    const stored = tokens.filter((token) => token.indexName === name);
    for (const inner of inners) {
      const live = liveTokensOf(parts.keys, index, recordId, inner);
      const found = stored.filter((row) =>
        live.some(({ token, keyVersion }) => keyVersion === row.keyVersion && equalConstantTime(token, row.token)),
      );
      missing ||= found.length === 0;
      for (const row of found) left.delete(row);
    }
  }
  return [...(missing ? ["token-missing" as const] : []), ...(left.size > 0 ? ["token-extra" as const] : [])];
}

/** What the ledger says was written and is not there, unless it was erased, if need be since the facts were gathered. */
async function* verifyMissing(
  parts: VerifyParts,
  facts: LedgerFacts,
  seen: ReadonlySet<Uuid>,
): AsyncGenerator<Finding, void, undefined> {
  for (const [recordId, { customerId, unitId }] of facts.records()) {
    if (seen.has(recordId) || facts.isErased(customerId, unitId)) continue;
    if (await wasErased(parts, customerId, unitId)) continue;
    if ((await readRecord(parts.database, customerId, recordId)) === null)
      yield finding("missing", { customerId, recordId });
  }
}

async function wasErased(parts: VerifyParts, customerId: Uuid, unitId: Uuid): Promise<boolean> {
  const [customer] = await readCustomers(parts.database, [customerId]);
  try {
    if (customer !== undefined && openAuthority(parts.keys, customer).status === "erased") return true;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
  }
  // A whole customer's erasure shows in the sealed state; a unit's row carries a MAC of keys'.
  const erasures = await parts.keys.erasuresOf(parts.database, customerId).catch(noneWhenForged);
  return erasures.some((erasure) => erasure.unitId === unitId);
}

function noneWhenForged(error: unknown): readonly { readonly unitId: Uuid | null }[] {
  if (error instanceof KeysError && error.code === "forged-erasure") return [];
  throw error;
}

function* findings(row: RecordRow, codes: readonly FindingCode[]): Generator<Finding, void, undefined> {
  for (const code of codes) yield finding(code, row);
}

function finding(
  code: FindingCode,
  { customerId, recordId }: { readonly customerId: Uuid; readonly recordId: Uuid },
): Finding {
  return { code, customerId, recordId, unitId: null };
}

function placeOf({ customerId, recordId }: { readonly customerId: Uuid; readonly recordId: Uuid }): string {
  return `${customerId} ${recordId}`;
}
