// One's own account.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const accountRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/account",
    // For links that are shown once.
    beforeLoad: () => loadTexts("governing"),
    component: lazyPage(() => import("./account.tsx"), "Account"),
  }),
] as const;
