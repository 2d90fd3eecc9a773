// Who acts for whom.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/representatives",
    beforeLoad: () => loadTexts("portal-people", "portal-settings"),
    component: lazyPage(() => import("./people.tsx"), "People"),
  }),
] as const;
