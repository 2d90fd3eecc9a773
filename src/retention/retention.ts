// Retention: what must be kept and what falls due, legal holds, and erasures that nothing forbids.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { WriteActor } from "../vault/vault.ts";
import type { RetentionContext } from "./context.ts";
import { erase, type ErasureAsked } from "./erase.ts";
import { type ErasurePlace, type Judged, judgeErasure } from "./forbids.ts";
import { type Holds, openHolds } from "./holds.ts";

export { RetentionError } from "./errors.ts";
import { type PrintedCertificate, printCertificate } from "./print-certificate.ts";

export type { HoldFace, HoldState } from "./hold-row.ts";
export { freeUnits } from "./obstacle.ts";
export { loadRetentionRules } from "./rules.ts";
export type { Judged };

export interface Retention {
  readonly holds: Holds;
  /** Holds, duties, open claims and investigations, each with its citation and end. Throws RetentionError `unknown-customer`, `unknown-unit`. */
  whatForbidsErasure(place: ErasurePlace): Promise<Judged>;
  /** The erasure's id. Throws RetentionError `erasure-forbidden` (recorded), VaultError "erased". */
  /** A PDF. */
  printCertificate(printed: PrintedCertificate): Promise<Buffer>;
  erase(asked: ErasureAsked, asker: Authenticated, actor: WriteActor): Promise<Uuid>;
}

export function openRetention(context: RetentionContext): Retention {
  return {
    holds: openHolds(context),
    whatForbidsErasure: (place) => judgeErasure(context, place),
    printCertificate: (printed) => printCertificate(printed, context.clock.now()),
    erase: (asked, asker, actor) => erase(context, asked, asker, actor),
  };
}
