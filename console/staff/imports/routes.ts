// The pages of imports.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("imports", "fields", "codes", "governing", "work");

export const importRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/imports",
    beforeLoad,
    component: lazyPage(() => import("./imports.tsx"), "ImportsPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/imports/new",
    beforeLoad,
    component: lazyPage(() => import("./new-import.tsx"), "NewImport"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/imports/mappings",
    beforeLoad,
    component: lazyPage(() => import("./mappings.tsx"), "MappingsPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/imports/$importId",
    beforeLoad,
    component: lazyPage(() => import("./import-run.tsx"), "ImportRunPage"),
  }),
] as const;
