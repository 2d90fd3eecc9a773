// What the customer allows, what they say no to, and what we told them.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const permissionRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/permissions",
    beforeLoad: () => loadTexts("portal-permissions", "portal-timeline", "portal-settings"),
    component: lazyPage(() => import("./permissions.tsx"), "Permissions"),
  }),
] as const;
