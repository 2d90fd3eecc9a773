// Work in hand: one claim or policy, in clear at once.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadRuleTexts } from "../../shared/rule-texts.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const workRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/customers/$customerId/in-hand/$unitId",
    beforeLoad: () => Promise.all([loadTexts("work", "fields", "codes"), loadRuleTexts()]),
    component: lazyPage(() => import("./work.tsx"), "Work"),
  }),
] as const;
