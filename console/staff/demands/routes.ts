// Legal demands: the register, and one of them.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> =>
  loadTexts("governing", "demands", "permissions", "customers", "fields", "words", "codes", "rights-words");

export const demandRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/demands",
    beforeLoad,
    component: lazyRouteComponent(() => import("./demands.tsx"), "Demands"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/demands/$demandId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./demand.tsx"), "DemandPage"),
  }),
] as const;
