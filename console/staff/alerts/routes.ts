// Alerts: the queue, one of them, wider ceilings after a catastrophe, customers whose opening always alerts.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("governing", "alerts", "words");

export const alertRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/alerts",
    beforeLoad,
    component: lazyPage(() => import("./alerts.tsx"), "Alerts"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/alerts/catastrophes",
    beforeLoad,
    component: lazyPage(() => import("./catastrophes.tsx"), "Catastrophes"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/alerts/canaries",
    beforeLoad,
    component: lazyPage(() => import("./canaries.tsx"), "Canaries"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/alerts/$alertId",
    beforeLoad,
    component: lazyPage(() => import("./alert.tsx"), "AlertPage"),
  }),
] as const;
