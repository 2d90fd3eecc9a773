// What is assigned to whoever works here, in one order for the list and for going from one to the next.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, type AnswerOf } from "../../shared/ask.ts";

export type Assignment = AnswerOf<"listWork">["assignments"][number];

export interface MyWork {
  /** The newest first. */
  readonly assignments: readonly Assignment[];
  readonly isThere: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
  readonly more: { readonly hasMore: boolean; readonly isLoading: boolean; readonly load: () => unknown };
}

const PAGE = 100;

export function useMyWork(): MyWork {
  const found = useInfiniteQuery({
    queryKey: ["listWork", "assigned"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      ask("listWork", { query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    getNextPageParam: ({ next }) => next,
  });
  const pages = found.data?.pages ?? [];
  return {
    assignments: pages
      .flatMap(({ assignments }) => assignments)
      .toSorted((one, other) => other.startsAt.localeCompare(one.startsAt)),
    isThere: found.data !== undefined,
    error: found.error,
    refetch: () => found.refetch(),
    more: { hasMore: found.hasNextPage, isLoading: found.isFetchingNextPage, load: () => found.fetchNextPage() },
  };
}

/** Work on the whole customer, such as a call, is begun at the customer. */
export function pathOf({ customerId, unitId }: Pick<Assignment, "customerId" | "unitId">): string {
  return unitId === null ? `/customers/${customerId}` : `/customers/${customerId}/in-hand/${unitId}`;
}
