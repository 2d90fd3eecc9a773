// Writes one batch of rows: records, rejects, totals and how far the run has come, in one transaction with one ledger entry.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { KeysError } from "../keys/keys.ts";
import type { Transaction } from "../postgres/database.ts";
import { entryFor, mergeWritten, type UnitReach, VaultError, type Written } from "../vault/vault.ts";
import { ImportError } from "./errors.ts";
import type { ImportParts, Sender } from "./parts.ts";
import { addDraft, addReject } from "./mapping-totals.ts";
import type { Mapping } from "./mapping.ts";
import { type BatchPlan, planBatch } from "./plan-batch.ts";
import { readSourcesOf } from "./read-sources.ts";
import { sealLine } from "./rejected-line.ts";
import type { Reject, RowDraft } from "./row-draft.ts";
import { countNewCustomers, insertRejects, lockRun, type RejectRow, type RunState, updateRun } from "./run-store.ts";
import { settleUnits } from "./settle-units.ts";
import { openTotals, type RunTotals, sealTotals } from "./run-totals.ts";

/** A row as read: its draft, or why there is none. `bytes` are what is sealed when it is refused. */
export interface ReadRow {
  readonly bytes: Uint8Array;
  readonly line: number;
  readonly draft: RowDraft | null;
  readonly rejects: readonly Reject[];
}

/** With what was said of where the file is from. */
export type FeedMapping = Mapping & { readonly origin: string };

export interface Batch {
  readonly importId: Uuid;
  readonly mapping: FeedMapping;
  readonly rows: readonly ReadRow[];
  /** Where the batch begins and ends in the file. */
  readonly from: FilePosition;
  readonly to: FilePosition;
  readonly columns: readonly number[];
  readonly state: Extract<RunState, "running" | "done">;
}

export interface FilePosition {
  readonly byte: number;
  readonly line: number;
}

/**
 * All or nothing. A row that the vault refuses (an erased customer, a key that leads elsewhere) is found first, and only it is rejected.
 * Throws ImportError "wrong-offset" when another sender came first, and LedgerError "stale" when the client was changed.
 */
export async function writeBatch(parts: ImportParts, sender: Sender, batch: Batch): Promise<void> {
  try {
    await writeAgain(parts, sender, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const refused = await findRefused(parts, sender, batch);
    // Refused together and taken apart: nobody can say which row is wrong.
    if (refused.size === 0) throw error;
    await writeAgain(parts, sender, {
      ...batch,
      rows: batch.rows.map((row) => rejectedIf(row, refused.get(row.line))),
    });
  }
}

const TRIES_MAX = 3;

/** A lease that ran out on a busy machine, or keys that another writer extended, are no reason to end an import of hours. */
async function writeAgain(parts: ImportParts, sender: Sender, batch: Batch): Promise<void> {
  for (let left = TRIES_MAX; ; left -= 1) {
    try {
      return await writeWhole(parts, sender, batch);
    } catch (error) {
      const passes = error instanceof KeysError && (error.code === "lease-expired" || error.code === "keys-changed");
      if (!passes || left <= 1) throw error;
    }
  }
}

function isRefusal(error: unknown): error is VaultError {
  return error instanceof VaultError && error.status < 500;
}

function rejectedIf(row: ReadRow, code: string | undefined): ReadRow {
  return code === undefined ? row : { ...row, draft: null, rejects: [{ line: row.line, field: "row", code }] };
}

/** Thrown to undo a trial. */
class TrialOver extends Error {}

type Tried = Pick<Batch, "mapping" | "rows">;

/** The lines that the vault refuses, with its reasons: halves are tried, and undone, until single rows are left. */
async function findRefused(parts: ImportParts, sender: Sender, { mapping, rows }: Tried): Promise<Map<number, string>> {
  const code = await tryOut(parts, sender, { mapping, rows });
  if (code === null) return new Map();
  const [only] = rows;
  if (only !== undefined && rows.length === 1) return new Map([[only.line, code]]);
  const middle = Math.ceil(rows.length / 2);
  const first = await findRefused(parts, sender, { mapping, rows: rows.slice(0, middle) });
  return new Map([...first, ...(await findRefused(parts, sender, { mapping, rows: rows.slice(middle) }))]);
}

async function tryOut(parts: ImportParts, sender: Sender, tried: Tried): Promise<string | null> {
  const { plan } = await planned(parts, sender, tried);
  try {
    return await parts.database.transaction(async (tx) => {
      await writeRecords(parts, tx, newId(), { plan, within: sender.within });
      throw new TrialOver();
    });
  } catch (error) {
    if (error instanceof TrialOver) return null;
    if (isRefusal(error)) return error.code;
    throw error;
  }
}

async function planned(
  parts: ImportParts,
  { holdsBack }: Sender,
  { mapping, rows }: Tried,
): Promise<{ readonly plan: BatchPlan }> {
  const drafts = draftsOf(rows);
  const tools = { ...parts.planTools(), holdsBack, origin: mapping.origin };
  return { plan: planBatch(tools, drafts, await readSourcesOf(parts.vault, drafts)) };
}

function draftsOf(rows: readonly ReadRow[]): RowDraft[] {
  return rows.flatMap(({ draft }) => (draft === null ? [] : [draft]));
}

async function writeWhole(parts: ImportParts, sender: Sender, batch: Batch): Promise<void> {
  const { plan } = await planned(parts, sender, batch);
  await settleUnits(parts.vault, sender, plan.units);
  await parts.database.transaction(async (tx) => {
    const before = await lockRun(tx, batch.importId);
    if (before?.state !== "running" || before.offsetBytes !== batch.from.byte) {
      throw new ImportError("wrong-offset", "another sender has gone on with this import: ask how far it is");
    }
    const act = newId();
    const done = await writeRecords(parts, tx, act, { plan, within: sender.within });
    const refused = await keepRejects(parts, tx, batch, plan);
    const met = await countNewCustomers(tx, batch.importId, plan.met);
    const was = openTotals(parts.keys, { ...before, importId: batch.importId }, before.totals);
    const totals = added(was, batch, { plan, done, refused, met });
    if (totals.control.rejected > batch.mapping.limits.rejects) {
      throw new ImportError(
        "too-many-rejects",
        `more than ${batch.mapping.limits.rejects} rows were refused: is this the right mapping?`,
      );
    }
    const place = { importId: batch.importId, offsetBytes: batch.to.byte, line: batch.to.line };
    const progress = {
      ...place,
      columns: batch.columns,
      state: batch.state,
      totals: sealTotals(parts.keys, place, totals),
    };
    await updateRun(tx, progress, parts.clock.now());
    const { writes, authority, sources: marks = [] } = done.written;
    if (writes.length + authority.length + marks.length === 0) return;
    const { importId, mapping, from, to } = batch;
    const of = { from: from.byte, to: to.byte, rows: batch.rows.length };
    const detail = { import: importId, mapping: mapping.name, origin: mapping.origin, ...of };
    await parts.ledger.appendIn(tx, [
      entryFor({ entryId: act, kind: "import" }, sender.actor, done.written, { detail }),
    ]);
  });
}

interface Done {
  readonly written: Written;
  readonly created: number;
  readonly corrected: number;
  /** Corrections that turned out to say nothing new. */
  readonly unchanged: number;
  /** Of those: what the source said before what it said last. */
  readonly older: number;
  readonly suggestions: number;
}

interface Writing {
  readonly plan: BatchPlan;
  readonly within: UnitReach;
}

async function writeRecords(
  { vault, seal }: ImportParts,
  tx: Transaction,
  act: Uuid,
  { plan: { customers, corrections }, within }: Writing,
): Promise<Done> {
  const made = customers.length === 0 ? null : await vault.createMany(tx, act, customers, { seal, within });
  const reached = corrections.map((correction) => ({ ...correction, within }));
  const changed = corrections.length === 0 ? null : await vault.correctMany(tx, act, reached);
  const unchanged = changed?.results.filter(({ isNothing }) => isNothing).length ?? 0;
  return {
    written: mergeWritten([made, changed].flatMap((part) => (part === null ? [] : [part.written]))),
    created: made?.written.writes.length ?? 0,
    corrected: corrections.length - unchanged,
    unchanged,
    older: changed?.results.filter(({ isOlder }) => isOlder).length ?? 0,
    suggestions: (made?.suggestions.length ?? 0) + (changed?.suggestions.length ?? 0),
  };
}

/** Returns how many rows were refused: each counts once, however much is wrong with it. */
async function keepRejects(parts: ImportParts, tx: Transaction, batch: Batch, plan: BatchPlan): Promise<Set<number>> {
  const late = Map.groupBy(plan.rejects, ({ line }) => line);
  const rejected: RejectRow[] = batch.rows.flatMap((row) =>
    [...row.rejects, ...(late.get(row.line) ?? [])].map(({ line, field, code: reason }) => {
      const refusal = { importId: batch.importId, line, field, reason };
      return { line, field, reason, sealedLine: sealLine(parts.keys, refusal, row.bytes) };
    }),
  );
  await insertRejects(tx, batch.importId, rejected);
  return new Set(rejected.map(({ line }) => line));
}

interface Outcome {
  readonly plan: BatchPlan;
  readonly done: Done;
  readonly refused: ReadonlySet<number>;
  readonly met: number;
}

/** A record that was left as it is, since the row is from before what its source said last. */
const OLDER = "older-than-known";

function added(was: RunTotals, batch: Batch, { plan, done, refused, met }: Outcome): RunTotals {
  let control: ReturnType<typeof addDraft> = was.control;
  const warningKinds: Record<string, number> = { ...was.warningKinds };
  for (const { line, draft } of batch.rows) {
    if (draft === null || refused.has(line)) {
      control = addReject(control);
      continue;
    }
    control = addDraft(control, batch.mapping, draft);
    for (const { fields } of draft.records) countWarnings(warningKinds, fields);
  }
  if (done.older > 0) warningKinds[OLDER] = (warningKinds[OLDER] ?? 0) + done.older;
  return {
    origin: was.origin,
    control: { ...control, sums: { ...control.sums } },
    created: was.created + done.created,
    corrected: was.corrected + done.corrected,
    unchanged: was.unchanged + plan.unchanged + done.unchanged,
    customersCreated: was.customersCreated + plan.customers.filter(({ create }) => create !== null).length,
    customers: was.customers + met,
    suggestions: was.suggestions + done.suggestions,
    warnings: Object.values(warningKinds).reduce((sum, count) => sum + count, 0),
    warningKinds,
  };
}

function countWarnings(kinds: Record<string, number>, fields: RowDraft["records"][number]["fields"]): void {
  for (const name in fields) {
    const warning = fields[name]?.warning;
    if (warning !== undefined) kinds[warning] = (kinds[warning] ?? 0) + 1;
  }
}
