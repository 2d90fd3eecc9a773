// GET /v1/rights-rules
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { ruleAnswer } from "./right-answer.ts";

export function getRightsRules(http: FastifyInstance, { requests }: Shell): void {
  const items = requests.clocks.rules.map(ruleAnswer);
  // What the law says is no secret from anybody who signed in.
  serve(http, rightRoutes.rules, () => Promise.resolve({ items }));
}
