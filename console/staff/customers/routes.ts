// Finding customers, and what is held about one.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const customerRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers",
    beforeLoad: () => loadTexts("customers", "words", "work", "fields", "codes"),
    component: lazyPage(() => import("./find.tsx"), "Find"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId",
    beforeLoad: () => loadTexts("customers", "words", "fields", "codes", "retention", "rights-words"),
    component: lazyPage(() => import("./customer.tsx"), "Customer"),
  }),
] as const;
