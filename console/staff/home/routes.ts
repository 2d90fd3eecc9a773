// The page that one starts at.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const homeRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/home",
    beforeLoad: () => loadTexts("home", "words", "work"),
    component: lazyPage(() => import("./home.tsx"), "Home"),
  }),
] as const;
