// The customer's own settings.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/settings",
    beforeLoad: () => loadTexts("portal-settings"),
    component: lazyPage(() => import("./settings.tsx"), "Settings"),
  }),
] as const;
