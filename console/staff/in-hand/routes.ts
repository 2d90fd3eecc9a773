// Work in hand: one claim or policy, in clear at once.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const workRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/in-hand/$unitId",
    beforeLoad: () => loadTexts("work", "words", "fields"),
    component: lazyRouteComponent(() => import("./work.tsx"), "Work"),
  }),
] as const;
