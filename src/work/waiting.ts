// One thing that waits for somebody, whatever it is: ids, codes and times.
import type { Uuid } from "../kernel/bytes.ts";

export type WaitingKind =
  | "grant"
  | "break-glass"
  | "reset"
  | "client"
  | "staff"
  | "alert"
  | "review"
  | "change"
  | "call-back"
  | "representation"
  | "catastrophe"
  | "erasure"
  | "key"
  | "right"
  | "demand"
  | "demand-notice"
  | "dilemma"
  | "disposal"
  | "notice-round"
  | "retention-maximum"
  | "letter"
  | "contract"
  | "authorization"
  | "telling";

export interface Waiting {
  readonly kind: WaitingKind;
  /** Of the thing itself; null where it has none (a version of a key). */
  readonly id: Uuid | null;
  /** More of it than the kind says: an elevation, the path of a reset, the theme of an alert, the domain of a key. A code. */
  readonly what: string;
  /** Whom it is about. */
  readonly principalId: Uuid | null;
  readonly customerId: Uuid | null;
  readonly since: Date | null;
  /** By when; null where nothing falls due. */
  readonly dueAt: Date | null;
  /** Where a law's clock sets it: the day, as 2026-02-28, at whose end it falls due, wherever that day is counted. */
  readonly dueOn: string | null;
  /** How many: lines of a review. */
  readonly count: number;
}

const NOTHING: Omit<Waiting, "kind" | "what"> = {
  id: null,
  principalId: null,
  customerId: null,
  since: null,
  dueAt: null,
  dueOn: null,
  count: 1,
};

export function waits(kind: WaitingKind, what: string, more: Partial<Omit<Waiting, "kind" | "what">>): Waiting {
  return { ...NOTHING, ...more, kind, what };
}

/** What falls due first comes first; what never does, the oldest first, after that. */
export function byUrgency(left: Waiting, right: Waiting): number {
  const due = time(left.dueAt) - time(right.dueAt);
  return due !== 0 && !Number.isNaN(due) ? due : time(left.since) - time(right.since) || 0;
}

const time = (at: Date | null): number => at?.getTime() ?? Number.MAX_SAFE_INTEGER;

export const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
