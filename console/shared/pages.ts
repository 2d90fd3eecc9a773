// A list that comes in pages, one after the other by cursors.
import { useInfiniteQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import type { RouteId } from "../../contract/routes.ts";
import { ask, type AnswerOf, type AskingOf } from "./ask.ts";

type ItemOf<Answer> = Answer extends { readonly items: readonly (infer Item)[] } ? Item : never;

export interface Pages<Item> {
  readonly rows: readonly Item[];
  readonly more: { readonly hasMore: boolean; readonly isLoading: boolean; readonly load: () => unknown };
  /** undefined: the first page is not here yet. */
  readonly data: UseInfiniteQueryResult<unknown>["data"];
  readonly error: unknown;
  readonly refetch: () => unknown;
}

export interface PagesOptions<Item> {
  /** Not asked for again by itself: every page of it is an entry, or there are many. */
  readonly isKept?: boolean;
  /** What the server is about to change by itself: asked for again until nothing of it is. */
  readonly isPassing?: (item: Item) => boolean;
}

const AGAIN_MS = 2000;

/** `asking` without a cursor. */
export function usePages<Id extends RouteId>(
  id: Id,
  asking: AskingOf<Id>,
  { isKept = false, isPassing }: PagesOptions<ItemOf<AnswerOf<Id>>> = {},
): Pages<ItemOf<AnswerOf<Id>>> {
  const found = useInfiniteQuery({
    queryKey: [id, asking, "pages"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => ask(id, withCursor(asking, pageParam), { signal }) as Promise<Page>,
    getNextPageParam: ({ next }) => next ?? null,
    ...(isKept ? { staleTime: Number.POSITIVE_INFINITY } : {}),
    refetchInterval: ({ state: { data, error } }) => {
      const items = (data?.pages ?? []).flatMap((page) => page.items) as ItemOf<AnswerOf<Id>>[];
      return error === null && isPassing !== undefined && items.some(isPassing) ? AGAIN_MS : false;
    },
  });
  return {
    rows: (found.data?.pages ?? []).flatMap(({ items }) => items) as ItemOf<AnswerOf<Id>>[],
    more: { hasMore: found.hasNextPage, isLoading: found.isFetchingNextPage, load: () => found.fetchNextPage() },
    data: found.data,
    error: found.error,
    refetch: () => found.refetch(),
  };
}

interface Page {
  readonly items: readonly unknown[];
  readonly next?: string | null;
}

function withCursor<Asking>(asking: Asking, cursor: string | null): Asking {
  if (cursor === null) return asking;
  const { query } = asking as { readonly query?: object };
  return { ...asking, query: { ...query, cursor } };
}
