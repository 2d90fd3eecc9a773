// What a write says to the ledger, so that storage can be compared with it later.
import { hash } from "node:crypto";
import type { Uuid } from "../kernel/bytes.ts";
import { lengthPrefixed } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Basis, DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { EntryDraft, EntryKind } from "../ledger/ledger.ts";
import type { Transaction } from "../postgres/database.ts";
import { VaultError } from "./errors.ts";
import { recordDigest } from "./record-place.ts";
import type { RecordRow } from "./record-store.ts";

/** Who writes and why. A null revision is not guarded. */
export interface WriteActor {
  readonly actorId: Uuid | null;
  readonly actorRevision: number | null;
  /** The client through which a person acts. */
  readonly via?: Uuid;
  readonly purpose: Purpose | null;
  readonly basis: Basis | null;
  /** Why, in the writer's words; kept sealed in the entry's detail. */
  readonly note?: string;
  /**
   * Further writes of the caller (an idempotency key with the ids just made: the entry's, then that of a link or erasure), run after the vault's own
   * and before the ledger's entry, which must come last. The entry names the rows of authority that it answers, beside the vault's own.
   */
  readonly also?: (tx: Transaction, ids: readonly Uuid[]) => Promise<readonly AlsoWritten[] | void>;
}

/** One revision of one record, by the digest of its sealed bytes. */
export interface RecordWrite {
  readonly customer: Uuid;
  readonly record: Uuid;
  readonly unit: Uuid;
  readonly revision: number;
  readonly digest: string;
}

/** One revision of a row that carries a MAC, as in access/act.ts; null for customers, whose sealed state says of itself what it is. */
export interface AuthorityWrite {
  readonly row: "customer" | "retention-unit" | "customer-link" | "match" | "assignment";
  readonly id: string;
  readonly customer: Uuid;
  readonly revision: number;
  readonly digest: string | null;
}

/** A row that another domain wrote by the same act, and checks by itself. */
export type AlsoWritten = Omit<AuthorityWrite, "row" | "customer"> & {
  readonly row: AuthorityWrite["row"] | "principal" | "granted" | "holder" | "document-part";
  readonly customer?: Uuid;
};

/** The source keys that were written for one customer, by their marks (see `parseMarks`). */
export interface SourceWrite {
  readonly customer: Uuid;
  readonly marks: string;
}

export interface Written {
  readonly writes: readonly RecordWrite[];
  readonly authority: readonly AlsoWritten[];
  readonly sources?: readonly SourceWrite[];
  readonly classes: readonly DataClass[];
  /** Everybody whom the write concerns. */
  readonly customers: readonly Uuid[];
}

// Together they stay well below the ledger's 1 MiB a detail.
export const WRITES_MAX = 2500;
export const AUTHORITY_WRITES_MAX = 2500;

export function mergeWritten(parts: readonly Written[]): Written {
  return {
    writes: parts.flatMap(({ writes }) => writes),
    authority: parts.flatMap(({ authority }) => authority),
    sources: parts.flatMap(({ sources = [] }) => sources),
    classes: [...new Set(parts.flatMap(({ classes }) => classes))],
    customers: [...new Set(parts.flatMap(({ customers }) => customers))],
  };
}

/** Lower-case hex SHA-256 of what a row's MAC covers. */
export function rowDigest(macParts: readonly (Uint8Array | string)[]): string {
  return hash("sha256", lengthPrefixed(...macParts), "hex");
}

export function recordWrite(row: RecordRow): RecordWrite {
  return {
    customer: row.customerId,
    record: row.recordId,
    unit: row.unitId,
    revision: row.revision,
    digest: recordDigest(row, row),
  };
}

export interface EntryOptions {
  /** Values of interest to whoever may open the entry: ids and codes. */
  readonly detail?: { readonly [key: string]: Json };
  /** For files and other acts that concern more than those whose rows they changed. */
  readonly withheld?: boolean;
}

/** The entry of a write. Throws VaultError "too-many" when it would be too large for one. */
export function entryFor(
  act: { readonly entryId: Uuid; readonly kind: EntryKind },
  actor: WriteActor,
  written: Written,
  options: EntryOptions = {},
): EntryDraft {
  if (written.writes.length > WRITES_MAX || written.authority.length > AUTHORITY_WRITES_MAX) {
    throw new VaultError("too-many", `at most ${WRITES_MAX} records and as many other rows in one act`);
  }
  const only = written.customers.length === 1 ? (written.customers[0] ?? null) : null;
  return {
    entryId: act.entryId,
    kind: act.kind,
    outcome: "done",
    actorId: actor.actorId,
    customerId: only,
    recipientId: null,
    purpose: actor.purpose,
    basis: actor.basis,
    classes: written.classes,
    withheld: options.withheld ?? false,
    detail: {
      ...options.detail,
      ...(actor.note === undefined ? {} : { note: actor.note }),
      ...(actor.via === undefined ? {} : { via: actor.via }),
      writes: written.writes.map((write) => ({ ...write })),
      authority: written.authority.map((write) => ({ ...write })),
      ...(written.sources === undefined ? {} : { sources: written.sources.map((write) => ({ ...write })) }),
    },
    guard: { actorRevision: actor.actorRevision, customerRevision: null, policyRevision: null },
    ...(written.customers.length < 2
      ? {}
      : { subjects: written.customers.map((customerId) => subjectOf(customerId, written)) }),
  };
}

function subjectOf(customerId: Uuid, written: Written): NonNullable<EntryDraft["subjects"]>[number] {
  return { customerId, outcome: "done", classes: written.classes, revision: null };
}
