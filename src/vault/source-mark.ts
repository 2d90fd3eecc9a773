// What the ledger keeps of source keys: marks, so that a row that is gone or put back is found out and the entry of an import stays small.
import { hash } from "node:crypto";
import type { Uuid } from "../kernel/bytes.ts";
import { lengthPrefixed } from "../kernel/bytes.ts";
import { idBytes } from "../kernel/ids.ts";
import { macParts } from "./source-key.ts";
import type { SourceRow } from "./source-store.ts";
import type { Written } from "./written.ts";

// Eight bytes each are enough: a row that fits them by chance has no good MAC.
const PART_BYTES = 8;
const MARK_BYTES = 3 * PART_BYTES;
const NO_UNIT = "0".repeat(2 * PART_BYTES);

/** Lower-case hex. */
export interface SourceMark {
  /** Which row. */
  readonly key: string;
  /** What it says. */
  readonly says: string;
  /** The unit with whose erasure it goes; null for the customer's. */
  readonly unit: string | null;
}

export function markOf(row: SourceRow): SourceMark {
  const says = hash("sha256", lengthPrefixed(...macParts(row.token, row)), "hex");
  return {
    key: Buffer.from(row.token).toString("hex", 0, PART_BYTES),
    says: says.slice(0, 2 * PART_BYTES),
    unit: row.unitId === null ? null : unitMark(row.unitId),
  };
}

/** The random end of the id: those made in one millisecond begin alike. */
export function unitMark(unitId: Uuid): string {
  return idBytes(unitId).toString("hex", 16 - PART_BYTES);
}

/** For the entry of a write; nothing when it wrote none. */
export function sourceWrites(rows: readonly SourceRow[]): Pick<Written, "sources"> {
  if (rows.length === 0) return {};
  const sources = [...Map.groupBy(rows, ({ customerId }) => customerId)];
  return { sources: sources.map(([customer, ofCustomer]) => ({ customer, marks: printMarks(ofCustomer) })) };
}

function printMarks(rows: readonly SourceRow[]): string {
  const hex = rows.map(markOf).map(({ key, says, unit }) => key + says + (unit ?? NO_UNIT));
  return Buffer.from(hex.join(""), "hex").toString("base64");
}

export function parseMarks(text: string): SourceMark[] {
  const bytes = Buffer.from(text, "base64");
  const part = (mark: number, nth: number): string => {
    const from = mark * MARK_BYTES + nth * PART_BYTES;
    return bytes.toString("hex", from, from + PART_BYTES);
  };
  return Array.from({ length: Math.floor(bytes.length / MARK_BYTES) }, (_, mark) => {
    const unit = part(mark, 2);
    return { key: part(mark, 0), says: part(mark, 1), unit: unit === NO_UNIT ? null : unit };
  });
}
