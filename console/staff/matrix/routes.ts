// Who may see what: the matrix of role and data class.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const matrixRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/access/matrix",
    beforeLoad: () => Promise.all([loadTexts("governing", "matrix"), loadRuleTexts()]),
    component: lazyRouteComponent(() => import("./matrix.tsx"), "Matrix"),
  }),
] as const;
