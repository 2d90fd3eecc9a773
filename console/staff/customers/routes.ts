// Finding customers, and what is held about one.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const customerRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers",
    beforeLoad: () => loadTexts("customers", "words", "work", "fields", "codes"),
    component: lazyRouteComponent(() => import("./find.tsx"), "Find"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId",
    beforeLoad: () => loadTexts("customers", "words", "fields", "codes", "retention", "rights-words"),
    component: lazyRouteComponent(() => import("./customer.tsx"), "Customer"),
  }),
] as const;
