// The ledger entry of a change of authority: what every such entry carries, so that storage can be compared with it later.
import { createHash } from "node:crypto";
import { lengthPrefixed, type Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { LedgerError, type EntryDraft } from "../ledger/ledger.ts";
import type { Transaction } from "../postgres/database.ts";
import type { Action } from "./actions.ts";
import type { AccessContext } from "./context.ts";
import type { AuthorityRowKind } from "./anomaly.ts";
import { AccessError } from "./errors.ts";
import { viaOf, type Actor } from "./principal.ts";

/** One row the act wrote: its revision, and the digest of what its MAC covers. */
export interface WrittenRow {
  readonly row: AuthorityRowKind;
  readonly id: string;
  /** Whose row it is, where it is a customer's. */
  readonly customer?: Uuid;
  readonly revision: number;
  /** Lower-case hex SHA-256; null for customers, whose sealed state says of itself what it is. */
  readonly digest: string | null;
}

/** The kinds of entry that write authority. */
export type ActKind = Extract<
  EntryDraft["kind"],
  | "principal"
  | "assignment"
  | "flag"
  | "policy-set"
  | "sign-in"
  | "session"
  | "credential"
  | "grant"
  | "review"
  | "alert"
  | "caller-check"
  | "attestation"
  | "recipient"
  | "webhook"
  | "ethics"
  | "report"
  | "letter"
  | "package"
  | "case"
  | "preference"
  | "authorization"
  | "demand"
  | "choice"
  | "notice"
  | "hold"
  | "retention"
  | "fulfilment"
  | "right"
>;

export interface Act {
  readonly entryId: Uuid;
  readonly kind: ActKind;
  readonly action: Action;
  readonly written: readonly WrittenRow[];
  readonly customers?: readonly Uuid[];
  /** Whom in the register of recipients the act is about. */
  readonly recipient?: Uuid;
  readonly withheld?: boolean;
  readonly detail?: { readonly [key: string]: Json };
}

/** The digest a ledger entry keeps of a row's content. */
export function contentDigest(parts: readonly (Uint8Array | string)[]): string {
  return createHash("sha256")
    .update(lengthPrefixed(...parts))
    .digest("hex");
}

/**
 * Appends the entry of an act. INVARIANT (migrations/001-ledger.sql): the last statement of its transaction, after the rows it speaks of.
 * Throws AccessError `stale-actor` when the actor was changed since it authenticated.
 */
export async function recordAct(context: AccessContext, tx: Transaction, actor: Actor, act: Act): Promise<void> {
  try {
    await context.ledger.appendIn(tx, [draftOf(actor, act)]);
  } catch (error) {
    if (error instanceof LedgerError && error.code === "stale") throw new AccessError("stale-actor");
    throw error;
  }
}

/** Writes down an attempt that was refused; it rests on nothing, so no revision is guarded. */
export async function recordRefusal(context: AccessContext, actor: Actor, act: Act): Promise<void> {
  const draft = draftOf(actor, act);
  await context.ledger.append({ ...draft, outcome: "denied", guard: { ...draft.guard, actorRevision: null } });
}

function draftOf(actor: Actor, act: Act): EntryDraft {
  const customers = act.customers ?? [];
  const only = customers.length === 1 ? (customers[0] ?? null) : null;
  return {
    entryId: act.entryId,
    kind: act.kind,
    outcome: "done",
    actorId: actor.principalId,
    customerId: only,
    recipientId: act.recipient ?? null,
    purpose: "administration",
    basis: "role-duty",
    classes: [],
    withheld: act.withheld ?? false,
    detail: { ...act.detail, ...viaOf(actor), action: act.action, authority: act.written.map((row) => ({ ...row })) },
    // The server acts for itself whatever its row's revision; everybody else as the client that was authenticated.
    guard: {
      actorRevision: actor.kind === "system" || writesItself(actor, act) ? null : actor.revision,
      customerRevision: null,
      policyRevision: null,
    },
    ...(customers.length < 2 ? {} : { subjects: customers.map(subjectOf) }),
  };
}

/** A client that replaces its own secret has moved its own revision on; the verb itself compares the one before. */
function writesItself(actor: Actor, act: Act): boolean {
  return act.written.some((row) => row.id === actor.principalId);
}

function subjectOf(customerId: Uuid): NonNullable<EntryDraft["subjects"]>[number] {
  return { customerId, outcome: "done", classes: [], revision: null };
}
