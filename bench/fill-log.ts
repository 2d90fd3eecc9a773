// Fills a log with disclosures as the gate writes them, through the real ledger, in batches; and waits until they are published.
import type { Uuid } from "../src/kernel/bytes.ts";
import type { Clock } from "../src/kernel/clock.ts";
import { newId } from "../src/kernel/ids.ts";
import type { EntryDraft } from "../src/ledger/ledger.ts";
import type { Beside } from "./beside.ts";

const BATCH = 256;
const FIELDS = ["person.first-name", "person.last-name", "person.birth-date", "claim.number", "claim.narrative"];
const POLICY = "adjuster-assigned-claim";
/** Waited for at most, without anything new being published. */
const PUBLISHING_WAIT_MS = 60_000;

/** Walks evenly through a span of time that ends now. */
export interface WalkingClock extends Clock {
  at(share: number): void;
}

export function walkingClock(spanMs: number): WalkingClock {
  const end = Date.now();
  let now = end - spanMs;
  return {
    now: () => new Date(now),
    at: (share) => {
      now = end - spanMs * (1 - share);
    },
  };
}

/** Writes entries `from` to `to`; who and of whom is the caller's. */
export async function fillLog(
  { database, ledger }: Pick<Beside, "database" | "ledger">,
  span: { readonly from: number; readonly to: number },
  draftOf: (at: number) => EntryDraft,
): Promise<void> {
  for (let at = span.from; at < span.to; at += BATCH) {
    const drafts = Array.from({ length: Math.min(BATCH, span.to - at) }, (_, nth) => draftOf(at + nth));
    await database.transaction((tx) => ledger.appendIn(tx, drafts));
  }
}

export function disclosureDraft(actorId: Uuid, customerId: Uuid): EntryDraft {
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId,
    customerId,
    recipientId: null,
    purpose: "claim-handling",
    basis: "role-duty",
    classes: ["identity", "claims-narrative"],
    withheld: false,
    detail: { role: "claims-adjuster", fields: FIELDS.map((field) => ({ field, form: "clear", policies: [POLICY] })) },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  };
}

/** Resolves when a checkpoint covers `size` entries. */
export async function untilPublished({ ledger }: Pick<Beside, "ledger">, size: number): Promise<void> {
  let published = -1;
  let movedAt = Date.now();
  while (Date.now() - movedAt < PUBLISHING_WAIT_MS) {
    const now = Number((await ledger.checkpoint()).split("\n")[1]);
    if (now >= size) return;
    if (now > published) [published, movedAt] = [now, Date.now()];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the log is not being published");
}
