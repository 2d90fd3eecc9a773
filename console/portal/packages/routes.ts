// Copies of all that is held about oneself, to download.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const packageRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/copies",
    beforeLoad: () => loadTexts("portal-packages"),
    component: lazyPage(() => import("./packages.tsx"), "Packages"),
  }),
] as const;
