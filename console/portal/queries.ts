// What the customers' pages remember; and that a session which is over is left at once.
import { makeQueries } from "../shared/queries.ts";
import { leaveWhenOver } from "../shared/session-end.ts";
import { sessionQuestion } from "./session.ts";

export const queries = makeQueries();

leaveWhenOver({
  queries,
  sessionKey: sessionQuestion.queryKey,
  ended: () => `/portal/sign-in?ended=1&returnTo=${location.pathname.replace(/^\/portal/, "")}`,
  left: "/portal/sign-in?left=1",
});
