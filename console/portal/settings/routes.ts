// The customer's own settings.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/settings",
    beforeLoad: () => loadTexts("portal-settings"),
    component: lazyRouteComponent(() => import("./settings.tsx"), "Settings"),
  }),
] as const;
