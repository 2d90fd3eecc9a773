// The vault: customers and their records, sealed field by field. Everything but values in the clear, which open.ts alone opens.
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import type { EntryDraft, EntryKind, Place } from "../ledger/ledger.ts";
import type { Transaction } from "../postgres/database.ts";
import { type UnitChange, changeUnit } from "./change-unit.ts";
import { type Corrected, correctRecords } from "./correct-record.ts";
import type { Correction } from "./correction.ts";
import { type Created, type CreateOptions, createMany } from "./create-many.ts";
import type { CustomerDraft } from "./drafts.ts";
import { type ErasureResult, eraseCustomer, eraseUnit, type Mention, sweepErased, type SweepOptions } from "./erase.ts";
import { type LinkDraft, endLink, linkCustomers, listLinks } from "./link-customers.ts";
import type { LinkSide } from "./link-store.ts";
import { type LinksSeal, loadLiveLinks } from "./live-links.ts";
import { type DecisionReader, type RecordFilter, openDecisionReader } from "./load-for-decision.ts";
import { type MaskedPage, maskedView } from "./masked-view.ts";
import type { MatchState } from "./match-store.ts";
import { openUnitPaging, type UnitPaging } from "./page-units.ts";
import type { ForgedRow, VaultParts } from "./parts.ts";
import { type GivenRecord, type Prepared, type PreparedRecord, prepareRecord } from "./prepare-record.ts";
import { type HistoryPage, recordHistory, recordRevisions } from "./read-history.ts";
import { type ReindexPlace, type ReindexProgress, reindexBatch } from "./reindex-batch.ts";
import { renewCovers } from "./renew-covers.ts";
import { isVersionUsed, type Renewal, renewMacs } from "./renew-macs.ts";
import type { Registry } from "./schema/registry.ts";
import { ALL_HITS, type Counting, type SearchHit, type SearchResult, searchCandidates } from "./search-candidates.ts";
import { VaultError } from "./errors.ts";
import { type SearchRequest, searchTargets } from "./search-values.ts";
import { sharingSurname } from "./shared-surname.ts";
import type { RecordRow } from "./record-store.ts";
import { originReader, type OriginReader } from "./read-origins.ts";
import { type IndexesState, readIndexesState } from "./index-state-store.ts";
import { lastSaid } from "./last-said.ts";
import { type SourceKey, type SourceTarget, findSources, isUnchanged } from "./source-key.ts";
import { type MatchDecision, type Suggestion, decideMatch, listMatches, rescanMatches } from "./suggest-matches.ts";
import { sealWaiting, type WaitingPlace } from "./waiting.ts";
import { type EntryOptions, type WriteActor, type Written, entryFor, mergeWritten } from "./written.ts";
export { isOlder } from "./checks.ts";
export { recordErasureFinal, type Residue } from "./certificate.ts";
export type { CustomerDraft, NewUnit, RecordDraft, UnitDraft } from "./drafts.ts";
export { type FieldIssue, VaultError, type VaultErrorCode } from "./errors.ts";
export type { FieldValue } from "./field-value.ts";
export { ledgerFacts, type LedgerFacts, saysWritten } from "./ledger-facts.ts";
export { fileRequests, type CustomerFile } from "./load-files.ts";
export type { DecisionReader, DecisionSubject, RecordFilter } from "./load-for-decision.ts";
export { RECORDS_PAGE_MAX, type DecisionUnit, type StoredRecord } from "./stored-record.ts";
export { type Origin, originShape, originText, parseOrigin } from "./schema/origins.ts";
export { planLeakage } from "./schema/leakage.ts";
export { printLeakagePlan } from "./schema/leakage-table.ts";
export { isShownWhole } from "./schema/masks.ts";
export { type Registry, loadRegistry } from "./schema/registry.ts";
export { normaliseField, type ValueContext, type WarningCode } from "./schema/normalise.ts";
export { DATE_FORMATS } from "./schema/normalised.ts";
export type { FieldType, IndexType } from "./schema/schema.ts";
export { openMasks } from "./masked.ts";
export type { LinkSide } from "./link-store.ts";
export { packedNames, packedRevisions } from "./pack.ts";
export type { RecordRow } from "./record-store.ts";
export type { PagedUnit, UnitsPage } from "./page-units.ts";
export type { UnitHeader, UnitReach } from "./unit-header.ts";
export { SUBJECT_KINDS, type SubjectKind, UNIT_KINDS, type UnitKind, type ValueType } from "./schema/vocabulary.ts";
export { type SealedRecord, type SealJob, type SealTools, sealRecords } from "./seal-record.ts";
export { type Finding, verificationRanges, verifyRange } from "./verify-records.ts";
export type { ForgedRow, SourceKey, SourceTarget, VaultParts, WriteActor, Written };
export { entryFor, mergeWritten };

/** A write that was committed together with its ledger entry. */
export type Recorded<Result> = Result & { readonly entry: Place };

export interface VaultReader extends DecisionReader {
  readonly registry: Registry;
  /** Checks and normalises given values. Throws VaultError "unknown-record-type", "too-many". */
  prepare(given: GivenRecord): Prepared;
  /** Every hit, at most 500. */
  search(request: SearchRequest): Promise<SearchResult<SearchHit>>;
  /** The hits that count, as `counting` makes them. */
  searchCounting<Kept>(request: SearchRequest, counting: Counting<Kept>): Promise<SearchResult<Kept>>;
  /** What the search may be one guess of many at. Holds values: only keyed digests of it may be kept. */
  searchTargets(request: SearchRequest): readonly (readonly string[])[];
  /** Which of these customers, 100 at most, seem to bear the surname, by their blind-index tokens alone: a hint, since nothing is opened. */
  sharingSurname(customerIds: readonly Uuid[], surname: string): Promise<ReadonlySet<Uuid>>;
  masked(
    customerId: Uuid,
    filter?: Omit<RecordFilter, "recordTypes"> & { readonly recordType?: string },
  ): Promise<MaskedPage>;
  history(record: { readonly customerId: Uuid; readonly recordId: Uuid }, before?: number | null): Promise<HistoryPage>;
  /** As `history`, with the revision in force: rows as they stand, sealed. */
  revisions(
    record: { readonly customerId: Uuid; readonly recordId: Uuid },
    page: { readonly before: number | null; readonly limit?: number },
  ): Promise<readonly RecordRow[]>;
  readonly origins: OriginReader;
  /** By customer, given what each customer's sealed state says of its links; null where rows and seal do not agree. */
  liveLinks(seals: ReadonlyMap<Uuid, LinksSeal>): Promise<Map<Uuid, readonly LinkSide[] | null>>;
  links(customerId: Uuid, page?: { readonly after?: Uuid | null; readonly limit?: number }): Promise<LinkSide[]>;
  matches(
    filter: { readonly customerId: Uuid | null; readonly state: MatchState | null },
    page?: {
      readonly after?: Pick<Suggestion, "customerId" | "otherCustomerId" | "reason"> | null;
      readonly limit?: number;
    },
  ): Promise<Suggestion[]>;
  /** Where each key leads, in order; null where unknown. */
  sources(keys: readonly SourceKey[]): Promise<(SourceTarget | null)[]>;
  /** Whether the source said just this the last time. */
  isUnchanged(target: SourceTarget, record: PreparedRecord): boolean;
  /** How many tokens each blind index holds. */
  indexesState(): Promise<IndexesState>;
  /** Local ISO 8601; null when the record's source never told when it last changed what it says. */
  lastSaid(record: { readonly customerId: Uuid; readonly recordId: Uuid }): Promise<string | null>;
  /** For what is to be written later: under the unit's key, bound to the row it waits in. Throws VaultError "not-found", "erased". */
  sealWaiting(place: WaitingPlace, value: Json): Promise<string>;
}

/** Each call is one transaction that ends with its ledger entry. */
export interface VaultWriter {
  create(drafts: readonly CustomerDraft[], actor: WriteActor): Promise<Recorded<Created>>;
  /** `entry` is null when nothing was new. */
  correct(correction: Correction, actor: WriteActor): Promise<CorrectionResult>;
  changeUnit(change: UnitChange, actor: WriteActor): Promise<Recorded<{ readonly written: Written }>>;
  link(draft: LinkDraft, actor: WriteActor): Promise<Recorded<{ readonly linkId: Uuid; readonly written: Written }>>;
  endLink(
    link: { readonly customerId: Uuid; readonly linkId: Uuid },
    actor: WriteActor,
  ): Promise<Recorded<{ readonly written: Written }>>;
  decideMatch(decision: MatchDecision, actor: WriteActor): Promise<Recorded<{ readonly written: Written }>>;
  /**
   * A unit of the customer when `unitId` is given, everything otherwise; never what a legal hold covers. `restsOn`: the customer's revision that whoever
   * judged it has seen. Throws VaultError "held", "stale", "erased", "not-found".
   */
  erase(
    place: { readonly customerId: Uuid; readonly unitId: Uuid | null; readonly restsOn?: number },
    actor: WriteActor,
  ): Promise<Recorded<ErasureResult>>;
}

export interface CorrectionResult {
  readonly revision: number;
  readonly suggestions: readonly Suggestion[];
  /** Null, and no entry, when the record said so before. */
  readonly written: Written | null;
  readonly entry: Place | null;
}

/** For callers with a transaction of their own, such as an import: they append the entry of `entryFor` as its last step. */
export interface VaultBatchWriter {
  createMany(tx: Transaction, act: Uuid, drafts: readonly CustomerDraft[], options?: CreateOptions): Promise<Created>;
  correctMany(tx: Transaction, act: Uuid, corrections: readonly Correction[]): Promise<Corrected>;
}

export interface VaultJobs {
  sweepErased(options?: SweepOptions): Promise<number>;
  reindexBatch(after: ReindexPlace | null): Promise<ReindexProgress>;
  renewMacs(): Promise<Renewal>;
  /** Whether anything here still stands under a version of a key, which must not be destroyed before. */
  isVersionUsed(domain: "authority" | "index" | "tokens", version: number): Promise<boolean>;
  /** After a rotation of "tokens". Returns how many rows were written anew. */
  renewCovers(): Promise<number>;
  /** A page of customers; start with null and go on with `next` until that is null. */
  rescanMatches(after: Uuid | null): Promise<{ readonly next: Uuid | null; readonly found: number }>;
}

export type Vault = VaultReader & VaultWriter & VaultBatchWriter & VaultJobs & UnitPaging;

const PAGE_DEFAULT = 100;

export function openVault(parts: VaultParts): Vault {
  return { ...reader(parts), ...writer(parts), ...batchWriter(parts), ...jobs(parts), ...openUnitPaging(parts) };
}

function reader(parts: VaultParts): VaultReader {
  const { database, keys, registry } = parts;
  const decisions = openDecisionReader(database, keys, parts.onForged);
  return {
    ...decisions,
    registry,
    prepare: (given) => prepareRecord(registry, given),
    search: (request) => searchCandidates({ on: database, keys, registry }, request, ALL_HITS),
    searchCounting: (request, counting) => searchCandidates({ on: database, keys, registry }, request, counting),
    searchTargets: (request) => searchTargets(registry, request),
    sharingSurname: (customerIds, surname) =>
      sharingSurname({ on: database, keys, registry }, customerIds, surname, parts.clock.now().getUTCFullYear()),
    masked: (customerId, filter) => maskedView({ reader: decisions, keys, registry }, customerId, filter),
    indexesState: () => readIndexesState(database),
    revisions: (record, page) => recordRevisions(database, record, page),
    history: (record, before) => recordHistory(database, record, before),
    origins: originReader(parts),
    liveLinks: (seals) => loadLiveLinks(parts, seals),
    links: (customerId, { after = null, limit = PAGE_DEFAULT } = {}) =>
      listLinks(keys, database, customerId, { after, limit }),
    matches: (filter, { after = null, limit = PAGE_DEFAULT } = {}) => listMatches(parts, filter, { after, limit }),
    sources: (sourceKeys) => findSources(database, keys, sourceKeys),
    lastSaid: (record) => lastSaid(decisions, { database, keys }, record),
    isUnchanged: (target, { fields }) => isUnchanged(keys, target, fields),
    sealWaiting: async ({ customerId, unitId, ...place }, value) => {
      const unit = await decisions.loadUnit({ customerId, unitId });
      if (unit === null) throw new VaultError("not-found", "no such retention unit");
      return sealWaiting(keys, unit, place, value);
    },
  };
}

function writer(parts: VaultParts): VaultWriter {
  const written = async (work: Promise<Written>): Promise<{ written: Written }> => ({ written: await work });
  return {
    create: (drafts, actor) => {
      const kind = drafts.some((draft) => draft.create !== null) ? "customer-create" : "record-create";
      return recorded(parts, { kind, actor }, (tx, act) => createMany(parts, tx, act, { drafts }));
    },
    correct: (correction, actor) => correctRecorded(parts, correction, actor),
    changeUnit: (change, actor) =>
      recorded(parts, { kind: "unit-change", actor }, (tx, act) => written(changeUnit(parts, tx, act, change))),
    link: (draft, actor) =>
      recorded(parts, { kind: "link", actor }, (tx, act) => linkCustomers(parts.keys, tx, act, draft)),
    endLink: (link, actor) =>
      recorded(parts, { kind: "link", actor }, (tx, act) => written(endLink(parts.keys, tx, act, link))),
    decideMatch: (decision, actor) => {
      const of = { kind: "match-decision", actor, detail: { verdict: decision.verdict } } as const;
      return recorded(parts, of, (tx, act) => written(decideMatch(parts.keys, tx, act, decision)));
    },
    erase: ({ customerId, unitId, ...judged }, actor) => {
      const of = { kind: "erasure", actor, detail: { erased: [{ customer: customerId, unit: unitId }] } } as const;
      return recorded(parts, of, (tx, act) =>
        unitId === null
          ? eraseCustomer(parts, tx, act, { customerId, ...judged })
          : eraseUnit(parts, tx, act, { customerId, unitId, ...judged }),
      );
    },
  };
}

function batchWriter(parts: VaultParts): VaultBatchWriter {
  return {
    createMany: (tx, act, drafts, options = {}) => createMany(parts, tx, act, { drafts, options }),
    correctMany: (tx, act, corrections) => correctRecords(parts, tx, act, corrections),
  };
}

function jobs(parts: VaultParts): VaultJobs {
  return {
    sweepErased: (options) => sweepErased(parts, options),
    reindexBatch: (after) => reindexBatch(parts, after),
    renewMacs: () => renewMacs(parts),
    renewCovers: () => renewCovers(parts),
    isVersionUsed: (domain, version) => isVersionUsed(parts.database, domain, version),
    rescanMatches: (after) => rescanMatches(parts, after),
  };
}

interface RecordedAs extends EntryOptions {
  readonly kind: EntryKind;
  readonly actor: WriteActor;
}

/** INVARIANT: a write and its entry are one commit, and the entry is the transaction's last statement (the log's row is locked by it). */
function recorded<
  Result extends {
    readonly written: Written;
    readonly linkId?: Uuid;
    readonly erasureId?: Uuid;
    readonly mentions?: readonly Mention[];
  },
>(
  parts: VaultParts,
  { kind, actor, ...options }: RecordedAs,
  write: (tx: Transaction, act: Uuid) => Promise<Result>,
): Promise<Recorded<Result>> {
  return parts.database.transaction(async (tx) => {
    const act = newId();
    const result = await write(tx, act);
    const made = [act, result.linkId, result.erasureId].filter((id) => id !== undefined);
    const more = (await actor.also?.(tx, made)) ?? [];
    const written = { ...result.written, authority: [...result.written.authority, ...more] };
    // What an erasure cannot reach is known before its links go, and told by its certificate.
    const { mentions = [] } = result;
    const residue = mentions.length === 0 ? {} : { mentions: mentions.map((mention) => ({ ...mention })) };
    const detail = { ...options.detail, ...residue };
    const entry = await append(parts, tx, entryFor({ entryId: act, kind }, actor, written, { ...options, detail }));
    return { ...result, entry };
  });
}

function correctRecorded(parts: VaultParts, correction: Correction, actor: WriteActor): Promise<CorrectionResult> {
  return parts.database.transaction(async (tx) => {
    const act = newId();
    const { results, written, suggestions } = await correctRecords(parts, tx, act, [correction]);
    const { revision = 0, isNothing = true } = results[0] ?? {};
    if (isNothing) return { revision, suggestions, written: null, entry: null };
    const authority = [...written.authority, ...((await actor.also?.(tx, [act])) ?? [])];
    const draft = entryFor({ entryId: act, kind: "record-correct" }, actor, { ...written, authority });
    return { revision, suggestions, written, entry: await append(parts, tx, draft) };
  });
}

async function append(parts: VaultParts, tx: Transaction, draft: EntryDraft): Promise<Place> {
  const [entry] = await parts.ledger.appendIn(tx, [draft]);
  if (entry === undefined) throw new TypeError("the ledger gave no place to an entry");
  return entry;
}
