// Legal demands: the register, and one of them.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> =>
  loadTexts("governing", "demands", "permissions", "customers", "fields", "words", "codes", "rights-words");

export const demandRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/demands",
    beforeLoad,
    component: lazyPage(() => import("./demands.tsx"), "Demands"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/demands/$demandId",
    beforeLoad,
    component: lazyPage(() => import("./demand.tsx"), "DemandPage"),
  }),
] as const;
