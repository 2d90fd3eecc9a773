// An answer stands under the question that it answers, and under no other.
import { useEffect } from "react";
import type { Disclosing, Question } from "../in-hand/disclose.ts";

/** Whether there is something to show below this question; what answers another is forgotten. */
export function useOwnAnswer(disclosing: Disclosing, question: Question | null): boolean {
  const { sheet, error, isBusy } = disclosing;
  const { content, forget } = sheet;
  const isOwn = JSON.stringify(disclosing.question) === JSON.stringify(question);
  useEffect(() => {
    if (!isOwn && content !== null) forget();
  }, [isOwn, content, forget]);
  return isOwn && (content !== null || error !== null || isBusy);
}
