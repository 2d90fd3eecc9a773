// Which requests of one's own have their answer: nobody waits for a day any more. What was granted is still being done in some.
import type { AnswerOf } from "../../shared/ask.ts";

type State = AnswerOf<"readOwnRight">["state"];

const ANSWERED: ReadonlySet<State> = new Set<State>(["fulfilling", "decided", "closed"]);

export function isAnswered(state: State): boolean {
  return ANSWERED.has(state);
}
