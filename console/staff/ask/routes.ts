// Asking to see what the standard view does not show.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const texts = () => Promise.all([loadTexts("ask", "work", "fields", "codes"), loadRuleTexts()]);

export const askRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/ask",
    beforeLoad: texts,
    component: lazyPage(() => import("./ask.tsx"), "AskCustomer"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/in-hand/$unitId/ask",
    beforeLoad: texts,
    component: lazyPage(() => import("./ask.tsx"), "AskWork"),
  }),
] as const;
