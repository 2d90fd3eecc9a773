// Compares everything stored with what the ledger says was last written: the log itself, authority rows, customers, units, records, tokens.
import {
  gatherWrittenRows,
  type Access,
  type Authenticated,
  verifyAuthority,
  type WrittenRows,
  viaOf,
} from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId, parseId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import { checkLedger, type Ledger, LedgerError, type SignerMemory } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import { ledgerFacts, type LedgerFacts, verificationRanges, verifyRange, type Vault } from "../vault/vault.ts";
import { OperationsError } from "./errors.ts";
import { wordsFor } from "./finding-words.ts";

export interface VerificationParts {
  readonly database: Database;
  readonly keys: Keys;
  readonly access: Access;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly logShard: number;
  readonly signerMemory: SignerMemory;
  /** Tables that are made from authority rows, each compared with them. */
  readonly macced: readonly Derived[];
  /** The index of letters, which is one of them and has no MAC. */
  readonly letters: {
    verify(): AsyncGenerator<{ readonly code: string; readonly id: string; readonly customerId: Uuid | null }>;
  };
  /** Papers: what the ledger says was taken in, gathered entry by entry, and then every part against it. */
  readonly documents: { papers(): Papers };
}

interface Detail {
  readonly [key: string]: unknown;
}

interface Papers {
  note(detail: Detail): void;
  verify(asked: {
    readonly isErased: (customerId: Uuid, unitId: Uuid) => Promise<boolean>;
    readonly newestDetails: (customerId: Uuid) => Promise<readonly Detail[]>;
  }): AsyncGenerator<{ readonly code: string; readonly recordId: Uuid; readonly customerId: Uuid | null }>;
}

interface Derived {
  verify(): AsyncGenerator<{
    readonly code: string;
    readonly requestId: string;
    readonly customerId: Uuid | null;
  }>;
}

/** Ids, codes and our own words. */
export interface DataFinding {
  readonly code: string;
  readonly message: string;
  readonly index: number | null;
  readonly customerId: Uuid | null;
  readonly recordId: Uuid | null;
}

export interface DataReport {
  readonly entries: number;
  readonly records: number;
  readonly authorityRows: number;
  readonly findings: readonly DataFinding[];
  /** There is more wrong than is listed. */
  readonly truncated: boolean;
  /** Empty before the first, and where the stored one is not ours. */
  readonly checkpoint: string;
}

const FINDINGS_MAX = 500;
/** Entries that write source keys. */
const WRITES = ["import", "customer-create", "record-create", "record-correct"] as const;
/** What one customer is written while a verification runs. */
const NEWEST_MAX = 50;

/** May run while everything else does. Throws OperationsError; LedgerError when storage cannot be read at all. */
export async function verifyData(parts: VerificationParts, actor: Authenticated): Promise<DataReport> {
  if (!parts.access.may(actor, "verification.run")) throw new OperationsError("not-permitted");
  await recordUnlessBroken(parts.ledger, actor);
  const ranges = await verificationRanges(parts.database);
  const tally = { entries: 0, records: 0, authorityRows: 0 };
  const findings: DataFinding[] = [];
  let truncated = false;
  for (const [at, range] of ranges.entries()) {
    const facts = ledgerFacts(range);
    for await (const found of at === 0 ? firstPass(parts, facts, tally) : laterPass(parts, facts, tally)) {
      truncated ||= findings.length === FINDINGS_MAX;
      if (truncated) break;
      findings.push(found);
    }
  }
  return { ...tally, findings, truncated, checkpoint: await checkpointOf(parts.ledger) };
}

interface Tally {
  entries: number;
  records: number;
  authorityRows: number;
}

type Findings = AsyncGenerator<DataFinding, void, undefined>;

/** Walks the log once for all that is not cut into ranges. */
async function* firstPass(parts: VerificationParts, facts: LedgerFacts, tally: Tally): Findings {
  const written = gatherWrittenRows();
  const { database, keys, ledger } = parts;
  for (const { code, of } of await keys.keyFaults())
    yield { code, message: `${of}: ${wordsFor(code)}`, index: null, customerId: null, recordId: null };
  const papers = parts.documents.papers();
  const noted: Noted = {
    note: (entry) => {
      written.note(entry);
      papers.note(entry.detail);
    },
  };
  for await (const { code, index } of walk(parts, facts, tally, noted)) {
    yield { code, message: wordsFor(code), index, customerId: null, recordId: null };
  }
  tally.authorityRows = written.left().length;
  const readable = { entry: ledger.entry, opening: openingOf(ledger) };
  for await (const { code, row, id } of verifyAuthority({ database, keys, ledger: readable, written })) {
    const customerId = row === "customer" ? parseId(id) : null;
    yield {
      code: `${row}-${code}`,
      message: `${row} ${id}: ${wordsFor(code)}`,
      index: null,
      customerId,
      recordId: null,
    };
  }
  for (const each of parts.macced)
    for await (const { code, requestId, customerId } of each.verify()) {
      const message = `request ${requestId}: ${wordsFor(`queue-${code}`)}`;
      yield { code: `queue-${code}`, message, index: null, customerId, recordId: null };
    }
  for await (const { code, id, customerId } of parts.letters.verify())
    yield findingOf(`letter-${code}`, `letter ${id}`, { customerId, recordId: null });
  yield* verifyPapers(parts, papers);
  yield* verifyRecords(parts, facts, tally);
}

function findingOf(code: string, what: string, of: Pick<DataFinding, "customerId" | "recordId">): DataFinding {
  return { code, message: `${what}: ${wordsFor(code)}`, index: null, ...of };
}

async function* verifyPapers({ database, keys, ledger }: VerificationParts, papers: Papers): Findings {
  const isErased = async (customerId: Uuid, unitId: Uuid): Promise<boolean> => {
    // One that does not verify is told of among the erasures.
    const erasures = await keys.erasuresOf(database, customerId).catch(() => []);
    return erasures.some((erasure) => erasure.unitId === null || erasure.unitId === unitId);
  };
  for await (const { code, recordId, customerId } of papers.verify({
    isErased,
    newestDetails: newestDetailsOf(ledger),
  }))
    yield findingOf(`paper-${code}`, `paper ${recordId}`, { customerId, recordId });
}

async function* laterPass(parts: VerificationParts, facts: LedgerFacts, tally: Tally): Findings {
  // What is wrong with the log itself was told by the first pass.
  const again = walk(parts, facts, null, null);
  while ((await again.next()).done !== true);
  yield* verifyRecords(parts, facts, tally);
}

type Noted = Pick<WrittenRows, "note">;

function walk(parts: VerificationParts, facts: LedgerFacts, tally: Tally | null, written: Noted | null) {
  const { database, keys, ledger, logShard, signerMemory } = parts;
  return checkLedger({
    database,
    keys,
    origin: ledger.origin,
    logShard,
    signerMemory,
    onEntry: (entry) => {
      if (tally !== null) tally.entries += 1;
      written?.note(entry);
      facts.add(entry.detail);
    },
  });
}

async function* verifyRecords(parts: VerificationParts, facts: LedgerFacts, tally: Tally): Findings {
  tally.records += [...facts.records()].length;
  const { database, keys, ledger, vault } = parts;
  const opening = openingOf(ledger);
  const openDetail = async (entryId: Uuid) => (await opening(entryId, "cleared"))?.detail ?? null;
  const newestDetails = newestDetailsOf(ledger);
  for await (const { code, customerId, recordId } of verifyRange(
    { database, keys, registry: vault.registry, openDetail, newestDetails },
    facts,
  )) {
    yield { code, message: wordsFor(code), index: null, customerId, recordId };
  }
}

function newestDetailsOf(ledger: Ledger) {
  const opening = openingOf(ledger);
  return async (customerId: Uuid) => {
    const { items } = await ledger.accounting(customerId, { kinds: WRITES }, { limit: NEWEST_MAX }, "cleared");
    const opened = await Promise.all(items.map(({ entryId }) => opening(entryId, "cleared")));
    return opened.flatMap((each) => (each === null ? [] : [each.detail]));
  };
}

/** An entry that no longer opens was told of by the walk: to those who ask what it wrote it says nothing. */
function openingOf(ledger: Pick<Ledger, "opening">): Ledger["opening"] {
  return async (...asked) => {
    try {
      return await ledger.opening(...asked);
    } catch (error) {
      if (error instanceof LedgerError && error.code === "corrupt") return null;
      throw error;
    }
  };
}

/**
 * A ledger whose history was changed takes no entries any more: just then it must be possible to find out what was changed. An entry of ours under a new id
 * that the database refuses is a sign of that too (a row already stands where it is to be sequenced). What passes is to be tried again: nothing is verified
 * without an entry that says so, but for such a ledger.
 */
async function recordUnlessBroken(ledger: Pick<Ledger, "append">, actor: Authenticated): Promise<void> {
  try {
    await record(ledger, actor);
  } catch (error) {
    if (!(error instanceof LedgerError) || error.retryable) throw error;
  }
}

async function record(ledger: Pick<Ledger, "append">, actor: Authenticated): Promise<void> {
  const sequenced = await ledger.append({
    entryId: newId(),
    kind: "verification",
    outcome: "done",
    actorId: actor.principalId,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: "role-duty",
    classes: [],
    withheld: false,
    detail: { ...viaOf(actor) },
    guard: { actorRevision: actor.revision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) throw new OperationsError("stale-actor");
}

async function checkpointOf(ledger: Pick<Ledger, "checkpoint">): Promise<string> {
  try {
    return await ledger.checkpoint();
  } catch (error) {
    // One that is gone or not ours was told of by the walk.
    if (error instanceof LedgerError && (error.fatal || error.code === "not-published")) return "";
    throw error;
  }
}
