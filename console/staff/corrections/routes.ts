// Records of a customer: corrected with a reason, their history, and what waits.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const correctionRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/records",
    beforeLoad: () => loadTexts("corrections", "customers", "words", "fields", "codes"),
    component: lazyPage(() => import("./records.tsx"), "Records"),
  }),
] as const;
