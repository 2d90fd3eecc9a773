// The ethics desk: dilemmas and reports.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("ethics", "report", "governing", "words");

export const ethicsRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics",
    beforeLoad,
    component: lazyPage(() => import("./dilemmas.tsx"), "Dilemmas"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics/reports",
    beforeLoad,
    component: lazyPage(() => import("./reports.tsx"), "Reports"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics/reports/$reportId",
    beforeLoad,
    component: lazyPage(() => import("./report.tsx"), "ReportPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ethics/$dilemmaId",
    beforeLoad,
    component: lazyPage(() => import("./dilemma.tsx"), "DilemmaPage"),
  }),
] as const;
