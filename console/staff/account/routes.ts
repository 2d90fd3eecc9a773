// One's own account.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { inside } from "../parents.tsx";

export const accountRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/account",
    component: lazyRouteComponent(() => import("./account.tsx"), "Account"),
  }),
] as const;
