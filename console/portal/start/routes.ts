// The page that customers start at.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const startRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/",
    beforeLoad: () => loadTexts("fields"),
    component: lazyPage(() => import("./start.tsx"), "Start"),
  }),
] as const;
