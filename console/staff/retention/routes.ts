// What is kept and what may go: legal holds, packages with something held back for review, disposal of what fell due, the schedule.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("retention", "disposals", "governing", "words", "fields");

export const retentionRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/retention",
    beforeLoad,
    component: lazyPage(() => import("./retention.tsx"), "RetentionPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/retention/disposals",
    beforeLoad,
    component: lazyPage(() => import("./disposals.tsx"), "DisposalsPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/retention/disposals/$disposalId",
    beforeLoad,
    component: lazyPage(() => import("./disposal.tsx"), "DisposalPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/retention/schedule",
    beforeLoad,
    component: lazyPage(() => import("./schedule.tsx"), "SchedulePage"),
  }),
] as const;
