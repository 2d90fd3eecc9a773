// What the question would be answered with, asked once whoever chooses has paused: each preview is an entry of the ledger.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { RECORDED } from "../../shared/queries.ts";
import type { Question } from "../in-hand/disclose.ts";

export type PreviewAnswer = AnswerOf<"previewDisclosure">;

const PAUSE_MS = 500;

export function usePreview(question: Question | null): UseQueryResult<PreviewAnswer> {
  const [settled] = useDebouncedValue(JSON.stringify(question), PAUSE_MS);
  const asked = JSON.parse(settled) as Question | null;
  const current = JSON.stringify(question);
  return useQuery({
    ...RECORDED,
    queryKey: ["previewDisclosure", settled],
    enabled: asked !== null && settled === current,
    queryFn: ({ signal }) => ask("previewDisclosure", { body: asked! }, { signal }),
  });
}
