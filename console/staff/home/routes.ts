// The page that one starts at.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const homeRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/home",
    beforeLoad: () => loadTexts("home", "words", "work"),
    component: lazyRouteComponent(() => import("./home.tsx"), "Home"),
  }),
] as const;
