// Asking to see what the standard view does not show.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const texts = () => Promise.all([loadTexts("ask", "work", "fields", "codes"), loadRuleTexts()]);

export const askRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/ask",
    beforeLoad: texts,
    component: lazyRouteComponent(() => import("./ask.tsx"), "AskCustomer"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/in-hand/$unitId/ask",
    beforeLoad: texts,
    component: lazyRouteComponent(() => import("./ask.tsx"), "AskWork"),
  }),
] as const;
