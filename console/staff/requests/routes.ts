// Requests for more than one's own, approvals by two, emergency access.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const requestRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/access/requests",
    beforeLoad: () => loadTexts("governing", "requests", "words"),
    component: lazyRouteComponent(() => import("./requests.tsx"), "Requests"),
  }),
] as const;
