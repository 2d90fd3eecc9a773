// The pages of imports.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("imports", "fields", "codes", "governing", "work");

export const importRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/imports",
    beforeLoad,
    component: lazyRouteComponent(() => import("./imports.tsx"), "ImportsPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/imports/new",
    beforeLoad,
    component: lazyRouteComponent(() => import("./new-import.tsx"), "NewImport"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/imports/mappings",
    beforeLoad,
    component: lazyRouteComponent(() => import("./mappings.tsx"), "MappingsPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/imports/$importId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./import-run.tsx"), "ImportRunPage"),
  }),
] as const;
