// A review as CSV (RFC 4180) that no spreadsheet takes for formulas.
import { type Cell, csvText } from "../kernel/csv.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Review } from "./rows.ts";
import type { ReviewTotals } from "./totals.ts";
import type { HeldLine } from "./write.ts";

export interface Printing {
  readonly reviewId: Uuid;
  readonly review: Review;
  readonly lines: readonly HeldLine[];
  readonly totals: ReviewTotals;
  /** The ledger's newest signed checkpoint. */
  readonly checkpoint: string;
  readonly now: Date;
}

const COLUMNS: readonly (readonly [name: string, of: (line: HeldLine, printing: Printing) => Cell])[] = [
  ["review", (_, { reviewId }) => reviewId],
  ["line", ({ rowId }) => rowId],
  ["kind", ({ content }) => content.subject.kind],
  ["subject", ({ content }) => content.subject.id],
  ["name", ({ content }) => content.subject.name],
  ["role", ({ content }) => content.subject.role],
  ["status", ({ content }) => content.subject.status],
  ["purposes", ({ content }) => content.subject.purposes.join(" ")],
  ["classes", ({ content }) => content.subject.classes?.join(" ") ?? "all"],
  ["entities", ({ content }) => content.subject.entities.join(" ")],
  ["lines of business", ({ content }) => content.subject.lines.join(" ")],
  ["grants in force", ({ content }) => content.subject.grants],
  ["expires", ({ content }) => content.subject.expiresAt],
  ["assignment", ({ content }) => content.assignment?.assignmentId ?? null],
  ["assignment kind", ({ content }) => content.assignment?.kind ?? null],
  ["grant", ({ content }) => content.grant?.grantId ?? null],
  ["grant form", ({ content }) => content.grant?.form ?? null],
  ["grant until", ({ content }) => content.grant?.untilAt ?? null],
  ["customer", ({ content }) => content.assignment?.customerId ?? null],
  ["used since", ({ content }) => content.used.since],
  ["last use", ({ content }) => content.used.lastAt],
  ["acts", ({ content }) => content.used.acts],
  ["customers seen", ({ content }) => content.used.customers],
  ["purposes used", ({ content }) => content.used.purposes.join(" ")],
  ["classes used", ({ content }) => content.used.classes.join(" ")],
  ["others of the role", ({ content }) => content.peers.count],
  ["their acts, median", ({ content }) => content.peers.actsMedian],
  ["their customers, median", ({ content }) => content.peers.customersMedian],
  ["flags", ({ content }) => content.flags.join(" ")],
  ["conflicts", ({ content }) => content.conflicts.join(" ")],
  ["suggestion", ({ content }) => content.suggestion.decision],
  ["because", ({ content }) => content.suggestion.because.join("; ")],
  ["reviewer", ({ content }) => content.reviewer],
  ["decision", ({ content }) => content.decision?.decision ?? null],
  ["reason", ({ content }) => content.decision?.reason ?? null],
  ["decided by", ({ content }) => (content.decision === null ? null : (content.decision.by ?? "default"))],
  ["decided at", ({ content }) => content.decision?.at ?? null],
  ["ledger entry", ({ act }) => act],
  ["done", ({ content }) => content.applied?.outcome ?? null],
  ["done at", ({ content }) => content.applied?.at ?? null],
];

export function printCsv(printing: Printing): Buffer {
  const rows: (readonly Cell[])[] = [
    COLUMNS.map(([name]) => name),
    ...printing.lines.map((line) => COLUMNS.map(([, of]) => of(line, printing))),
  ];
  return Buffer.from(csvText(rows), "utf8");
}
