// GET /v1/me/factors
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { factorsAnswer } from "./signed-in.ts";

export function getMeFactors(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, ownRoutes.factors, async ({ principal }) => factorsAnswer(await signIns.factors(principal)));
}
