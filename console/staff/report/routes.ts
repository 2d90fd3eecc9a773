// The confidential channel: for anybody, without signing in.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { outside } from "../parents.tsx";

export const reportRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/report",
    beforeLoad: () => loadTexts("report"),
    component: lazyRouteComponent(() => import("./report.tsx"), "Report"),
  }),
] as const;
