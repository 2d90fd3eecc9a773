// What pages stand in: the card, before there is a session; the frame, once there is one.
import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { CardPage } from "../shared/card-page.tsx";
import { Refused } from "../shared/refused.ts";
import { type Session, sessionQuestion } from "../shared/session.ts";
import { tableSearch } from "../shared/table/table-search.ts";
import { loadTexts } from "../shared/texts.tsx";
import { Frame } from "./frame.tsx";
import { NotFound, PageTrouble } from "./page-trouble.tsx";
import { queries } from "./queries.ts";

export const root = createRootRoute({
  validateSearch: tableSearch,
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageTrouble,
});

export const outside = createRoute({
  getParentRoute: () => root,
  id: "outside",
  component: () => (
    <CardPage>
      <Outlet />
    </CardPage>
  ),
  beforeLoad: () => loadTexts("sign-in"),
});

export const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Frame,
  beforeLoad: async ({ location }) => {
    const [session] = await Promise.all([whole(location.href), loadTexts("account", "words")]);
    return { session };
  },
});

/** A session that nothing is missing from; else where it is completed. */
async function whole(returnTo: string): Promise<Session> {
  const session = await queries.ensureQueryData(sessionQuestion).catch((error: unknown) => {
    if (error instanceof Refused && error.status === 401) return null;
    throw error;
  });
  if (session === null || session.needs === "second-factor") throw redirect({ to: "/sign-in", search: { returnTo } });
  if (session.needs !== null) throw redirect({ to: "/enrol" });
  return session;
}
