// Remembers rows that verified together with what they said, so that the same bytes, read again, need no cryptography.
export interface VerifiedRows<Row extends object, Said> {
  /** What these very rows said, every column and byte the same as when they verified; undefined when they must be verified. */
  readonly recall: (id: string, rows: readonly Row[]) => Said | undefined;
  readonly remember: (id: string, rows: readonly Row[], said: Said) => void;
}

/** Holds at most `entriesMax` ids; the one remembered longest ago is forgotten first. */
export function createVerifiedRows<Row extends object, Said>(entriesMax: number): VerifiedRows<Row, Said> {
  const known = new Map<string, { readonly rows: readonly Row[]; readonly said: Said }>();
  return {
    recall: (id, rows) => {
      const entry = known.get(id);
      return entry !== undefined && sameRows(entry.rows, rows) ? entry.said : undefined;
    },
    remember: (id, rows, said) => {
      known.delete(id);
      known.set(id, { rows, said });
      for (const oldest of known.keys()) {
        if (known.size <= entriesMax) return;
        known.delete(oldest);
      }
    },
  };
}

function sameRows(left: readonly object[], right: readonly object[]): boolean {
  return left.length === right.length && left.every((row, at) => sameColumns(row, right[at] ?? {}));
}

function sameColumns(left: object, right: object): boolean {
  const columns = Object.entries(left);
  if (columns.length !== Object.keys(right).length) return false;
  return columns.every(([name, value]) => sameValue(value, (right as Readonly<Record<string, unknown>>)[name]));
}

function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left instanceof Uint8Array) return right instanceof Uint8Array && Buffer.compare(left, right) === 0;
  if (Array.isArray(left)) return Array.isArray(right) && sameElements(left, right);
  return left instanceof Date && right instanceof Date && left.getTime() === right.getTime();
}

function sameElements(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((element, at) => sameValue(element, right[at]));
}
