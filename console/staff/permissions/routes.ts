// What permits sharing of one customer: authorizations, choices, notices.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const permissionRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/permissions",
    beforeLoad: () => loadTexts("permissions", "customers", "governing", "words", "fields", "codes", "rights-words"),
    component: lazyRouteComponent(() => import("./permissions.tsx"), "Permissions"),
  }),
] as const;
