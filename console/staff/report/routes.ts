// The confidential channel: for anybody, without signing in.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { outside } from "../parents.tsx";

export const reportRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/report",
    beforeLoad: () => loadTexts("report"),
    component: lazyPage(() => import("./report.tsx"), "Report"),
  }),
] as const;
