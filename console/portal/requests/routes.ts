// What customers have a right to ask for.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const requestRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/rights",
    beforeLoad: () => loadTexts("portal-rights"),
    component: lazyRouteComponent(() => import("./rights.tsx"), "Rights"),
  }),
] as const;
