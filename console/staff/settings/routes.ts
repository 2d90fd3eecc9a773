// Settings of this browser.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/settings",
    beforeLoad: () => loadTexts("settings"),
    component: lazyPage(() => import("./settings.tsx"), "SettingsPage"),
  }),
] as const;
