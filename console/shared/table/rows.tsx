// A table's rows: all of them when they are few; only those near what is seen when they are many.
import { Table } from "@mantine/core";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import type { Column } from "./column.ts";

const FEW = 200;
const ROW_PIXELS = 41;
const BEYOND = 20;

export interface RowsProps<Row> {
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
}

export function Rows<Row>(props: RowsProps<Row>): ReactNode {
  return props.rows.length > FEW ? (
    <ManyRows {...props} />
  ) : (
    <Table.Tbody>{props.rows.map((row) => oneRow(props, row))}</Table.Tbody>
  );
}

function oneRow<Row>({ rowKey, columns }: RowsProps<Row>, row: Row, index?: number): ReactNode {
  return (
    <Table.Tr key={rowKey(row)} aria-rowindex={index === undefined ? undefined : index + 2}>
      {columns.map(({ key, cell, align }) => (
        <Table.Td key={key} ta={align}>
          {cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function ManyRows<Row>(props: RowsProps<Row>): ReactNode {
  const { rows, columns } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const { getVirtualItems, getTotalSize, options } = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PIXELS,
    overscan: BEYOND,
    scrollMargin: body.current === null ? 0 : body.current.getBoundingClientRect().top + window.scrollY,
  });
  const near = getVirtualItems();
  const before = (near[0]?.start ?? 0) - options.scrollMargin;
  const after = getTotalSize() + options.scrollMargin - (near.at(-1)?.end ?? 0);
  return (
    <Table.Tbody ref={body}>
      {before > 0 && <Space pixels={before} columns={columns.length} />}
      {near.map(({ index }) => oneRow(props, rows[index]!, index))}
      {after > 0 && <Space pixels={after} columns={columns.length} />}
    </Table.Tbody>
  );
}

function Space({ pixels, columns }: { readonly pixels: number; readonly columns: number }): ReactNode {
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height: pixels }} />
    </tr>
  );
}
