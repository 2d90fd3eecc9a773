// What can be held, and what searching gives away.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const schemaRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/schema",
    beforeLoad: () => loadTexts("schema", "fields"),
    component: lazyPage(() => import("./schema.tsx"), "SchemaPage"),
  }),
] as const;
