// What the staff pages remember; and that a session which is over is left at once.
import { makeQueries } from "../shared/queries.ts";
import { leaveWhenOver } from "../shared/session-end.ts";
import { sessionQuestion } from "../shared/session.ts";

export const queries = makeQueries();

leaveWhenOver({
  queries,
  sessionKey: sessionQuestion.queryKey,
  ended: () => `/sign-in?returnTo=${encodeURIComponent(location.pathname)}&ended=1`,
  left: "/sign-in",
});
