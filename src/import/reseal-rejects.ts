// After a rotation of the key of rejects: rejected lines and totals are sealed again under the newest version, a batch at a time.
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import { ImportError } from "./errors.ts";
import { openLine, sealLine } from "./rejected-line.ts";
import { lockRun } from "./run-store.ts";
import { openTotals, sealTotals } from "./run-totals.ts";
import {
  insertLineReseals,
  type LinePlace,
  readLineReseals,
  readLines,
  readRunIds,
  type StoredLine,
  updateTotals,
} from "./store-reseal.ts";

/** Where a resealing stands; start with null. */
export type ResealCursor =
  | { readonly at: "runs"; readonly after: Uuid | null }
  | { readonly at: "lines"; readonly after: LinePlace | null };

export interface ResealProgress {
  /** Null when everything has been gone through. */
  readonly next: ResealCursor | null;
  readonly resealed: number;
  /** What does not open at all. While there is any, no older key may be destroyed: a backup may yet bring back what it opens. */
  readonly unreadable: number;
}

interface ResealParts {
  readonly database: Database;
  readonly keys: Pick<Keys, "sealUnder" | "openUnder" | "standing">;
}

// A line has at most a megabyte, and stands there twice.
const BATCH_LINES = 64;
const BATCH_RUNS = 100;

/** Safe to stop and to run again, here and elsewhere at once. */
export function resealRejects(parts: ResealParts, cursor: ResealCursor | null): Promise<ResealProgress> {
  const from = cursor ?? { at: "runs", after: null };
  return from.at === "runs" ? resealRuns(parts, from.after) : resealLines(parts, from.after);
}

async function resealRuns(parts: ResealParts, after: Uuid | null): Promise<ResealProgress> {
  const ids = await readRunIds(parts.database, after, BATCH_RUNS);
  const counts = { newest: 0, resealed: 0, unreadable: 0 };
  for (const id of ids) counts[await resealTotals(parts, id)] += 1;
  const last = ids.length < BATCH_RUNS ? undefined : ids.at(-1);
  const next: ResealCursor = last === undefined ? { at: "lines", after: null } : { at: "runs", after: last };
  return { next, resealed: counts.resealed, unreadable: counts.unreadable };
}

function resealTotals({ database, keys }: ResealParts, importId: Uuid): Promise<"newest" | "resealed" | "unreadable"> {
  return database.transaction(async (tx) => {
    const run = await lockRun(tx, importId);
    if (run === null || keys.standing("rejects", run.totals) === "newest") return "newest";
    try {
      await updateTotals(tx, importId, sealTotals(keys, run, openTotals(keys, run, run.totals)));
      return "resealed";
    } catch (error) {
      if (error instanceof ImportError && error.code === "forged-run") return "unreadable";
      throw error;
    }
  });
}

async function resealLines({ database, keys }: ResealParts, after: LinePlace | null): Promise<ResealProgress> {
  const rows = await readLines(database, after, BATCH_LINES);
  const reseals: Parameters<typeof insertLineReseals>[1][number][] = [];
  let unreadable = 0;
  for (const row of rows) {
    if (isUnderNewest(keys, row, row.sealedLine) || (row.newest !== null && isUnderNewest(keys, row, row.newest)))
      continue;
    const line = await openAny({ database, keys }, row);
    if (line === null) unreadable += 1;
    else reseals.push({ ...row, sealed: sealLine(keys, row, line) });
  }
  await insertLineReseals(database, reseals);
  const last = rows.length < BATCH_LINES ? undefined : rows.at(-1);
  return { next: last === undefined ? null : { at: "lines", after: last }, resealed: reseals.length, unreadable };
}

/** INVARIANT: only what was opened just now counts as done, so that a row inserted by somebody else never stands for what it pretends to be. */
function isUnderNewest(keys: ResealParts["keys"], row: StoredLine, sealed: Uint8Array): boolean {
  return keys.standing("rejects", sealed) === "newest" && openLine(keys, row, sealed) !== null;
}

/** As it was kept at first, else the newest reseal that opens: a bad one that somebody inserted hides no good one. */
async function openAny({ database, keys }: ResealParts, row: StoredLine): Promise<Buffer | null> {
  const first = openLine(keys, row, row.sealedLine);
  if (first !== null) return first;
  for await (const reseal of readLineReseals(database, row)) {
    const line = openLine(keys, row, reseal);
    if (line !== null) return line;
  }
  return null;
}
