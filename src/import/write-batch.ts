// Writes one batch of rows: records, rejects, totals and how far the run has come, in one transaction with one ledger entry.
import type { Uuid } from "../kernel/bytes.ts";
import { lengthPrefixed, u64be } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import { entryFor, VaultError, type WriteActor, type Written } from "../vault/vault.ts";
import { ImportError } from "./errors.ts";
import type { ImportParts } from "./parts.ts";
import { addDraft, addReject } from "./mapping-totals.ts";
import type { Mapping } from "./mapping.ts";
import { type BatchPlan, planBatch } from "./plan-batch.ts";
import { readSourcesOf } from "./read-sources.ts";
import type { Reject, RowDraft } from "./row-draft.ts";
import { countNewCustomers, insertRejects, lockRun, type RejectRow, type RunState, updateRun } from "./run-store.ts";
import { openTotals, type RunTotals, sealTotals } from "./run-totals.ts";

/** A row as read: its draft, or why there is none. `bytes` are what is sealed when it is refused. */
export interface ReadRow {
  readonly bytes: Uint8Array;
  readonly line: number;
  readonly draft: RowDraft | null;
  readonly rejects: readonly Reject[];
}

export interface Batch {
  readonly importId: Uuid;
  readonly mapping: Mapping;
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
export async function writeBatch(parts: ImportParts, actor: WriteActor, batch: Batch): Promise<void> {
  try {
    await writeWhole(parts, actor, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const refused = await findRefused(parts, batch.rows);
    // Refused together and taken apart: nobody can say which row is wrong.
    if (refused.size === 0) throw error;
    await writeWhole(parts, actor, { ...batch, rows: batch.rows.map((row) => rejectedIf(row, refused.get(row.line))) });
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

/** The lines that the vault refuses, with its reasons: halves are tried, and undone, until single rows are left. */
async function findRefused(parts: ImportParts, rows: readonly ReadRow[]): Promise<Map<number, string>> {
  const code = await tryOut(parts, rows);
  if (code === null) return new Map();
  const [only] = rows;
  if (only !== undefined && rows.length === 1) return new Map([[only.line, code]]);
  const middle = Math.ceil(rows.length / 2);
  const first = await findRefused(parts, rows.slice(0, middle));
  return new Map([...first, ...(await findRefused(parts, rows.slice(middle)))]);
}

async function tryOut(parts: ImportParts, rows: readonly ReadRow[]): Promise<string | null> {
  const drafts = draftsOf(rows);
  const plan = planBatch(parts.planTools(), drafts, await readSourcesOf(parts.vault, drafts));
  try {
    return await parts.database.transaction(async (tx) => {
      await writeRecords(parts, tx, newId(), plan);
      throw new TrialOver();
    });
  } catch (error) {
    if (error instanceof TrialOver) return null;
    if (isRefusal(error)) return error.code;
    throw error;
  }
}

function draftsOf(rows: readonly ReadRow[]): RowDraft[] {
  return rows.flatMap(({ draft }) => (draft === null ? [] : [draft]));
}

async function writeWhole(parts: ImportParts, actor: WriteActor, batch: Batch): Promise<void> {
  const drafts = draftsOf(batch.rows);
  const sources = await readSourcesOf(parts.vault, drafts);
  const plan = planBatch(parts.planTools(), drafts, sources);
  await settleUnits(parts, actor, plan);
  await parts.database.transaction(async (tx) => {
    const before = await lockRun(tx, batch.importId);
    if (before?.state !== "running" || before.offsetBytes !== batch.from.byte) {
      throw new ImportError("wrong-offset", "another sender has gone on with this import: ask how far it is");
    }
    const act = newId();
    const done = await writeRecords(parts, tx, act, plan);
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
    if (done.written.writes.length + done.written.authority.length === 0) return;
    const { importId, mapping, from, to } = batch;
    const detail = { import: importId, mapping: mapping.name, from: from.byte, to: to.byte, rows: batch.rows.length };
    await parts.ledger.appendIn(tx, [entryFor({ entryId: act, kind: "import" }, actor, done.written, { detail })]);
  });
}

/** Before the batch, since each is an act of its own: a run that is killed in between finds them settled and goes on. */
async function settleUnits({ vault }: ImportParts, actor: WriteActor, { units }: BatchPlan): Promise<void> {
  if (units.length === 0) return;
  const customerIds = [...new Set(units.map(({ customerId }) => customerId))];
  const stored = await vault.loadForDecision(customerIds.map((customerId) => ({ customerId })));
  const headers = new Map(
    stored.flatMap((customer) => customer.units.map(({ header }) => [header.unitId, header] as const)),
  );
  for (const change of units) {
    const header = headers.get(change.unitId);
    if (header === undefined || header.status === "erased") continue;
    const book = change.book ?? header.book;
    if (header.status !== change.status || header.book !== book) await vault.changeUnit({ ...change, book }, actor);
  }
}

interface Done {
  readonly written: Written;
  readonly created: number;
  readonly corrected: number;
  /** Corrections that turned out to say nothing new. */
  readonly unchanged: number;
  readonly suggestions: number;
}

async function writeRecords({ vault, seal }: ImportParts, tx: Transaction, act: Uuid, plan: BatchPlan): Promise<Done> {
  const made = plan.customers.length === 0 ? null : await vault.createMany(tx, act, plan.customers, { seal });
  const written = made === null ? [] : [made.written];
  let unchanged = 0;
  let suggestions = made?.suggestions.length ?? 0;
  for (const correction of plan.corrections) {
    const result = await vault.correctIn(tx, act, correction);
    suggestions += result.suggestions.length;
    if (result.written === null) unchanged += 1;
    else written.push(result.written);
  }
  const corrected = plan.corrections.length - unchanged;
  const created = made?.written.writes.length ?? 0;
  return { written: merge(written), created, corrected, unchanged, suggestions };
}

function merge(parts: readonly Written[]): Written {
  return {
    writes: parts.flatMap(({ writes }) => writes),
    authority: parts.flatMap(({ authority }) => authority),
    classes: [...new Set(parts.flatMap(({ classes }) => classes))],
    customers: [...new Set(parts.flatMap(({ customers }) => customers))],
  };
}

/** Returns how many rows were refused: each counts once, however much is wrong with it. */
async function keepRejects(parts: ImportParts, tx: Transaction, batch: Batch, plan: BatchPlan): Promise<Set<number>> {
  const late = Map.groupBy(plan.rejects, ({ line }) => line);
  const rejected: RejectRow[] = batch.rows.flatMap((row) =>
    [...row.rejects, ...(late.get(row.line) ?? [])].map(({ line, field, code: reason }) => {
      const aad = lengthPrefixed("uberrima/import-reject/v1", batch.importId, u64be(line), field, reason);
      return { line, field, reason, sealedLine: parts.keys.sealUnder("rejects", row.bytes, aad) };
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

function added(was: RunTotals, batch: Batch, { plan, done, refused, met }: Outcome): RunTotals {
  let control: ReturnType<typeof addDraft> = was.control;
  let warnings = was.warnings;
  for (const { line, draft } of batch.rows) {
    if (draft === null || refused.has(line)) {
      control = addReject(control);
      continue;
    }
    control = addDraft(control, batch.mapping, draft);
    warnings += draft.records
      .flatMap(({ fields }) => Object.values(fields))
      .filter(({ warning }) => warning !== undefined).length;
  }
  return {
    control: { ...control, sums: { ...control.sums } },
    created: was.created + done.created,
    corrected: was.corrected + done.corrected,
    unchanged: was.unchanged + plan.unchanged + done.unchanged,
    customersCreated: was.customersCreated + plan.customers.filter(({ create }) => create !== null).length,
    customers: was.customers + met,
    suggestions: was.suggestions + done.suggestions,
    warnings,
  };
}
