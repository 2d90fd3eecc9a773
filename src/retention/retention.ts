// Retention: what must be kept and what falls due, legal holds, and erasures that nothing forbids.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { WriteActor } from "../vault/vault.ts";
import type { RetentionContext } from "./context.ts";
import { erase, type ErasureAsked } from "./erase.ts";
import { type ErasurePlace, type Judged, judgeErasure } from "./forbids.ts";
import { type Holds, openHolds } from "./holds.ts";

import { type Disposals, disposalsIn, openDisposals } from "./disposals.ts";
import { RetentionError } from "./errors.ts";
import { type NearMaxima, watchMaxima } from "./near-maxima.ts";
import { makePreview } from "./preview-disposal.ts";
import { type PrintedCertificate, printCertificate } from "./print-certificate.ts";
import type { RetentionRules } from "./rules.ts";
import { runDisposal } from "./run-disposal.ts";

export { RetentionError };
export { approvableUntil, type DisposalFace } from "./disposal-row.ts";

export type { HoldFace, HoldState } from "./hold-row.ts";
export { freeUnits } from "./obstacle.ts";
export { loadRetentionRules } from "./rules.ts";
export type { Judged };

export interface Retention {
  readonly holds: Holds;
  readonly disposals: Disposals;
  /** What is in force, as the files have it. */
  readonly rules: RetentionRules;
  /** What the law wants destroyed by a day that is near. */
  nearMaxima(): NearMaxima | null;
  /** For the background: makes previews, and runs what was approved. Safe to stop, and to run in several processes. */
  look(signal: AbortSignal): Promise<void>;
  /** Holds, duties, open claims and investigations, each with its citation and end. Throws RetentionError `unknown-customer`, `unknown-unit`. */
  whatForbidsErasure(place: ErasurePlace): Promise<Judged>;
  /** A PDF. */
  printCertificate(printed: PrintedCertificate): Promise<Buffer>;
  /** The erasure's id. `asker` is null where the server carries out what was granted. Throws RetentionError `erasure-forbidden` (recorded), VaultError "erased". */
  erase(asked: ErasureAsked, asker: Authenticated | null, actor: WriteActor): Promise<Uuid>;
}

export function openRetention(context: RetentionContext): Retention {
  const maxima = watchMaxima(context);
  return {
    holds: openHolds(context),
    disposals: openDisposals(context),
    rules: context.rules,
    nearMaxima: () => maxima.near(),
    look: async (signal) => {
      await look(context, signal);
      await maxima.look();
    },
    whatForbidsErasure: (place) => judgeErasure(context, place),
    printCertificate: (printed) => printCertificate(printed, context.clock.now()),
    erase: (asked, asker, actor) => erase(context, asked, asker, actor),
  };
}

/** One that cannot go on keeps none of the others waiting; what stopped it is told at the end. */
async function look(context: RetentionContext, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const row of await disposalsIn(context, ["previewing", "approved"])) {
    signal.throwIfAborted();
    try {
      await (row.content.state === "previewing" ? makePreview : runDisposal)(context, row, signal);
    } catch (error) {
      // Withdrawn meanwhile, or brought to its end by another process.
      if (!(error instanceof RetentionError && error.code === "wrong-state")) failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
