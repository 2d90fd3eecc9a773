// Sends an approved round, customer by customer, each judged again; goes on where a crash left it, and writes to nobody twice.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { inLanes } from "../kernel/in-lanes.ts";
import { AppError } from "../kernel/app-error.ts";
import type { NoticeRule } from "../notices/notices.ts";
import { versionInForce } from "../notices/notices.ts";
import type { Transaction } from "../postgres/database.ts";
import { changeRound, ruleOf } from "./acts.ts";
import type { RoundsContext } from "./context.ts";
import { RoundError } from "./errors.ts";
import { type DueCustomer, judgeDue } from "./judge-due.ts";
import { counted, ROUND_CUSTOMERS_MAX } from "./preview-round.ts";
import { assertSealed, digestOf, sealed } from "./round-lines.ts";
import type { RoundRow } from "./round-row.ts";
import { insertOutcome, type Line, type Outcome, selectLines, selectOutcomes } from "./round-store.ts";

/** What became of it since it was previewed. */
type Left = NonNullable<DueCustomer["block"]> | "not-due" | "no-mail-address" | "not-by-mail" | "mail-is-off";

const LANES = 4;

/** Safe to stop at any instant and to run in several processes. Throws RoundError `not-believed`. */
export async function runRound(context: RoundsContext, row: RoundRow, signal: AbortSignal): Promise<void> {
  const { rowId: roundId } = row;
  const rule = ruleOf(context, row.content.notice);
  const lines = await approvedLines(context, row);
  const outcomes = await selectOutcomes(context.database, roundId);
  assertSealed(context, roundId, outcomes);
  const done = new Set(outcomes.map(({ line }) => line));
  const waiting = lines.filter(({ line }) => !done.has(line));
  await inLanes(waiting, LANES, (line) => {
    signal.throwIfAborted();
    return send(context, rule, { roundId, line });
  });
  if (waiting.length === 0) await finish(context, roundId, outcomes);
}

/** INVARIANT: whoever is written to is just whom was approved, about the version that was approved: all lines of the preview, or nothing. */
async function approvedLines(context: RoundsContext, { rowId, content }: RoundRow): Promise<readonly Line[]> {
  const { state, found, decided, notice } = content;
  if (state !== "approved" || found === null || decided === null) throw new RoundError("wrong-state");
  const lines = await selectLines(context.database, rowId);
  if (digestOf(rowId, { notice, version: found.version }, lines) !== found.digest) throw new RoundError("not-believed");
  const due = lines.filter(({ verdict }) => verdict === "due");
  if (due.length > ROUND_CUSTOMERS_MAX || due.length !== found.due) throw new RoundError("not-believed");
  return due;
}

interface At {
  readonly roundId: Uuid;
  readonly line: Line;
}

async function send(context: RoundsContext, rule: NoticeRule, at: At): Promise<void> {
  const { customerId } = at.line;
  const units = await context.vault.unitsOf(customerId);
  const [now] = await judgeDue(context, rule, new Map([[customerId, units]]));
  if (now === undefined) return leave(context, at, "not-due");
  if (now.block !== null) return leave(context, at, now.block);
  try {
    await (now.channel === "mail" ? mail : letter)(context, rule, { ...at, now });
  } catch (error) {
    const why = error instanceof AppError ? LEFT_BY.get(error.code) : undefined;
    if (why !== undefined) return leave(context, at, why);
    // Another process has just done it.
    if (!(error instanceof RoundError && error.code === "done-already")) throw error;
  }
}

const LEFT_BY: ReadonlyMap<string, Left> = new Map<string, Left>([
  ["no-mail-address", "no-mail-address"],
  ["not-by-mail", "not-by-mail"],
  ["not-configured", "mail-is-off"],
  ["mailed-already", "under-way"],
  ["no-relationship", "no-relationship"],
]);

interface Sending extends At {
  readonly now: DueCustomer;
}

/** What stands about the same is one letter, whoever asked for it. */
function servesOf({ clock }: RoundsContext, rule: NoticeRule, { why }: DueCustomer): string {
  const now = clock.now();
  const what = `${rule.notice}/${versionInForce(rule, now).version}`;
  if (why === "initial" || why === "revised") return what;
  return why === "reminder" ? `${what}/reminder/${now.getUTCFullYear()}` : `${what}/${now.getUTCFullYear()}`;
}

async function letter(context: RoundsContext, rule: NoticeRule, sending: Sending): Promise<void> {
  const { letters, notices } = context;
  const { customerId, language, why } = sending.now;
  const { values, delivers } = notices.letterOf(rule.notice, language, why);
  const kind = why === "repeat" ? "annual-privacy-notice" : "privacy-notice";
  const order = {
    customerId,
    kind,
    language,
    values: { ...values },
    serves: servesOf(context, rule, sending.now),
    delivers,
  } as const;
  const noted = noting(context, sending, "letter");
  await letters.enqueue(order, { also: noted.also });
  // One that stood already: it was queued by somebody else meanwhile.
  if (!noted.isDone()) await leave(context, sending, "under-way");
}

async function mail(context: RoundsContext, rule: NoticeRule, sending: Sending): Promise<void> {
  const { access, notices } = context;
  const { customerId, language, why } = sending.now;
  const order = {
    customerId,
    letter: notices.letterOf(rule.notice, language, why),
    serves: servesOf(context, rule, sending.now),
  };
  await notices.mail(order, { actor: access.system, also: noting(context, sending, "mail").also });
}

/** In the transaction of the letter: both or neither. */
function noting(context: RoundsContext, { roundId, line }: At, channel: "letter" | "mail") {
  let isDone = false;
  return {
    isDone: () => isDone,
    also: async (tx: Transaction, [sentAs]: readonly Uuid[]): Promise<void> => {
      const outcome: Outcome = { line: line.line, outcome: "sent", channel, reason: null, sentAs: sentAs ?? null };
      if (!(await insertOutcome(tx, roundId, sealed(context, roundId, outcome)))) throw new RoundError("done-already");
      isDone = true;
    },
  };
}

/** Nothing goes out to them, which is an entry as well. */
async function leave(context: RoundsContext, { roundId, line }: At, why: Left): Promise<void> {
  const { access, database, ledger } = context;
  await database.transaction(async (tx) => {
    const outcome: Outcome = { line: line.line, outcome: "left", channel: null, reason: why, sentAs: null };
    if (!(await insertOutcome(tx, roundId, sealed(context, roundId, outcome)))) return;
    await ledger.appendIn(tx, [
      {
        entryId: newId(),
        kind: "notice",
        outcome: "denied",
        actorId: access.system.principalId,
        customerId: line.customerId,
        recipientId: null,
        purpose: "administration",
        basis: "role-duty",
        classes: [],
        withheld: false,
        detail: { action: "notice-round.run", round: roundId, left: why },
        guard: { actorRevision: null, customerRevision: null, policyRevision: null },
      },
    ]);
  });
}

async function finish(context: RoundsContext, roundId: Uuid, outcomes: readonly Outcome[]): Promise<void> {
  const { access, clock } = context;
  const left = outcomes.filter(({ outcome }) => outcome === "left");
  const counts = { sent: outcomes.length - left.length, left: left.length };
  const tally = new Map<string, number>();
  for (const { reason } of left) tally.set(reason ?? "", (tally.get(reason ?? "") ?? 0) + 1);
  const at = clock.now().toISOString();
  const change = { roundId, action: "notice-round.run", actor: access.system, detail: counts } as const;
  await changeRound(context, change, (held, entry) => {
    if (held.state !== "approved") throw new RoundError("wrong-state");
    return { ...held, state: "complete", ended: { at, entry, ...counts, leftBy: counted(tally) } };
  });
}
