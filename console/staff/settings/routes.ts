// Settings of this browser.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/settings",
    beforeLoad: () => loadTexts("settings"),
    component: lazyRouteComponent(() => import("./settings.tsx"), "SettingsPage"),
  }),
] as const;
