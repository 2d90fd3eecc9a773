// Who may see what: the matrix of role and data class, and what waits for a signature.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const matrixRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/access/matrix",
    beforeLoad: () => Promise.all([loadTexts("governing", "matrix"), loadRuleTexts()]),
    component: lazyPage(() => import("./matrix.tsx"), "Matrix"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/access/signatures",
    beforeLoad: () =>
      Promise.all([loadTexts("governing", "matrix", "flows", "words", "fields", "codes"), loadRuleTexts()]),
    component: lazyPage(() => import("./signatures.tsx"), "Signatures"),
  }),
] as const;
