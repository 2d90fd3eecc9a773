// Who is to be told of a correction, a statement or a withdrawal.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const tellingRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/tellings",
    beforeLoad: () => loadTexts("tellings", "governing"),
    component: lazyRouteComponent(() => import("./tellings.tsx"), "TellingsPage"),
  }),
] as const;
