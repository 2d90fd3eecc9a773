// Checks one stored entry: its detail must open, be what the leaf commits to, and say what the clear columns say.
import type { DataClass } from "../kernel/vocabulary.ts";
import { parseDetail } from "./detail.ts";
import type { Detail } from "./detail.ts";
import { commit, decodeLeaf } from "./leaf.ts";
import { maskOf } from "./store.ts";
import type { StoredEntry, StoredSubject } from "./store-check.ts";
import type { DetailFault, FoundDetail } from "./stored-detail.ts";

export type EntryFault =
  | "leaf-malformed"
  | DetailFault
  | "detail-not-committed"
  | "entry-id-differs"
  | "time-differs"
  | "kind-differs"
  | "outcome-differs"
  | "actor-differs"
  | "customer-differs"
  | "recipient-differs"
  | "purpose-differs"
  | "basis-differs"
  | "classes-differ"
  | "withheld-differs"
  | "subjects-differ";

export interface EntryCheck {
  readonly faults: readonly EntryFault[];
  /** What the leaf commits to; null when that cannot be known. */
  readonly detail: Detail | null;
}

export function checkEntry(entry: StoredEntry, subjects: readonly StoredSubject[], found: FoundDetail): EntryCheck {
  const leaf = decodeLeaf(entry.leaf);
  if (leaf === null) return { faults: ["leaf-malformed"], detail: null };
  const { opened } = found;
  if (opened === null) return { faults: found.faults, detail: null };
  if (!leaf.commitment.equals(commit(opened.blind, opened.bytes)))
    return { faults: [...found.faults, "detail-not-committed"], detail: null };
  const detail = parseDetail(opened.bytes);
  const faults = [...found.faults, ...columnFaults(entry, detail)];
  if (leaf.at !== detail.at || entry.at !== detail.at) faults.push("time-differs");
  if (!sameSubjects(entry, subjects, detail)) faults.push("subjects-differ");
  return { faults, detail };
}

function columnFaults(entry: StoredEntry, detail: Detail): EntryFault[] {
  const same: [EntryFault, boolean][] = [
    ["entry-id-differs", entry.entry_id === detail.entryId],
    ["kind-differs", entry.kind === detail.kind],
    ["outcome-differs", entry.outcome === detail.outcome],
    ["actor-differs", entry.actor_id === detail.actor],
    ["customer-differs", entry.customer_id === detail.customer],
    ["recipient-differs", entry.recipient_id === detail.recipient],
    ["purpose-differs", entry.purpose === detail.purpose],
    ["basis-differs", entry.basis === detail.basis],
    ["classes-differ", entry.classes === maskOf(detail.classes as DataClass[])],
    ["withheld-differs", entry.withheld === detail.withheld],
  ];
  return same.flatMap(([fault, holds]) => (holds ? [] : [fault]));
}

interface CommittedSubject {
  readonly customer: string;
  readonly outcome: string;
  readonly classes: DataClass[];
}

function sameSubjects(entry: StoredEntry, stored: readonly StoredSubject[], detail: Detail): boolean {
  // The shape is certain: the bytes are those the ledger committed to.
  const committed = (detail.subjects ?? []) as unknown as readonly CommittedSubject[];
  const rows = new Map(stored.map((subject) => [subject.customer_id, subject]));
  if (rows.size !== committed.length) return false;
  return committed.every((subject) => {
    const row = rows.get(subject.customer);
    return (
      row !== undefined &&
      row.outcome === subject.outcome &&
      row.classes === maskOf(subject.classes) &&
      row.actor_id === entry.actor_id &&
      row.at === entry.at &&
      row.withheld === entry.withheld
    );
  });
}
