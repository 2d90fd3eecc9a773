// The page that customers start at.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const startRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/",
    beforeLoad: () => loadTexts("fields"),
    component: lazyRouteComponent(() => import("./start.tsx"), "Start"),
  }),
] as const;
