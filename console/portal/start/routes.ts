// The page that customers start at.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { inside } from "../parents.tsx";

export const startRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/",
    component: lazyRouteComponent(() => import("./start.tsx"), "Start"),
  }),
] as const;
