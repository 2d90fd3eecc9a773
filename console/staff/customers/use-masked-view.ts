// A customer's masked view, page by page to its end. Every page is a look that is recorded, so each is asked for when somebody wants it.
import { useInfiniteQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { RECORDED } from "../../shared/queries.ts";
import { usePurpose } from "./purposes.ts";

export type MaskedView = Omit<AnswerOf<"viewCustomerMasked">, "next">;
export type MaskedUnit = MaskedView["units"][number];
export type MaskedRecord = MaskedUnit["records"][number];

export interface WholeView {
  /** What is loaded so far, units that lie on several pages put together. */
  readonly data: MaskedView | undefined;
  readonly error: UseInfiniteQueryResult["error"];
  readonly refetch: () => unknown;
  readonly more: { readonly hasMore: boolean; readonly isLoading: boolean; readonly load: () => unknown };
}

export function useMaskedView(customerId: string): WholeView {
  const purpose = usePurpose();
  const found = useInfiniteQuery({
    queryKey: ["viewCustomerMasked", { customerId, purpose }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = { purpose, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return ask("viewCustomerMasked", { params: { customerId }, query }, { signal });
    },
    getNextPageParam: ({ next }) => next,
    ...RECORDED,
  });
  const { data } = found;
  return {
    data: useMemo(() => (data === undefined ? undefined : together(data.pages)), [data]),
    error: found.error,
    refetch: () => found.refetch(),
    more: { hasMore: found.hasNextPage, isLoading: found.isFetchingNextPage, load: () => found.fetchNextPage() },
  };
}

function together(pages: readonly AnswerOf<"viewCustomerMasked">[]): MaskedView | undefined {
  const [first] = pages;
  if (first === undefined) return undefined;
  const units = Map.groupBy(
    pages.flatMap((page) => page.units),
    ({ unitId }) => unitId,
  );
  // Flags and promise are those of the newest look.
  const { flags, promise } = pages.at(-1) ?? first;
  return {
    customerId: first.customerId,
    units: [...units.values()].map((parts) => ({ ...parts[0]!, records: parts.flatMap(({ records }) => records) })),
    flags,
    promise,
  };
}
