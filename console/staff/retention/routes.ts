// What is kept and what may go: legal holds, and packages with something held back for review.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const retentionRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/retention",
    beforeLoad: () => loadTexts("retention", "governing", "words"),
    component: lazyRouteComponent(() => import("./retention.tsx"), "RetentionPage"),
  }),
] as const;
