// What can be held, and what searching gives away.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const schemaRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/schema",
    beforeLoad: () => loadTexts("schema", "fields"),
    component: lazyRouteComponent(() => import("./schema.tsx"), "SchemaPage"),
  }),
] as const;
