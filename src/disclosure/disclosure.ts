// The gate: the one way to anything that is held of a customer. Decides, records, and only then opens and releases.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { CustomerSeen, EntryFilter, EntryView, Page, PageRequest, Viewer } from "../ledger/ledger.ts";
import type { GateContext, GateParts } from "./context.ts";
import { disclose, type DisclosureAnswer } from "./disclose.ts";
import type { MaskedQuestion } from "./masked-look.ts";
import { maskedView, type MaskedView } from "./masked-view.ts";
import type { BatchQuestion, Question } from "./question.ts";
import {
  readAccounting,
  readCustomersSeen,
  readEntries,
  readEntry,
  readErasureOpening,
  readOpening,
  readReceipt,
  type AccountingLine,
  type OpeningAnswer,
} from "./read-back.ts";
import { type OwnUse, type OwnValues, readValues, useValues } from "./own-use.ts";
import { inLeases } from "./in-leases.ts";
import { readWaiting, useWaiting, type WaitingUse, type WaitingValues } from "./own-waiting.ts";
import { disputedWords, type SealedStatement, type StatementsAnswer } from "./disputed-words.ts";
import { policyBook, type PolicyBook } from "./matrix.ts";
import { customerReader } from "./read-customers.ts";
import { type CopyAnswer, type CopyQuestion, recordCopy } from "./copy.ts";
import { type HistoryQuestion, type RecordHistory, recordHistory } from "./record-history.ts";
import { options, type Option, type OptionsQuestion } from "./options.ts";
import { preview, type PreviewAnswer } from "./preview.ts";
import { rehearse, type Rehearsal, type RehearsalQuestion } from "./rehearse.ts";
import { hasInHand, resolve } from "./resolve.ts";
import { search, SEARCH_BEAT_MS, type SearchAnswer, type SearchQuestion } from "./search.ts";
import { type StandsFor, standsFor } from "./stands-for.ts";
import { UNWATCHED } from "./watch.ts";
import { exportEntries, type EntryExport } from "./export.ts";
import { readViewers } from "./viewers.ts";
import { ASKED_MAX, whileLeased } from "./while-leased.ts";

export type { GateParts, PolicyInForce } from "./context.ts";
export { SEARCH_BEAT_MS, UNWATCHED };
export { readerOf } from "./read-back.ts";
export { type Held as HeldField, type OwnUse, type OwnValues, valueKey } from "./own-use.ts";
export type { SealedWaiting, WaitingUse, WaitingValues } from "./own-waiting.ts";
export { type DemandedPapers, nothingDemanded } from "./demanded.ts";
export { nobodyRegistered, type ReadRegistered, type Registered } from "./registered.ts";
export {
  type Entitlement,
  type Entitlements,
  type GatherEntitlements,
  joinEntitlements,
  nothingEntitles,
  type RestedOn,
  restingOn,
} from "./entitlements.ts";
export { noesBearingOn } from "./said-no.ts";
export { nobodyRepresented, type GatherRepresented, type Represented } from "./represented.ts";
export { mayAct } from "./relationships.ts";
export type { CustomerAnswer, DisclosureAnswer } from "./disclose.ts";
export type { GateErrorCode } from "./errors.ts";
export {
  joinGrounds,
  noGrounds,
  type AskerGrounds,
  type CustomerGrounds,
  type Elevation,
  type GatherGrounds,
  type Grounds,
  type Spoken,
} from "./grounds.ts";
export type { MaskedField, MaskedRecord, MaskedView } from "./masked-view.ts";
export { createDecider, loadPolicySet, RECIPIENTS, type Decider, type RecipientType } from "./policy/policy.ts";
export type { BatchQuestion, Question, Recipient, Subject, Terms, WantedForm } from "./question.ts";
export type { Matrix, ShownPolicy } from "./matrix.ts";
export type { Option, OptionsQuestion } from "./options.ts";
export type { RecordHistory, RecordRevision } from "./record-history.ts";
export type { PreviewAnswer, PreviewField } from "./preview.ts";
export type { AccountingLine, OpeningAnswer } from "./read-back.ts";
export type { SealedStatement, StatementsAnswer } from "./disputed-words.ts";
export type { FieldAnswer } from "./release.ts";
export type { SearchAnswer, SearchHit, SearchQuestion } from "./search.ts";
export type { Concern, Look, Watch, Weighed } from "./watch.ts";

type OpeningQuestion = Parameters<typeof readOpening>[2];
interface StatementsQuestion {
  readonly question: Question;
  readonly statements: readonly SealedStatement[];
}
type SeenQuestion = Parameters<typeof readCustomersSeen>[2];

/** Every answer that holds or speaks of customer data has its ledger entry first. All throw GateError. */
export interface Gate extends OwnUses, PolicyBook {
  disclose(asker: Authenticated, question: BatchQuestion): Promise<DisclosureAnswer>;
  /** What a disclosure would be answered with, and why; nothing is opened. */
  preview(asker: Authenticated, question: Question): Promise<PreviewAnswer>;
  /** What the customer says of fields that they dispute, for whoever would be shown those fields in clear. */
  disputedWords(asker: Authenticated, asked: StatementsQuestion): Promise<StatementsAnswer>;
  /** Purposes and bases by which anything would be answered. */
  options(asker: Authenticated, question: OptionsQuestion): Promise<readonly Option[]>;
  /** What a record said before it was corrected, masked. */
  recordHistory(asker: Authenticated, question: HistoryQuestion): Promise<RecordHistory>;
  /** That a value given in clear is about to be copied. */
  recordCopy(asker: Authenticated, question: CopyQuestion): Promise<CopyAnswer>;
  maskedView(asker: Authenticated, question: MaskedQuestion & { readonly after?: Uuid | null }): Promise<MaskedView>;
  search(asker: Authenticated, question: SearchQuestion): Promise<SearchAnswer>;
  opening(asker: Authenticated, question: OpeningQuestion): Promise<OpeningAnswer>;
  /** Of the entry that ended an erasure, for whoever was erased. */
  erasureOpening(asked: Parameters<typeof readErasureOpening>[1]): Promise<OpeningAnswer["opening"]>;
  accounting(asker: Authenticated, customerId: Uuid, page: PageRequest): Promise<Page<AccountingLine>>;
  customersSeen(asker: Authenticated, question: SeenQuestion, page: PageRequest): Promise<Page<CustomerSeen>>;
  /** Who was shown anything of a customer, counted. */
  viewers(asker: Authenticated, customerId: Uuid): Promise<readonly Viewer[]>;
  entries(asker: Authenticated, filter: EntryFilter, page: PageRequest): Promise<Page<EntryView>>;
  /** Entries as CSV, written down before they are handed over. */
  exportEntries(asker: Authenticated, asked: EntryExport): Promise<string>;
  entry(asker: Authenticated, entryId: Uuid): Promise<EntryView>;
  receipt(asker: Authenticated, entryId: Uuid): Promise<string | null>;
  /** Whose files a customer may open besides their own. */
  standsFor(asker: Authenticated): Promise<readonly StandsFor[]>;
  /** What past disclosures would be answered under changed policies. */
  rehearse(asker: Authenticated, question: RehearsalQuestion): Promise<Rehearsal>;
  /** Whether the customer is within the asker's rows: for writes, whose denial must not tell what exists. */
  reaches(asker: Authenticated, customerId: Uuid): Promise<boolean>;
  /** Whether the asker has the unit in hand, within its entities and lines: whoever may not open a file may not write to it either. */
  hasInHand(asker: Authenticated, customerId: Uuid, unitId: Uuid): Promise<boolean>;
}

/** Values that the server itself uses, and shows to nobody. */
export interface OwnUses {
  useValues<Result>(asked: OwnUse, use: (values: OwnValues) => Promise<Result>): Promise<Result>;
  /** What is put on paper by somebody: in their name. */
  readValues(asker: Authenticated, asked: OwnUse): Promise<OwnValues>;
  /** What somebody wrote and may read again, or answers: in the reader's name. */
  readWaiting(asker: Authenticated, asked: WaitingUse): Promise<WaitingValues>;
  useWaiting<Result>(asked: WaitingUse, use: (values: WaitingValues) => Promise<Result>): Promise<Result>;
}

export function openGate(parts: GateParts): Gate {
  const context: GateContext = { ...parts, append: parts.ledger.append, readCustomers: customerReader(parts) };
  const leased = <Answer>(work: (leased: GateContext) => Promise<Answer>): Promise<Answer> =>
    whileLeased(context, work);
  const anew = <Answer>(work: (leased: GateContext) => Promise<Answer>): Promise<Answer> =>
    whileLeased(context, work, ASKED_MAX);
  return {
    ...policyBook(context),
    disclose: (asker, question) => anew((at) => disclose(at, asker, question)),
    disputedWords: (asker, asked) => anew((at) => disputedWords(at, asker, asked)),
    maskedView: (asker, question) => anew((at) => maskedView(at, asker, question)),
    recordHistory: (asker, question) => anew((at) => recordHistory(at, asker, question)),
    search: (asker, question) => anew((at) => search(at, asker, question)),
    opening: (asker, question) => anew((at) => readOpening(at, asker, question)),
    erasureOpening: (asked) => anew((at) => readErasureOpening(at, asked)),
    accounting: (asker, customerId, page) => anew((at) => readAccounting(at, asker, customerId, page)),
    customersSeen: (asker, question, page) => anew((at) => readCustomersSeen(at, asker, question, page)),
    entries: (asker, filter, page) => anew((at) => readEntries(at, asker, filter, page)),
    useValues: (asked, use) => leased((at) => useValues(at, asked, use)),
    readValues: (asker, asked) => anew((at) => readValues(at, asker, asked)),
    readWaiting: (asker, asked) => inLeases(asked, (step) => leased((at) => readWaiting(at, asker, step))),
    useWaiting: (asked, use) => leased((at) => useWaiting(at, asked, use)),
    // No lease: they open nothing.
    preview: (asker, question) => preview(context, asker, question),
    options: (asker, question) => options(context, asker, question),
    recordCopy: (asker, question) => recordCopy(context, asker, question),
    // No lease: it opens nothing of customers, and loading policies takes longer than one.
    rehearse: (asker, question) => rehearse(context, asker, question),
    exportEntries: (asker, asked) => exportEntries(context, asker, asked),
    viewers: (asker, customerId) => readViewers(context, asker, customerId),
    entry: (asker, entryId) => readEntry(context, asker, entryId),
    receipt: (asker, entryId) => readReceipt(context, asker, entryId),
    standsFor: (asker) => standsFor(context, asker),
    reaches: async (asker, customerId) => (await resolve(context, asker, [customerId]))[0]?.situation != null,
    hasInHand: (asker, customerId, unitId) => hasInHand(context, asker, customerId, unitId),
  };
}
