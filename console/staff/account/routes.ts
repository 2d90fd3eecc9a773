// One's own account.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const accountRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/account",
    // For links that are shown once.
    beforeLoad: () => loadTexts("governing"),
    component: lazyRouteComponent(() => import("./account.tsx"), "Account"),
  }),
] as const;
