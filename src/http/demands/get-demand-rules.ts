// GET /v1/demand-rules
import type { FastifyInstance } from "fastify";
import { demandRoutes } from "../../../contract/routes/demands.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { rulesAnswer } from "./demand-answer.ts";

export function getDemandRules(http: FastifyInstance, { access, demands }: Shell): void {
  serve(http, demandRoutes.rules, async ({ principal }) => {
    requireRight(access, principal, "demand.read");
    return rulesAnswer(demands.rules);
  });
}
