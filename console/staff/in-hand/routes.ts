// Work in hand: one claim or policy, in clear at once.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const workRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/in-hand/$unitId",
    beforeLoad: () => Promise.all([loadTexts("work", "fields", "codes"), loadRuleTexts()]),
    component: lazyRouteComponent(() => import("./work.tsx"), "Work"),
  }),
] as const;
