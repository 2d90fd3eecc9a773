// What a caller gives the ledger to write down, and the limits it must keep.
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Basis, DataClass, Purpose } from "../kernel/vocabulary.ts";
import { LedgerError } from "./errors.ts";

export const ENTRY_KINDS = [
  "disclosure",
  "search",
  "masked-view",
  "record-create",
  "record-correct",
  "import",
  "link",
  "erasure",
  "erasure-final",
  "principal",
  "assignment",
  "flag",
  "policy-set",
  "key-rotation",
  "accounting-read",
  "opening-read",
  "ledger-read",
  "verification",
  "log-restart",
  "customer-create",
  "match-decision",
  "unit-change",
  "backup",
  "link-read",
  "flag-read",
  "match-read",
  "sign-in",
  "session",
  "credential",
  "grant",
  "review",
  "alert",
  "caller-check",
  "attestation",
  "recipient",
  "package",
  "preview",
  "copy",
  "export",
  "webhook",
  "ethics",
  "report",
  "letter",
  "case",
  "preference",
  "authorization",
  "demand",
  "choice",
  "notice",
  "hold",
  "retention",
  "fulfilment",
  "right",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const OUTCOMES = ["allowed", "partial", "denied", "done", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One of several customers an entry speaks of. `revision` is a guard like those of the entry, not written down. */
export interface Subject {
  readonly customerId: Uuid;
  readonly outcome: Outcome;
  readonly classes: readonly DataClass[];
  readonly revision: number | null;
}

/** The revisions the decision rested on; null is not checked. Writing fails as stale when one has moved on. */
export interface Guard {
  readonly actorRevision: number | null;
  readonly customerRevision: number | null;
  readonly policyRevision: number | null;
}

export interface EntryDraft {
  /** Made by the caller beforehand, so that rows written in the same transaction can name their act. */
  readonly entryId: Uuid;
  readonly kind: EntryKind;
  readonly outcome: Outcome;
  readonly actorId: Uuid | null;
  readonly customerId: Uuid | null;
  readonly recipientId: Uuid | null;
  readonly purpose: Purpose | null;
  readonly basis: Basis | null;
  readonly classes: readonly DataClass[];
  /** Kept from the portal and from ordinary readers, such that it cannot be told from an absent entry. */
  readonly withheld: boolean;
  /** Committed to by the leaf and kept sealed. Its keys may not repeat those the ledger writes itself. */
  readonly detail: { readonly [key: string]: Json };
  readonly guard: Guard;
  /** For entries that speak of several customers. Each customer once. */
  readonly subjects?: readonly Subject[];
}

/** Bytes of a detail's canonical JSON. */
export const DETAIL_BYTES_MAX = 1024 * 1024;
const SUBJECTS_MAX = 5000;

/** The members of every committed detail that the ledger writes itself. */
export const RESERVED_KEYS = [
  "v",
  "entryId",
  "kind",
  "at",
  "outcome",
  "actor",
  "customer",
  "recipient",
  "purpose",
  "basis",
  "classes",
  "withheld",
  "subjects",
] as const;

/** Throws LedgerError "bad-draft" when a draft breaks the form; what it says is not judged here. */
export function assertDraft(draft: EntryDraft): void {
  // INVARIANT: a detail cannot overwrite what the entry says of itself.
  if (RESERVED_KEYS.some((key) => Object.hasOwn(draft.detail, key))) {
    throw new LedgerError("bad-draft", "the detail repeats a key the ledger writes itself");
  }
  const subjects = draft.subjects ?? [];
  if (subjects.length > SUBJECTS_MAX)
    throw new LedgerError("bad-draft", `an entry names at most ${SUBJECTS_MAX} subjects`);
  if (new Set(subjects.map((subject) => subject.customerId)).size !== subjects.length) {
    throw new LedgerError("bad-draft", "an entry names each subject once");
  }
}
