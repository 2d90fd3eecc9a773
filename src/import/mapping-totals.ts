// Control totals of a run: how many rows, what their money adds up to, how many customers. Exact, and small enough to be kept with the run.
import { hash } from "node:crypto";
import type { Mapping } from "./mapping.ts";
import type { RowDraft } from "./row-draft.ts";

/** Plain JSON, so that a run that resumes goes on from what it kept. Sums are decimal strings, money with its currency in front. */
export interface ControlTotals {
  readonly rows: number;
  readonly rejected: number;
  readonly sums: Readonly<Record<string, string>>;
}

export const NO_TOTALS: ControlTotals = { rows: 0, rejected: 0, sums: {} };

export function addDraft(totals: ControlTotals, mapping: Mapping, draft: RowDraft): ControlTotals {
  const sums: Record<string, string> = { ...totals.sums };
  for (const total of mapping.totals) {
    const [type, name = ""] = total.sum.split(".");
    for (const record of draft.records) {
      const value = record.type === type ? record.fields[name]?.normalised : undefined;
      if (value === undefined) continue;
      const { unit, amount } = splitAmount(value);
      // Amounts of two currencies do not add up: each has its sum.
      const key = unit === "" ? total.name : `${total.name}:${unit}`;
      sums[key] = addDecimals(sums[key] ?? "0", amount);
    }
  }
  return { rows: totals.rows + 1, rejected: totals.rejected, sums };
}

export function addReject(totals: ControlTotals): ControlTotals {
  return { ...totals, rejected: totals.rejected + 1 };
}

function splitAmount(value: string): { unit: string; amount: string } {
  const space = value.indexOf(" ");
  return space === -1 ? { unit: "", amount: value } : { unit: value.slice(0, space), amount: value.slice(space + 1) };
}

/** Exact sum of two decimal strings. */
export function addDecimals(left: string, right: string): string {
  const scale = Math.max(fractionOf(left).length, fractionOf(right).length);
  const sum = scaled(left, scale) + scaled(right, scale);
  const digits = String(sum < 0n ? -sum : sum).padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return sum < 0n ? `-${text}` : text;
}

function fractionOf(value: string): string {
  return value.split(".")[1] ?? "";
}

function scaled(value: string, scale: number): bigint {
  return BigInt(value.replace(".", "") + "0".repeat(scale - fractionOf(value).length));
}

const SLOTS_FIRST = 1_024;
const KEYS_MAX = 4_000_000;

/** Counts different keys in 16 bytes each; after a resumption the keys before the offset are added again. */
export class KeyCounter {
  #slots = new BigUint64Array(SLOTS_FIRST);
  #count = 0;

  add(key: string): void {
    if (this.#count > KEYS_MAX) return;
    // Zero marks a free slot. Two keys with one hash are one in 10^19, far rarer than a wrong feed.
    const hashed = hash("sha256", key, "buffer").readBigUInt64BE() | 1n;
    if (!insert(this.#slots, hashed)) return;
    this.#count += 1;
    if (this.#count * 2 > this.#slots.length) this.#grow();
  }

  /** Null when there were more than it counts. */
  get count(): number | null {
    return this.#count > KEYS_MAX ? null : this.#count;
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#slots.length * 2);
    for (const slot of this.#slots) if (slot !== 0n) insert(larger, slot);
    this.#slots = larger;
  }
}

function insert(slots: BigUint64Array, hashed: bigint): boolean {
  let at = Number((hashed >> 1n) & BigInt(slots.length - 1));
  while (slots[at] !== 0n) {
    if (slots[at] === hashed) return false;
    at = (at + 1) % slots.length;
  }
  slots[at] = hashed;
  return true;
}
