// Executes an approved disposal, unit by unit, each judged again; goes on where a crash left it, and certifies the run when every erasure is final.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { inLanes } from "../kernel/in-lanes.ts";
import type { Transaction } from "../postgres/database.ts";
import { VaultError } from "../vault/vault.ts";
import type { RetentionContext } from "./context.ts";
import { certifyRun } from "./certify-run.ts";
import { assertSealed, digestOf, sealed } from "./disposal-lines.ts";
import type { DisposalRow } from "./disposal-row.ts";
import { insertOutcome, type Line, type Outcome, selectLines, selectOutcomes } from "./disposal-store.ts";
import { erase } from "./erase.ts";
import { RetentionError } from "./errors.ts";
import { judgeCustomer } from "./judge-customers.ts";
import type { JudgedUnit } from "./judged.ts";
import { RUN_UNITS_MAX } from "./preview-disposal.ts";

/** What became of it since it was previewed. */
type Left = NonNullable<JudgedUnit["block"]> | "not-due" | "not-judged" | "gone" | "retention-duty" | "changing";

const ATTEMPTS = 3;
/** Of the database's connections, of which those who wait for an answer have the rest. */
const LANES = 4;

/** Safe to stop at any instant and to run in several processes. Throws RetentionError `not-believed`. */
export async function runDisposal(context: RetentionContext, row: DisposalRow, signal: AbortSignal): Promise<void> {
  const { rowId: disposalId } = row;
  const lines = await approvedLines(context, row);
  const outcomes = await selectOutcomes(context.database, disposalId);
  assertSealed(context, disposalId, outcomes);
  const done = new Set(outcomes.map(({ line }) => line));
  const waiting = lines.filter(({ line }) => !done.has(line));
  // Units of one customer one after another: each erasure moves the customer on.
  const customers = [...Map.groupBy(waiting, ({ customerId }) => customerId).values()];
  await inLanes(customers, LANES, (own) => {
    signal.throwIfAborted();
    return disposeAll(context, disposalId, own);
  });
  if (waiting.length > 0) return;
  await certifyRun(context, row, { lines, outcomes });
}

/** INVARIANT: what is erased is just what was approved: all lines of the preview, or nothing. */
async function approvedLines(context: RetentionContext, { rowId, content }: DisposalRow): Promise<readonly Line[]> {
  const { state, found, decided } = content;
  if (state !== "approved" || found === null || decided === null) throw new RetentionError("wrong-state");
  const lines = await selectLines(context.database, rowId);
  if (digestOf(rowId, lines) !== found.digest) throw new RetentionError("not-believed");
  const due = lines.filter(({ verdict }) => verdict === "due");
  if (due.length > RUN_UNITS_MAX || due.length !== found.due) throw new RetentionError("not-believed");
  return due;
}

async function disposeAll(context: RetentionContext, disposalId: Uuid, lines: readonly Line[]): Promise<void> {
  for (const line of lines) await dispose(context, disposalId, line);
}

async function dispose(context: RetentionContext, disposalId: Uuid, line: Line): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const judged = await judgeCustomer(context, line.customerId);
    const unit = judged?.units.find(({ header }) => header.unitId === line.unitId);
    if (judged === null || unit === undefined) return leave(context, disposalId, line, "gone");
    const why = whyLeft(unit);
    if (why !== null) return leave(context, disposalId, line, why);
    try {
      return await eraseLine(context, disposalId, line, judged.revision);
    } catch (error) {
      if (error instanceof RetentionError && error.code === "erasure-forbidden")
        return leave(context, disposalId, line, "retention-duty");
      if (!(error instanceof VaultError)) throw error;
      // Erased by another process, or by somebody's request, since: whoever did it has written what became of it.
      if (error.code === "erased") return leave(context, disposalId, line, "gone");
      if (error.code !== "stale" && error.code !== "held") throw error;
      if (attempt === ATTEMPTS) return leave(context, disposalId, line, "changing");
    }
  }
}

function whyLeft({ verdict, block }: JudgedUnit): Left | null {
  if (verdict.is === "unjudged") return "not-judged";
  return verdict.is === "due" ? block : "not-due";
}

/** The erasure, its entry and what the run says of it are one commit. */
async function eraseLine(
  context: RetentionContext,
  disposalId: Uuid,
  { line, customerId, unitId }: Line,
  restsOn: number,
): Promise<void> {
  const { access } = context;
  const also = async (tx: Transaction, [, erasureId]: readonly Uuid[]): Promise<void> => {
    const outcome: Outcome = { line, outcome: "erased", reason: null, erasureId: erasureId ?? null };
    if (!(await insertOutcome(tx, disposalId, sealed(context, disposalId, outcome))))
      throw new VaultError("erased", "another process has disposed of it");
  };
  const actor = {
    actorId: access.system.principalId,
    actorRevision: null,
    purpose: "administration",
    basis: "role-duty",
    note: `disposal ${disposalId}`,
    also,
  } as const;
  await erase(context, { customerId, unitId, restsOn }, null, actor);
}

/** Nothing happens to it, which is an entry as well. */
async function leave(context: RetentionContext, disposalId: Uuid, line: Line, why: Left): Promise<void> {
  const { database, ledger, access } = context;
  const { customerId, unitId } = line;
  await database.transaction(async (tx) => {
    const outcome: Outcome = { line: line.line, outcome: "left", reason: why, erasureId: null };
    if (!(await insertOutcome(tx, disposalId, sealed(context, disposalId, outcome)))) return;
    await ledger.appendIn(tx, [
      {
        entryId: newId(),
        kind: "retention",
        outcome: "denied",
        actorId: access.system.principalId,
        customerId,
        recipientId: null,
        purpose: "administration",
        basis: "role-duty",
        classes: [],
        // As a refused erasure: nobody learns from it that they are investigated.
        withheld: why === "legal-hold" || why === "open-investigation",
        detail: { action: "disposal.run", disposal: disposalId, unit: unitId, left: why },
        guard: { actorRevision: null, customerRevision: null, policyRevision: null },
      },
    ]);
  });
}
