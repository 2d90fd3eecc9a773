// Whose pages these are: the customer's session in a cookie, and whose files it may open.
import { useSuspenseQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../shared/ask.ts";
import { question } from "../shared/queries.ts";

export type PortalSession = AnswerOf<"getPortalSession">;

export const sessionQuestion = question("getPortalSession", {});

/** Only below the frame, which has seen that there is one. */
export function useSession(): PortalSession {
  return useSuspenseQuery(sessionQuestion).data;
}
