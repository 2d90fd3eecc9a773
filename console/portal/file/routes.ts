// What we hold about the customer.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const fileRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/file",
    beforeLoad: () => loadTexts("portal-file", "fields", "codes"),
    component: lazyRouteComponent(() => import("./file.tsx"), "File"),
  }),
] as const;
