// Who acts for whom.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/representatives",
    beforeLoad: () => loadTexts("portal-people", "portal-settings"),
    component: lazyRouteComponent(() => import("./people.tsx"), "People"),
  }),
] as const;
