// Carries decisions out, deed by deed: each is written down as done in the transaction that does it, so that a crash at any point leads to one of it.
import { AppError } from "../kernel/app-error.ts";
import { asId } from "../kernel/ids.ts";
import { type At, changeRequest, changeRow, getRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { applyCorrection } from "./correct.ts";
import { currentDeeds, type Deed } from "./deed-row.ts";
import { type Along, DeedOver } from "./deeds.ts";
import { lookAtChange } from "./look-at-change.ts";
import { overOnce, stamped } from "./over-once.ts";
import type { RequestRow } from "./request-row.ts";
import { setRestriction } from "./restrict.ts";
import { sayNo } from "./say-no.ts";

/** `quick`: whatever takes no longer than an answer may. */
export type Pace = "quick" | "all";

/** Longer than gathering thousands of records takes; what a crash left held goes on afterwards. */
const HELD_MS = 90_000;
const AGAIN_AFTER_MS = 5000;
const AGAIN_AFTER_MAX_MS = 3_600_000;
const TRIES_COUNTED_MAX = 10;
/** Deeds of one request in one go: more than it can have. */
const STEPS_MAX = 500;

export async function carryOut(context: RequestsContext, at: At, pace: Pace): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const row = await getRequest(context, at);
    const deed = nextDeed(row, context.clock.now(), pace);
    if (deed === null || !(await tryDeed(context, row, deed))) return;
  }
}

function nextDeed({ content }: RequestRow, now: Date, pace: Pace): Deed | null {
  if (content.state !== "fulfilling") return null;
  const isReady = ({ state, heldUntil }: Deed): boolean =>
    state === "due" && (heldUntil === null || new Date(heldUntil) <= now);
  return currentDeeds(content).find((one) => isReady(one) && (pace === "all" || one.do !== "copy")) ?? null;
}

/** Whether there may be more to do. */
async function tryDeed(context: RequestsContext, row: RequestRow, deed: Deed): Promise<boolean> {
  try {
    await doDeed(context, row, deed);
    return true;
  } catch (error) {
    if (error instanceof DeedOver) return true;
    context.onFailure(error);
    await noteFailure(context, row, deed, error);
    return false;
  }
}

function doDeed(context: RequestsContext, row: RequestRow, deed: Deed): Promise<void> {
  switch (deed.do) {
    case "copy":
      return copy(context, row, deed);
    case "erase":
      return erase(context, row, deed);
    case "restrict":
      return restrict(context, row, deed);
    case "choose":
      return sayNo(context, atOf(row), deed);
    case "correct":
      return applyCorrection(context, row, deed);
    // Told by a person, who says by what.
    case "tell":
    case "tell-statement":
      throw new DeedOver();
    case "list":
    case "review":
      return done(context, row, deed, {});
  }
}

const atOf = ({ ownerId, rowId }: RequestRow): At => ({ customerId: ownerId, requestId: rowId });

async function copy(context: RequestsContext, row: RequestRow, deed: Deed): Promise<void> {
  const { access, clock, deeds } = context;
  const at = atOf(row);
  if (deed.resultId !== null) return given(context, row, deed);
  const decidedBy = asId(row.content.decision?.by ?? access.system.principalId);
  const heldUntil = new Date(clock.now().getTime() + HELD_MS).toISOString();
  const begun = { ...deed, tries: deed.tries + 1 };
  await note(context, row, deed, { heldUntil, tries: begun.tries });
  const along: Along = (tx, made) => {
    const change = { state: "waits", resultId: made.resultId, heldUntil: null, fault: null } as const;
    return changeRow(context, tx, { ...at, act: made.act, rows: made.rows }, overOnce(context, begun, change));
  };
  await deeds.makeCopy({ ...at, decidedBy }, along);
  const made = await getRequest(context, at);
  await lookAtCopy(context, made);
}

/** One that was made by hand before. */
async function given(context: RequestsContext, row: RequestRow, deed: Deed): Promise<void> {
  await note(context, row, deed, { state: "waits" });
  await lookAtCopy(context, await getRequest(context, atOf(row)));
}

/** A copy counts once nothing of it is held for review any more, and is delivered once it was fetched. */
export async function lookAtCopy(context: RequestsContext, row: RequestRow): Promise<void> {
  const { clock, deeds } = context;
  const { content, ownerId: customerId } = row;
  const deed = currentDeeds(content).find((one) => one.do === "copy");
  if (deed === undefined || deed.resultId === null) return;
  const standing = await deeds.copyStanding({ customerId, copyId: asId(deed.resultId) });
  const now = clock.now().toISOString();
  if (deed.state === "waits" && standing === "gone")
    await note(context, row, deed, { state: "due", resultId: null, fault: "copy-gone" });
  if (deed.state === "waits" && (standing === "ready" || standing === "fetched")) await done(context, row, deed, {});
  if (deed.state !== "done" || content.state !== "decided" || standing !== "fetched") return;
  const changing = { asker: context.access.system, action: "right.fulfil", ...atOf(row), step: "delivered" } as const;
  await changeRequest(context, changing, ({ content: held }) =>
    held.state === "decided" ? { ...held, state: "closed", closed: { at: now, as: "done" } } : held,
  );
}

async function erase(context: RequestsContext, row: RequestRow, deed: Deed): Promise<void> {
  const at = atOf(row);
  const along: Along = (tx, made) =>
    changeRow(
      context,
      tx,
      { ...at, act: made.act },
      overOnce(context, deed, { ...stamped(context), resultId: made.resultId }),
    );
  const unitId = deed.to === null ? null : asId(deed.to);
  const came = await context.deeds.erase({ ...at, unitId }, along);
  if (came === "gone") return done(context, row, deed, { fault: "erased-before" });
  if (came === "done") return;
  // Back with whoever decides, with what stands against it.
  await note(context, row, deed, { ...stamped(context), state: "forbidden", obstacles: came.slice(0, 20) });
}

async function restrict(context: RequestsContext, row: RequestRow, deed: Deed): Promise<void> {
  const isDue = ({ state }: RequestRow["content"]): boolean => state === "fulfilling";
  const flagId = row.content.flagId ?? (await setRestriction(context, atOf(row), isDue));
  if (flagId === null) throw new DeedOver();
  await done(context, row, deed, { resultId: flagId });
}

function done(context: RequestsContext, row: RequestRow, deed: Deed, change: Partial<Deed>): Promise<void> {
  return note(context, row, deed, { ...stamped(context), ...change });
}

/** The deed one step on, as an entry of its own. */
function note(context: RequestsContext, row: RequestRow, deed: Deed, change: Partial<Deed>): Promise<void> {
  const { access } = context;
  const changing = { asker: access.system, action: "right.fulfil", ...atOf(row), step: "carried-out" } as const;
  const detail = { deed: deed.do, to: deed.to, state: change.state ?? deed.state, made: change.resultId ?? null };
  return changeRequest(context, { ...changing, detail }, overOnce(context, deed, change));
}

async function noteFailure(context: RequestsContext, row: RequestRow, deed: Deed, error: unknown): Promise<void> {
  const tries = Math.min(deed.tries + 1, TRIES_COUNTED_MAX);
  const wait = Math.min(AGAIN_AFTER_MAX_MS, AGAIN_AFTER_MS * 2 ** tries);
  const heldUntil = new Date(context.clock.now().getTime() + wait).toISOString();
  const fault = error instanceof AppError ? error.code : "failed";
  try {
    const read = await getRequest(context, atOf(row));
    const now = currentDeeds(read.content).find((one) => one.deedId === deed.deedId);
    if (now !== undefined) await note(context, read, now, { tries, fault: fault.slice(0, 60), heldUntil });
  } catch (second) {
    if (!(second instanceof DeedOver)) context.onFailure(second);
  }
}

/** What waits for something: a copy for its review, a correction for the customer's word. */
export async function follow(context: RequestsContext, at: At): Promise<void> {
  const row = await getRequest(context, at);
  await lookAtCopy(context, row);
  await lookAtChange(context, row);
}

/** All that wait for somebody or something, one after another. */
export async function carryOutAll(context: RequestsContext, ids: readonly At[], signal: AbortSignal): Promise<void> {
  for (const at of ids) {
    signal.throwIfAborted();
    try {
      await carryOut(context, at, "all");
      await follow(context, at);
    } catch (error) {
      context.onFailure(error);
    }
  }
}
