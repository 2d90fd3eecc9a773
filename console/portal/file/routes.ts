// What we hold about the customer.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const fileRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/file",
    beforeLoad: () => loadTexts("portal-file", "fields", "codes"),
    component: lazyPage(() => import("./file.tsx"), "File"),
  }),
] as const;
