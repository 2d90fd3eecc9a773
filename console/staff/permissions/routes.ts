// What permits sharing of one customer: authorizations, choices, notices.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const permissionRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/permissions",
    beforeLoad: () => loadTexts("permissions", "customers", "governing", "words", "fields", "codes", "rights-words"),
    component: lazyPage(() => import("./permissions.tsx"), "Permissions"),
  }),
] as const;
