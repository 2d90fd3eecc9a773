// How one's own questions stand. Only that is remembered: what was written in them is clear, and is asked for apart.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ask, type AnswerOf } from "../../shared/ask.ts";

type OwnCase = AnswerOf<"listOwnCases">["items"][number];
export type CaseState = Omit<OwnCase, "words" | "answer">;

export function useCaseStates(): UseQueryResult<readonly CaseState[]> {
  return useQuery({
    queryKey: ["listOwnCases", "states"],
    queryFn: async ({ signal }): Promise<readonly CaseState[]> =>
      (await ask("listOwnCases", { query: { words: "left" } }, { signal })).items,
  });
}
