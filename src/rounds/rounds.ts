// Rounds of a notice: a preview that one person asks for, the approval of just that by another, and what the server then sends; read and written here.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { ask, type Decided, decide, roundOf, roundsIn, withdraw } from "./acts.ts";
import type { RoundsContext } from "./context.ts";
import { RoundError } from "./errors.ts";
import { makePreview } from "./preview-round.ts";
import { type ProvedLine, provedLines } from "./proofs.ts";
import { ROUND, type RoundFace, roundFace, type RoundRow } from "./round-row.ts";
import { countOutcomes, type LinesAsked, selectProgress } from "./round-store.ts";
import { runRound } from "./run-round.ts";

export type { RoundErrorCode } from "./errors.ts";
export type { ProvedLine } from "./proofs.ts";
export type { RoundFace } from "./round-row.ts";

/** Writes throw RoundError, and AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Rounds {
  /** The first of two: the server makes the preview in the background. Throws `unknown-notice`, `too-many-open`. */
  ask(
    asker: Authenticated,
    asked: { readonly notice: string; readonly reason: string },
    also?: AlsoWrite,
  ): Promise<RoundFace>;
  /** The second of two people, of the preview with just this digest. Throws `own-request`, `wrong-state`, `preview-changed`, `preview-old`. */
  decide(asker: Authenticated, decided: Decided, also?: AlsoWrite): Promise<RoundFace>;
  /** Before it is approved, by whoever may ask. */
  withdraw(asker: Authenticated, roundId: Uuid, also?: AlsoWrite): Promise<RoundFace>;
  get(roundId: Uuid): Promise<RoundFace>;
  list(page: {
    readonly after: Uuid | null;
    readonly limit: number;
  }): Promise<{ readonly items: readonly RoundFace[]; readonly next: Uuid | null }>;
  /** By number, with what became of each and how it is proved. */
  lines(roundId: Uuid, asked: LinesAsked): Promise<readonly ProvedLine[]>;
  /** For the background: makes previews, and sends what was approved. Safe to stop, and to run in several processes. */
  look(signal: AbortSignal): Promise<void>;
}

export function openRounds(context: RoundsContext): Rounds {
  const face = async (roundId: Uuid) => faceOf(context, await roundOf(context, roundId));
  return {
    ask: async (asker, asked, also) => face(await ask(context, asker, asked, also)),
    decide: async (asker, decided, also) => face(await decide(context, asker, decided, also)),
    withdraw: async (asker, roundId, also) => face(await withdraw(context, asker, roundId, also)),
    get: face,
    list: async ({ after, limit }) => {
      const page = await context.authority.page(context.database, ROUND, { state: "live", after, limit });
      return { items: await Promise.all(page.rows.map((row) => faceOf(context, row))), next: page.next };
    },
    lines: async (roundId, asked) => {
      await roundOf(context, roundId);
      return provedLines(context, roundId, asked);
    },
    look: (signal) => look(context, signal),
  };
}

async function faceOf({ database }: RoundsContext, row: RoundRow): Promise<RoundFace> {
  const { state, found } = row.content;
  if (state === "previewing") return roundFace(row, await selectProgress(database, row.rowId));
  const isRunning = state === "approved" || state === "complete";
  if (!isRunning || found === null) return roundFace(row, null);
  return roundFace(row, { done: await countOutcomes(database, row.rowId), total: found.due });
}

/** One that cannot go on keeps none of the others waiting; what stopped it is told at the end. */
async function look(context: RoundsContext, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const row of await roundsIn(context, ["previewing", "approved"])) {
    signal.throwIfAborted();
    try {
      await (row.content.state === "previewing" ? makePreview : runRound)(context, row, signal);
    } catch (error) {
      // Withdrawn meanwhile, or brought to its end by another process.
      if (!(error instanceof RoundError && error.code === "wrong-state")) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
