// What the customers' pages stand in: the card, before there is a session; the frame, once there is one.
import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { CardPage } from "../shared/card-page.tsx";
import { Refused } from "../shared/refused.ts";
import { loadTexts } from "../shared/texts.tsx";
import { Frame } from "./frame.tsx";
import { NotFound, PageTrouble } from "./page-trouble.tsx";
import { queries } from "./queries.ts";
import { type PortalSession, sessionQuestion } from "./session.ts";

export const root = createRootRoute({
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
  beforeLoad: () => loadTexts("portal-sign-in"),
});

export const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Frame,
  beforeLoad: async ({ location }) => {
    const [session] = await Promise.all([signedIn(location.pathname), loadTexts("portal")]);
    return { session };
  },
});

async function signedIn(returnTo: string): Promise<PortalSession> {
  const session = await queries.ensureQueryData(sessionQuestion).catch((error: unknown) => {
    if (error instanceof Refused && error.status === 401) return null;
    throw error;
  });
  if (session === null) throw redirect({ to: "/sign-in", search: returnTo === "/" ? {} : { returnTo } });
  return session;
}
