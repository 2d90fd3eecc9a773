// Whose page this is: the session of the cookie, and what its role may do.
import { type QueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { AnswerOf } from "./ask.ts";
import { question } from "./queries.ts";
import { forgetUndo } from "./undo.ts";

export type Session = AnswerOf<"getSession">;

export const sessionQuestion = question("getSession", {});

/** Only below the frame, which has seen that there is one. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuestion).data;
}

/** Whether the role may do something, by the names of governance/access. The server asks again, whatever is shown here. */
export function useMay(): (action: string) => boolean {
  const { may } = useSession();
  return (action) => may.includes(action);
}

/** Nothing of one person is left for the next. */
export function forgetSession(queries: QueryClient): void {
  queries.clear();
  forgetUndo();
}
