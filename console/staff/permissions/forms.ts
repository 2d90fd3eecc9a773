// The forms of law, and authorizations, as the pages know them.
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";

export type Authorization = AnswerOf<"listAuthorizations">["items"][number];
export type Form = AnswerOf<"listAuthorizationForms">["items"][number];

export function useForms(): readonly Form[] {
  return useAsk("listAuthorizationForms", {}, { staleTime: Infinity }).data?.items ?? [];
}
