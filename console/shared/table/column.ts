// What a table's column is, and rows in the order that was asked for.
import type { ReactNode } from "react";

export interface Column<Row> {
  /** Also in the address. */
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Left out: cannot be sorted by. */
  readonly sortBy?: (row: Row) => string | number | null;
  /** What stands in a file; left out: what it is sorted by, and without that the column is not in files. */
  readonly text?: (row: Row) => string;
  /** Shown only once chosen. */
  readonly isExtra?: boolean;
  readonly align?: "start" | "end";
}

/** Empty ones come last, whichever way. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: string | undefined,
): readonly Row[] {
  const isDown = sort?.startsWith("-") === true;
  const by = columns.find(({ key }) => key === (isDown ? sort?.slice(1) : sort))?.sortBy;
  if (by === undefined) return rows;
  return rows.toSorted((one, other) => compare(by(one), by(other), isDown));
}

function compare(one: string | number | null, other: string | number | null, isDown: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order =
    typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
  return isDown ? -order : order;
}

export function shown<Row>(columns: readonly Column<Row>[], chosen: string | undefined): readonly Column<Row>[] {
  const keys = chosen?.split(",");
  const some = columns.filter(({ key, isExtra }) => keys?.includes(key) ?? isExtra !== true);
  return some.length === 0 ? columns : some;
}

/** Rows as they stand in a file, under their headings. */
export function texts<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[][] {
  const written = columns.filter(({ text, sortBy }) => text !== undefined || sortBy !== undefined);
  return [
    written.map(({ title }) => title),
    ...rows.map((row) => written.map(({ text, sortBy }) => text?.(row) ?? String(sortBy?.(row) ?? ""))),
  ];
}
