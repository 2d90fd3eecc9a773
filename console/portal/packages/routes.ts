// Copies of all that is held about oneself, to download.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const packageRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/copies",
    beforeLoad: () => loadTexts("portal-packages"),
    component: lazyRouteComponent(() => import("./packages.tsx"), "Packages"),
  }),
] as const;
