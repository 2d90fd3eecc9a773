// What customers have a right to ask for, and what they asked for.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("portal-rights", "rights-words", "words");

export const requestRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/rights",
    beforeLoad,
    component: lazyRouteComponent(() => import("./rights.tsx"), "Rights"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/rights/$requestId",
    beforeLoad: () => loadTexts("portal-rights", "rights-words", "words", "fields"),
    component: lazyRouteComponent(() => import("./own-right.tsx"), "OwnRightPage"),
  }),
] as const;
