// How a table is looked at, in the address, so that it can be kept and passed on: sort, columns, filters by closed lists; never a value of a customer's.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export interface TableSearch {
  /** A column's key; with a minus before it, downwards. */
  readonly sort?: string;
  /** Keys of the columns shown, by commas; absent: the usual ones. */
  readonly columns?: string;
  /** Chosen members of closed lists, by the filter's key. */
  readonly filter?: Readonly<Record<string, string>>;
}

const USUAL = { sort: undefined, columns: undefined, filter: undefined };
const WORD = /^-?[\w.-]{1,40}$/;
const isWord = (text: unknown): text is string => typeof text === "string" && WORD.test(text);

/** What of an address is about tables. Whatever is not a word of a closed list is dropped. */
export function tableSearch({ sort, columns, filter }: Readonly<Record<string, unknown>>): TableSearch {
  const chosen = typeof filter === "object" && filter !== null ? Object.entries(filter) : [];
  const words = chosen.filter((pair): pair is [string, string] => isWord(pair[0]) && isWord(pair[1]));
  return {
    ...(isWord(sort) ? { sort } : {}),
    ...(typeof columns === "string" && columns.split(",").every(isWord) ? { columns } : {}),
    ...(words.length > 0 ? { filter: Object.fromEntries(words) } : {}),
  };
}

export interface TableView {
  readonly search: TableSearch;
  readonly change: (changes: Partial<TableSearch>) => void;
  /** null takes a filter away. */
  /** Sorting, columns and filters as usual. */
  readonly reset: () => void;
  readonly filterBy: (key: string, value: string | null) => void;
}

export function useTableView(): TableView {
  const search = tableSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = useCallback(
    (changes: Partial<TableSearch>) => {
      void navigate({ to: ".", search: (former: object) => ({ ...former, ...changes }), replace: true });
    },
    [navigate],
  );
  const filterBy = (key: string, value: string | null): void => {
    const others = Object.entries(search.filter ?? {}).filter(([each]) => each !== key);
    const filter = Object.fromEntries(value === null ? others : [...others, [key, value]]);
    change({ filter: Object.keys(filter).length === 0 ? undefined : filter });
  };
  const reset = (): void => change(USUAL);
  return { search, change, filterBy, reset };
}
