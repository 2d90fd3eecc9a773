// How one's own questions stand. Only that is remembered: what was written in them is clear, and is asked for apart.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ask, type AnswerOf } from "../../shared/ask.ts";

type OwnCase = AnswerOf<"listOwnCases">["items"][number];
export type CaseState = Omit<OwnCase, "words" | "answer">;

export function useCaseStates(): UseQueryResult<readonly CaseState[]> {
  return useQuery({
    queryKey: ["listOwnCases", "states"],
    // Reading them is an entry, so it is not done by itself.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<readonly CaseState[]> =>
      (await ask("listOwnCases", {}, { signal })).items.map(({ words: _words, answer: _answer, ...state }) => state),
  });
}
