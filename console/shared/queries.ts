// What the pages remember of answers: little, and briefly. Clear values are never put here (see clear-values.tsx).
import { QueryClient, queryOptions, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { RouteId } from "../../contract/routes.ts";
import { ask, type AnswerOf, type AskingOf } from "./ask.ts";
import { AWAY, Refused } from "./refused.ts";

const STALE_MS = 10_000;
const KEPT_MS = 60_000;
const TRIES_MAX = 2;

export function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Without a connection it fails, and says so, instead of waiting unseen: a write that goes through an hour later is nobody's wish.
      queries: {
        networkMode: "always",
        staleTime: STALE_MS,
        gcTime: KEPT_MS,
        retry: (failures, error) => failures < TRIES_MAX && isPassing(error),
        // Errors of first loads are shown by the page as a whole.
        throwOnError: false,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** It may well work in a moment: no answer, or the server says that it is busy. */
function isPassing(error: unknown): boolean {
  return error instanceof Refused && (error.code === AWAY || error.status === 503);
}

/** A question whose answer may be remembered: for lists, states and masked views. */
export function question<Id extends RouteId>(id: Id, asking: AskingOf<Id>) {
  return queryOptions({
    queryKey: [id, asking] as const,
    queryFn: ({ signal }): Promise<AnswerOf<Id>> => ask(id, asking, { signal }),
  });
}

export interface AskAgain {
  readonly enabled?: boolean;
  readonly staleTime?: number;
  readonly refetchOnWindowFocus?: boolean;
  readonly refetchOnReconnect?: boolean;
}

/** For questions that are entries of the ledger: asked when a person asks, not when a window comes to the front. */
export const RECORDED: AskAgain = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false };

export function useAsk<Id extends RouteId>(
  id: Id,
  asking: AskingOf<Id>,
  options: AskAgain = {},
): UseQueryResult<AnswerOf<Id>> {
  return useQuery({ ...question(id, asking), ...options });
}
