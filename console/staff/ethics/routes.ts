// The ethics desk: dilemmas and reports.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("ethics", "report", "governing", "words");

export const ethicsRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics",
    beforeLoad,
    component: lazyRouteComponent(() => import("./dilemmas.tsx"), "Dilemmas"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics/reports",
    beforeLoad,
    component: lazyRouteComponent(() => import("./reports.tsx"), "Reports"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics/reports/$reportId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./report.tsx"), "ReportPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics/$dilemmaId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./dilemma.tsx"), "DilemmaPage"),
  }),
] as const;
