// The ledger's read side: receipts, openings, entries, accountings, and the files of the public log.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { parseCheckpointText } from "./checkpoint.ts";
import { parseDetail } from "./detail.ts";
import type { Detail, LedgerKeys } from "./detail.ts";
import { LedgerError } from "./errors.ts";
import { commit, decodeLeaf } from "./leaf.ts";
import { hashLeaf, HASH_BYTES, rootFromInclusion } from "./merkle.ts";
import type { TreeHead } from "./merkle.ts";
import type { NoteSigner } from "./note.ts";
import { openedById } from "./opened.ts";
import { idCursor, indexCursor, readPage } from "./page.ts";
import type { Page, PageRequest } from "./page.ts";
import { inclusionProof } from "./proof.ts";
import { receiptText } from "./receipt.ts";
import { openStored } from "./stored-detail.ts";
import {
  countEntries,
  listEntries,
  listOfCustomer,
  listSealedOfCustomer,
  readEntriesById,
  readEntry,
} from "./store-read.ts";
import type { EntryKind } from "./entry-draft.ts";
import { type EntryFilter, type EntryView, isShownTo, type Reader, type ToldReader } from "./store-read.ts";
import { type CustomerSeen, listCustomersSeen, type SeenQuestion } from "./store-seen.ts";
import { readPublished } from "./store.ts";
import {
  type FollowedLook,
  type Look,
  type LookDay,
  readFollowedLooks,
  readLogSize,
  readLookDays,
  readLooks,
  readRecentCustomers,
  type RecentCustomer,
} from "./store-looks.ts";
import { openStatistics, type Statistics } from "./statistics.ts";
import { readTail } from "./tail.ts";
import type { TailEntry } from "./tail.ts";
import { actorsOf, grantorsOf, usageSince } from "./usage.ts";
import { selectLastActs } from "./store-usage.ts";
import type { Usage } from "./store-usage.ts";
import { readLeafOf, readLeaves, tileReader } from "./store-tree.ts";
import { TILE_WIDTH, tileWidth } from "./tile-path.ts";
import type { TilePlace } from "./tile-path.ts";

/** What shows what a leaf says. Handing it out is itself a disclosure. */
export interface Opening {
  /** The 41 bytes of the leaf, base64. */
  readonly leaf: string;
  /** The 32-byte blinding value, base64. */
  readonly r: string;
  readonly detail: Detail;
  /** The exact canonical JSON (RFC 8785) of the detail, which is what the leaf commits to. */
  readonly canonical: string;
}

export interface OpenedEntry extends EntryView {
  readonly detail: Detail;
}

export type AccountingFilter = Omit<EntryFilter, "customerId">;

/** Every question about entries takes the reader last: `ordinary` (the default) cannot tell withheld entries from absent ones. */
export interface LedgerReader {
  /** A tlog-proof of the entry under the newest checkpoint; null until one covers it, and for unknown entries. */
  receipt(entryId: Uuid, reader?: ToldReader): Promise<string | null>;
  opening(entryId: Uuid, reader?: ToldReader): Promise<Opening | null>;
  entry(entryId: Uuid, reader?: ToldReader): Promise<EntryView | null>;
  /** Several at once; those that are not there, or not for this reader, are absent. */
  entriesById(entryIds: readonly Uuid[], reader?: Reader): Promise<ReadonlyMap<Uuid, EntryView>>;
  /** What each says under its seal, withheld ones too; absent where that does not open. For decisions, never for answers. */
  openedById(entryIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Detail>>;
  /** Newest first. */
  list(filter: EntryFilter, page: PageRequest, reader?: Reader): Promise<Page<EntryView>>;
  /** Entries that name the customer, directly or as a subject (then with the subject's outcome and classes), newest first. */
  accounting(customerId: Uuid, filter: AccountingFilter, page: PageRequest, reader?: Reader): Promise<Page<EntryView>>;
  /** As `accounting`, each with what it says. */
  accountingOpened(
    customerId: Uuid,
    filter: AccountingFilter,
    page: PageRequest,
    reader?: ToldReader,
  ): Promise<Page<OpenedEntry>>;
  /** Customers of whom a principal was shown anything between two instants, in the order of their ids. */
  customersSeenBy(question: SeenQuestion, page: PageRequest, reader?: Reader): Promise<Page<CustomerSeen>>;
  /** How many entries of a kind a principal has made since an instant, withheld ones included: for ceilings. */
  countBy(actorId: Uuid, kind: EntryKind, since: Date): Promise<number>;
  /** Up to `limit` (256 at most) entries from index `from` on in the order of the log, withheld ones too: to be passed on as they happen. */
  tail(from: number, limit: number): Promise<TailEntry[]>;
  /** How many entries stand now. */
  size(): Promise<number>;
  /** For statistics and alarms, withheld entries included: never for answers. */
  lookDays(actorId: Uuid, days: Parameters<typeof readLookDays>[3]): Promise<LookDay[]>;
  looks(actorId: Uuid, wanted: Parameters<typeof readLooks>[3]): Promise<Look[]>;
  followLooks(wanted: Parameters<typeof readFollowedLooks>[2]): Promise<FollowedLook[]>;
  /** Whom somebody was shown something of since an instant, the last first, withheld entries included: for themselves alone. */
  recentCustomers(wanted: Parameters<typeof readRecentCustomers>[2]): Promise<RecentCustomer[]>;
  /** Pictures: counts alone. */
  readonly statistics: Statistics;
  /** What every principal did since an instant, in counts and codes: for reviews of access, which name nobody's customers. */
  usageSince(since: Date): Promise<ReadonlyMap<Uuid, Usage>>;
  /** When each of these did anything last, in whole seconds since the Unix epoch; absent for those who never did. */
  lastActs(actorIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, number>>;
  /** Who made or changed each principal. */
  grantors(): Promise<ReadonlyMap<Uuid, ReadonlySet<Uuid>>>;
  /** Who did each of these acts: for those who review what they gave. */
  actorsOf(entryIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Uuid>>;
  /** The newest signed checkpoint. Throws LedgerError "not-published" before the first. */
  checkpoint(): Promise<string>;
  /**
   * The bytes of a tile as C2SP tlog-tiles serves them: hashes, or entries each after its length in two big-endian bytes. Null when the published tree
   * has no such tile.
   */
  tile(place: TilePlace): Promise<Buffer | null>;
}

export interface ReaderParts {
  readonly database: Querier;
  readonly keys: LedgerKeys;
  readonly origin: string;
  readonly logShard: number;
  readonly signer: NoteSigner;
}

export function openReader(parts: ReaderParts): LedgerReader {
  const { database, logShard } = parts;
  const readSigned = signedReader(parts);
  return {
    receipt: async (entryId, reader = "ordinary") => makeReceipt(parts, await readSigned(), entryId, reader),
    opening: (entryId, reader = "ordinary") => makeOpening(parts, entryId, reader),
    entry: async (entryId, reader = "ordinary") => {
      const found = await readEntry(database, logShard, entryId, reader);
      if (found === null) return null;
      const { leaf: _leaf, sealed: _sealed, ...view } = found;
      return view;
    },
    entriesById: (entryIds, reader = "ordinary") => readEntriesById(database, logShard, entryIds, reader),
    openedById: (entryIds) => openedById(parts, entryIds),
    list: (filter, page, reader = "ordinary") =>
      readPage(page, indexCursor, indexOf, (slice) => listEntries(database, logShard, { filter, slice, reader })),
    accounting: (customerId, filter, page, reader = "ordinary") =>
      readPage(page, indexCursor, indexOf, (slice) =>
        listOfCustomer(database, logShard, { filter: { ...filter, customerId }, slice, reader }),
      ),
    accountingOpened: (customerId, filter, page, reader = "ordinary") =>
      readPage(page, indexCursor, indexOf, (slice) =>
        openedOfCustomer(parts, { filter: { ...filter, customerId }, slice, reader }),
      ),
    customersSeenBy: (question, page, reader = "ordinary") =>
      readPage(
        page,
        idCursor,
        (seen: CustomerSeen) => seen.customerId,
        (slice) => listCustomersSeen({ on: database, logShard }, question, slice, reader),
      ),
    countBy: (actorId, kind, since) => countEntries(database, logShard, { actorId, kind, since }),
    statistics: openStatistics(parts),
    usageSince: (since) => usageSince(parts, since),
    lastActs: (actorIds) => selectLastActs(database, logShard, actorIds),
    grantors: () => grantorsOf(parts),
    actorsOf: (entryIds) => actorsOf(parts, entryIds),
    tail: (from, limit) => readTail(parts, from, limit),
    size: () => readLogSize(database, logShard),
    lookDays: (actorId, days) => readLookDays(database, logShard, actorId, days),
    looks: (actorId, wanted) => readLooks(database, logShard, actorId, wanted),
    followLooks: (wanted) => readFollowedLooks(database, logShard, wanted),
    recentCustomers: (wanted) => readRecentCustomers(database, logShard, wanted),
    checkpoint: async () => {
      const signed = await readSigned();
      if (signed === null) throw new LedgerError("not-published", "the log has no checkpoint yet");
      return signed.note;
    },
    tile: async (place) => readTile(parts, await readSigned(), place),
  };
}

const indexOf = (entry: EntryView): number => entry.index;

interface Signed {
  readonly note: string;
  readonly head: TreeHead;
}

/** A reader of the newest checkpoint, null before the first, that checks each signature once. */
function signedReader(parts: ReaderParts): () => Promise<Signed | null> {
  let last: Signed | null = null;
  return async () => {
    const { note } = await readPublished(parts.database, parts.logShard);
    if (note === "") return null;
    if (last?.note === note) return last;
    const text = parts.signer.open(note);
    const head = text === null ? null : parseCheckpointText(parts.origin, text);
    if (head === null) throw new LedgerError("forked", "the stored checkpoint was not signed by this log");
    last = { note, head };
    return last;
  };
}

async function makeReceipt(
  parts: ReaderParts,
  signed: Signed | null,
  entryId: Uuid,
  reader: ToldReader,
): Promise<string | null> {
  const place = await readLeafOf(
    parts.database,
    parts.logShard,
    entryId,
    isShownTo(reader, { entryId, withheld: null }),
  );
  if (place === null || signed === null || place.index >= signed.head.size) return null;
  const { head, note } = signed;
  const path = await inclusionProof(place.index, head.size, tileReader(parts.database, parts.logShard));
  // A receipt that its holder could not verify would be worse than none.
  const root = rootFromInclusion(place.index, head.size, hashLeaf(place.leaf), path);
  if (root === null || Buffer.compare(root, head.root) !== 0) {
    throw new LedgerError("forked", "the stored entry is not the one the log has signed");
  }
  return receiptText({ index: place.index, leaf: place.leaf, path, checkpoint: note });
}

/** INVARIANT: as in `makeOpening`, the seal says whether an entry is withheld, and which entry it is. What is not what it seems is left out. */
async function openedOfCustomer(
  { database, keys, logShard }: ReaderParts,
  question: Parameters<typeof listSealedOfCustomer>[2],
): Promise<OpenedEntry[]> {
  const entries = await listSealedOfCustomer(database, logShard, question);
  const opened = await Promise.all(
    entries.map(async ({ leaf, sealed, ...view }) => {
      const { bytes, blind } = await openStored(database, keys, { logShard, index: view.index, leaf, detail: sealed });
      if (decodeLeaf(leaf)?.commitment.equals(commit(blind, bytes)) !== true)
        throw new LedgerError("corrupt", "an entry's detail is not the one its leaf commits to");
      return { ...view, detail: parseDetail(bytes) };
    }),
  );
  return opened.filter(
    ({ entryId, detail }) =>
      detail.entryId === entryId && isShownTo(question.reader, { entryId, withheld: detail.withheld }),
  );
}

async function makeOpening(parts: ReaderParts, entryId: Uuid, reader: ToldReader): Promise<Opening | null> {
  const entry = await readEntry(parts.database, parts.logShard, entryId, reader);
  if (entry === null) return null;
  const { logShard } = parts;
  const { index, leaf, sealed } = entry;
  const { blind, bytes } = await openStored(parts.database, parts.keys, { logShard, index, leaf, detail: sealed });
  if (decodeLeaf(entry.leaf)?.commitment.equals(commit(blind, bytes)) !== true) {
    throw new LedgerError("corrupt", "an entry's detail is not the one its leaf commits to");
  }
  const detail = parseDetail(bytes);
  // INVARIANT: the seal says whether an entry is withheld; a column changed behind our back must not open it.
  if (detail.entryId !== entryId || !isShownTo(reader, { entryId, withheld: detail.withheld })) return null;
  return {
    leaf: entry.leaf.toString("base64"),
    r: blind.toString("base64"),
    detail,
    canonical: bytes.toString("utf8"),
  };
}

async function readTile(parts: ReaderParts, signed: Signed | null, place: TilePlace): Promise<Buffer | null> {
  const { level, number, width } = place;
  const size = signed?.head.size ?? 0;
  if (width < 1 || width > tileWidth(size, level === "entries" ? 0 : level, number)) return null;
  if (level === "entries") {
    const from = number * TILE_WIDTH;
    const leaves = await readLeaves(parts.database, parts.logShard, from, from + width);
    return Buffer.concat(leaves.flatMap((leaf) => [Buffer.of(leaf.length >> 8, leaf.length & 0xff), leaf]));
  }
  const [tile] = await tileReader(parts.database, parts.logShard)([{ level, number }]);
  if (tile === undefined || tile.length < width * HASH_BYTES)
    throw new LedgerError("corrupt", "a published tile is missing");
  return Buffer.from(tile.subarray(0, width * HASH_BYTES));
}
