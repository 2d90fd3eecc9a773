// A table: sorted, filtered and with the columns that one chooses, all in the address; smooth with thousands of rows; more of it on demand.
import { Button, Group, Menu, Select, Stack, Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns, IconDownload, IconSelector } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAttempt } from "../attempt.ts";
import { Empty } from "../empty.tsx";
import { Trouble } from "../trouble.tsx";
import { saveFile } from "../save-file.ts";
import { offerUndo } from "../undo.ts";
import { type Column, shown, sorted, texts } from "./column.ts";
import { csvOf } from "./csv-of.ts";
import { Rows } from "./rows.tsx";
import { type TableView, useTableView } from "./table-search.ts";

/** On a phone a table of more than three columns is scrolled sideways rather than squeezed. */
const COLUMN_PIXELS = 115;

export interface TableFilter {
  readonly key: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What is shown while nothing is chosen; left out: all. */
  readonly usual?: string;
}

export interface DataTableProps<Row> {
  /** Read out as the table's name. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** What the server is asked by; their choices stand in `useTableView().search.filter`. */
  readonly filters?: readonly TableFilter[];
  readonly empty: ReactNode;
  readonly more?: { readonly hasMore: boolean; readonly isLoading: boolean; readonly load: () => unknown };
  /**
   * For a file that the server makes and records: whatever holds customers' data, or is more than what is loaded. Left out: the rows
   * as they stand here. null: the page offers files of its own.
   */
  readonly onExport?: (() => Promise<unknown>) | null;
}

export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { label, rows, rowKey, columns, empty, more } = props;
  const t = useTranslations("common");
  const view = useTableView();
  const visible = shown(columns, view.search.columns);
  return (
    <Stack gap="sm">
      <Tools {...props} view={view} />
      {rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <Table.ScrollContainer
          minWidth={visible.length * COLUMN_PIXELS}
          type="native"
          tabIndex={0}
          role="group"
          aria-label={label}
        >
          <Table aria-label={label} aria-rowcount={rows.length + 1}>
            <Table.Thead>
              <Table.Tr>
                {visible.map((column) => (
                  <Heading key={column.key} column={column} view={view} />
                ))}
              </Table.Tr>
            </Table.Thead>
            <Rows rows={sorted(rows, columns, view.search.sort)} rowKey={rowKey} columns={visible} />
          </Table>
        </Table.ScrollContainer>
      )}
      {more?.hasMore === true && (
        <Group justify="center">
          <Button variant="default" loading={more.isLoading} onClick={() => more.load()}>
            {t("table.more")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Heading<Row>({ column, view }: { readonly column: Column<Row>; readonly view: TableView }): ReactNode {
  const { key, title, sortBy, align } = column;
  const { sort } = view.search;
  const way = sort === key ? "ascending" : sort === `-${key}` ? "descending" : "none";
  if (sortBy === undefined) return <Table.Th ta={align}>{title}</Table.Th>;
  const Icon = way === "ascending" ? IconArrowUp : way === "descending" ? IconArrowDown : IconSelector;
  const next = way === "ascending" ? `-${key}` : way === "descending" ? undefined : key;
  return (
    <Table.Th aria-sort={way} ta={align}>
      <UnstyledButton fz="sm" fw={600} onClick={() => view.change({ sort: next })}>
        <Group gap={4} wrap="nowrap">
          {title}
          <Icon size={14} style={{ flexShrink: 0 }} aria-hidden />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}

function Tools<Row>({
  rows,
  columns,
  filters = [],
  onExport,
  view,
}: DataTableProps<Row> & { readonly view: TableView }): ReactNode {
  const t = useTranslations("common");
  const { isBusy, error, attempt } = useAttempt();
  const visible = shown(columns, view.search.columns).map(({ key }) => key);
  const saved = async (): Promise<void> => {
    const content = csvOf(texts(sorted(rows, columns, view.search.sort), columns));
    saveFile(new Blob([content], { type: "text/csv" }), "table.csv");
  };
  const reset = (): void => {
    const former = view.search;
    view.reset();
    offerUndo({ said: t("table.wasReset"), undo: async () => view.change(former) });
  };
  const toggled = (key: string): string =>
    columns
      .map((each) => each.key)
      .filter((each) => (each === key ? !visible.includes(each) : visible.includes(each)))
      .join(",");
  return (
    <>
      <Group align="end">
        {filters.map(({ key, label: filtered, options, usual }) => (
          <Select
            key={key}
            label={filtered}
            size="sm"
            clearable
            placeholder={usual ?? t("table.all")}
            data={options.map(({ value, label: name }) => ({ value, label: name }))}
            value={view.search.filter?.[key] ?? null}
            onChange={(value) => view.filterBy(key, value)}
          />
        ))}
        <Menu closeOnItemClick={false} position="bottom-start">
          <Menu.Target>
            <Button variant="default" size="sm" leftSection={<IconColumns size={16} aria-hidden />}>
              {t("table.columns")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {columns.map(({ key, title }) => (
              <Menu.CheckboxItem
                key={key}
                checked={visible.includes(key)}
                onChange={() => view.change({ columns: toggled(key) })}
              >
                {title}
              </Menu.CheckboxItem>
            ))}
            <Menu.Divider />
            <Menu.Item closeMenuOnClick disabled={Object.keys(view.search).length === 0} onClick={reset}>
              {t("table.reset")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {onExport !== null && rows.length > 0 && (
          <Button
            variant="default"
            size="sm"
            loading={isBusy}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void attempt(onExport ?? saved)}
          >
            {t("table.csv")}
          </Button>
        )}
      </Group>
      <Trouble error={error} />
    </>
  );
}
