// What the customers' pages remember; and that a session which is over is left at once.
import { heedRefusals } from "../shared/ask.ts";
import { makeQueries } from "../shared/queries.ts";
import { sessionQuestion } from "./session.ts";

export const queries = makeQueries();

heedRefusals(({ status, code }) => {
  const wasSignedIn = queries.getQueryData(sessionQuestion.queryKey) !== undefined;
  if (status !== 401 || code !== "unauthenticated" || !wasSignedIn) return;
  queries.clear();
  // A whole new page: whatever this one still held in memory goes with it.
  location.replace(`/portal/sign-in?ended=1&returnTo=${location.pathname.replace(/^\/portal/, "")}`);
});
