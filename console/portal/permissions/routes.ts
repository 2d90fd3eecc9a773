// What the customer allows, what they say no to, and what we told them.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const permissionRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/permissions",
    beforeLoad: () => loadTexts("portal-permissions", "portal-timeline", "portal-settings"),
    component: lazyRouteComponent(() => import("./permissions.tsx"), "Permissions"),
  }),
] as const;
